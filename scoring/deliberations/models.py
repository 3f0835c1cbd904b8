"""The jury's sitting: opinions, amounts, minutes."""

import uuid
from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from aap import clock
from aap.applications.models import Application
from aap.decisions.models import Avis
from aap.files.storage import private_storage
from aap.moments import plausible_dates, validate_plausible_date
from scoring.panels.models import Juror, Panel


class Sitting(models.Model):
    """A « séance » of the jury. Closed once: its minutes freeze what was decided."""

    class State(models.TextChoices):
        PLANNED = "planned", "Prévue"
        CLOSED = "closed", "Close"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="sittings", verbose_name="jury")
    starts_at = models.DateTimeField("date et heure", validators=[validate_plausible_date])
    place = models.CharField("lieu", max_length=200)
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.PLANNED)
    present = models.ManyToManyField(Juror, blank=True, related_name="sittings", verbose_name="présents")
    remarks = models.TextField("observations", blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="close par"
    )

    class Meta:
        verbose_name = "séance"
        ordering = ["-starts_at"]
        constraints = [plausible_dates(name="sitting_plausible_moments", moments=("starts_at",))]

    def __str__(self) -> str:
        return f"Séance du {self.starts_at:%d/%m/%Y}"


class Opinion(models.Model):
    """The « avis » recorded during the sitting on one application, and the amount proposed."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="opinions", verbose_name="séance")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions", verbose_name="dossier")
    avis = models.CharField("avis", max_length=20, choices=Avis.choices)
    proposed_amount = models.DecimalField("montant proposé", max_digits=12, decimal_places=2, default=Decimal(0))
    reservations = models.TextField("réserves", blank=True)
    inversion_reason = models.TextField("motif de l’écart au classement", blank=True)
    recorded_at = models.DateTimeField("enregistré le", default=clock.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="enregistré par"
    )

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        constraints = [
            models.UniqueConstraint(fields=["sitting", "application"], name="opinion_once"),
            models.CheckConstraint(
                condition=Q(avis__in=["favourable", "reserved"], proposed_amount__gt=0)
                | (~Q(avis__in=["favourable", "reserved"]) & Q(proposed_amount=0)),
                name="opinion_amount_only_if_favourable",
                violation_error_message="Seul un avis favorable propose un montant, supérieur à zéro.",
            ),
            models.CheckConstraint(
                condition=~Q(avis="reserved") | ~Q(reservations=""),
                name="opinion_reserved_says_which",
                violation_error_message="Un avis favorable avec réserve dit laquelle.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} : {self.get_avis_display()}"


class Minutes(models.Model):
    """The « procès-verbal » of a sitting: data and PDF, frozen."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="minutes", verbose_name="séance")
    content = models.JSONField("contenu")
    sha256 = models.CharField("empreinte du contenu", max_length=64)
    pdf = models.FileField("PDF", storage=private_storage, max_length=200, blank=True)
    pdf_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)
    drawn_up_at = models.DateTimeField("établi le", default=clock.now)

    class Meta:
        verbose_name = "procès-verbal"
        verbose_name_plural = "procès-verbaux"
        triggers = [
            pgtrigger.Protect(
                name="minutes_content_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                | pgtrigger.Q(old__content__df=pgtrigger.F("new__content")),
            ),
            pgtrigger.Protect(name="minutes_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Procès-verbal – {self.sitting}"
