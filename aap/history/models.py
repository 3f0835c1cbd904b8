"""The append-only record of what each person did."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from aap import clock


class Event(models.Model):
    """One act, written once. Chained per subject by SHA-256: altering a past event breaks every later hash."""

    chain = models.CharField("chaîne", max_length=80, help_text="le dossier ou l’objet dont c’est l’historique")
    sequence = models.PositiveIntegerField("rang dans la chaîne")
    name = models.CharField("acte", max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    at = models.DateTimeField("date", default=clock.now)
    data = models.JSONField("données", default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "événement"
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="event_one_per_rank")]
        triggers = [pgtrigger.Protect(name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.chain} n° {self.sequence} : {self.name}"
