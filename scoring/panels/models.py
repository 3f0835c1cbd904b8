"""The jury of a call, its members, and the interests they declare before reading anything."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from aap import clock
from aap.applications.models import Application
from aap.calls.models import Call
from aap.moments import plausible_dates, validate_plausible_date


class Panel(models.Model):
    """The « jury » of one call."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="panel", verbose_name="appel")
    name = models.CharField("nom", max_length=120, default="Jury")
    reviews_per_application = models.PositiveSmallIntegerField(
        "évaluations par dossier", default=3, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    reviews_due_on = models.DateField("évaluations à remettre le", null=True, blank=True, validators=[validate_plausible_date])
    # Set with the minutes: from then on nothing of the jury's work changes.
    closed_at = models.DateTimeField("travaux clos le", null=True, blank=True)

    class Meta:
        verbose_name = "jury"
        verbose_name_plural = "jurys"
        constraints = [plausible_dates(name="panel_plausible_days", days=("reviews_due_on",))]

    def __str__(self) -> str:
        return f"{self.name} – {self.call}"

    @property
    def chain(self) -> str:
        """The panel's own chain of events: an application's would tell its readers who reviewed when."""
        return f"panel:{self.public_id}"


class Juror(models.Model):
    """A « membre du jury »."""

    class Quality(models.TextChoices):
        ELECTED = "elected", "Membre élu"
        PARTNER = "partner", "Partenaire"
        TECHNICIAN = "technician", "Service technique"
        USER = "user", "Usager"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="jurors", verbose_name="jury")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jurors", verbose_name="personne")
    quality = models.CharField("qualité", max_length=12, choices=Quality.choices, default=Quality.PARTNER)
    body = models.CharField("organisme", max_length=120, blank=True)
    voting = models.BooleanField("voix délibérative", default=True)
    is_chair = models.BooleanField("préside le jury", default=False)
    joined_at = models.DateTimeField("membre depuis", default=clock.now)

    class Meta:
        verbose_name = "membre du jury"
        verbose_name_plural = "membres du jury"
        ordering = ["-is_chair", "user__last_name", "user__first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "user"], name="juror_once", violation_error_message="Cette personne est déjà membre du jury."
            ),
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(is_chair=True),
                name="juror_one_chair",
                violation_error_message="Ce jury a déjà une présidence.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class InterestDeclaration(models.Model):
    """A « déclaration d’intérêts » of one juror about one application, made before any access to its content."""

    class Answer(models.TextChoices):
        NONE = "none", "Je n’ai pas d’intérêt"
        INTEREST = "interest", "J’ai un intérêt : je me déporte"

    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="declarations", verbose_name="membre du jury")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="declarations", verbose_name="dossier")
    answer = models.CharField("déclaration", max_length=10, choices=Answer.choices)
    detail = models.CharField("nature de l’intérêt", max_length=200, blank=True)
    declared_at = models.DateTimeField("déclarée le", default=clock.now)

    class Meta:
        verbose_name = "déclaration d’intérêts"
        verbose_name_plural = "déclarations d’intérêts"
        constraints = [
            models.UniqueConstraint(fields=["juror", "application"], name="interest_declared_once"),
            models.CheckConstraint(
                condition=Q(answer="none") | ~Q(detail=""),
                name="interest_has_detail",
                violation_error_message="Dites en quelques mots de quel intérêt il s’agit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} : {self.get_answer_display()}"


class LiftedRecusal(models.Model):
    """A « déport levé »: a recusal recorded by mistake, what it said and why it ended. The history names it by its number."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="lifted_recusals", verbose_name="dossier"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="personne")
    ground = models.CharField("motif du déport", max_length=200)
    since = models.DateTimeField("déport depuis")
    reason = models.TextField("pourquoi il est levé")
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="levé par")
    lifted_at = models.DateTimeField("levé le", default=clock.now)

    class Meta:
        verbose_name = "déport levé"
        verbose_name_plural = "déports levés"
        ordering = ["-lifted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="lifted_recusal_says_why",
                violation_error_message="Dites pourquoi le déport est levé.",
            )
        ]

    def __str__(self) -> str:
        return f"Déport de {self.user} levé sur {self.application_id}"
