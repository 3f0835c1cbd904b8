"""Which juror reviews which application."""

import uuid

from django.conf import settings
from django.db import models

from aap import clock
from aap.applications.models import Application
from scoring.panels.models import Juror


class Assignment(models.Model):
    """An « affectation ». Removed (not deleted) when the juror is recused or replaced."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="assignments", verbose_name="membre du jury")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments", verbose_name="dossier")
    position = models.PositiveSmallIntegerField("ordre de lecture", default=0)
    assigned_at = models.DateTimeField("affecté le", default=clock.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="affecté par"
    )
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "affectation"
        ordering = ["juror", "position"]
        constraints = [models.UniqueConstraint(fields=["juror", "application"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.juror} → {self.application_id}"
