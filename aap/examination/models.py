"""What the officers found: completeness and eligibility, point by point."""

from django.conf import settings
from django.db import models

from aap import clock
from aap.applications.models import Application
from aap.calls.models import EligibilityRule


class EligibilityCheck(models.Model):
    """An officer's finding on one point of the call's checklist, for one application."""

    class Outcome(models.TextChoices):
        MET = "met", "Conforme"
        NOT_MET = "not_met", "Non conforme"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks", verbose_name="dossier")
    rule = models.ForeignKey(EligibilityRule, on_delete=models.PROTECT, related_name="checks", verbose_name="point")
    outcome = models.CharField("constat", max_length=10, choices=Outcome.choices)
    note = models.TextField("précision", blank=True)
    checked_at = models.DateTimeField("constaté le", default=clock.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="constaté par"
    )

    class Meta:
        verbose_name = "constat"
        ordering = ["rule__position"]
        constraints = [models.UniqueConstraint(fields=["application", "rule"], name="eligibility_check_once")]

    def __str__(self) -> str:
        return f"{self.rule} : {self.get_outcome_display()}"
