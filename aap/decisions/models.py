"""From the jury's frozen opinion to the letter read by the applicant."""

import uuid
from decimal import Decimal
from functools import partial
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.fields import RichTextField

from aap import clock
from aap.applications.models import Application
from aap.calls.models import Call
from aap.decisions.frozen import decision_frozen, letter_kept, release_frozen
from aap.decisions.merge import problems_in
from aap.files.storage import private_storage
from aap.moments import plausible_dates

person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Avis(models.TextChoices):
    """The jury's « avis » on an application. It never awards."""

    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Favorable avec réserve"
    RESERVE_LIST = "reserve_list", "Liste d’attente"
    UNFAVOURABLE = "unfavourable", "Défavorable"


class Recommendation(models.Model):
    """What the jury said of an application, frozen when the minutes are: all that leaves the jury's room."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="recommendation", verbose_name="dossier"
    )
    avis = models.CharField("avis", max_length=20, choices=Avis.choices)
    score = models.DecimalField("note sur 100", max_digits=5, decimal_places=2, null=True, blank=True)
    exact_score = models.CharField("note exacte", max_length=60, blank=True, help_text="fraction, par exemple 1234/17")
    rank = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    tied = models.BooleanField("ex æquo", default=False)
    proposed_amount = models.DecimalField("montant proposé", max_digits=12, decimal_places=2, default=Decimal(0))
    reservations = models.TextField("réserves", blank=True)
    comments = models.JSONField("commentaires communicables", default=list, help_text="[{critère, textes}]")
    grid_version = models.PositiveSmallIntegerField("version de la grille", default=1)
    sitting_on = models.DateField("séance du")
    minutes_sha256 = models.CharField("empreinte du procès-verbal", max_length=64)
    recorded_at = models.DateTimeField("enregistré le", default=clock.now)

    class Meta:
        verbose_name = "avis du jury"
        verbose_name_plural = "avis du jury"
        constraints = [plausible_dates(name="recommendation_plausible_dates", days=("sitting_on",))]
        triggers = [pgtrigger.Protect(name="recommendation_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application_id} : {self.get_avis_display()}"


class Resolution(models.Model):
    """The act by which the authority decides: a « délibération » of the Commission permanente, or a delegation's decision."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "Délibération de la Commission permanente"
        DELEGATION = "delegation", "Décision par délégation"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="resolutions", verbose_name="appel")
    kind = models.CharField("nature", max_length=12, choices=Kind.choices, default=Kind.COMMITTEE)
    number = models.CharField("numéro", max_length=40)
    adopted_on = models.DateField("date")
    executory_on = models.DateField("date exécutoire", null=True, blank=True)
    signatory_role = models.CharField(
        "qualité du signataire par délégation",
        max_length=120,
        blank=True,
        help_text="par exemple « La directrice de l’inclusion numérique »",
    )
    signatory_name = models.CharField("nom du signataire par délégation", max_length=120, blank=True)
    recorded_at = models.DateTimeField("enregistrée le", default=clock.now)
    recorded_by = person(verbose_name="enregistrée par")

    class Meta:
        verbose_name = "délibération"
        ordering = ["-adopted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number"],
                name="resolution_number_once",
                violation_error_message="Une délibération de ce numéro est déjà enregistrée pour cet appel.",
            ),
            models.CheckConstraint(
                condition=Q(executory_on__isnull=True) | Q(executory_on__gte=models.F("adopted_on")),
                name="resolution_executory_after_adoption",
                violation_error_message="La date exécutoire ne peut pas précéder la date de la délibération.",
            ),
            plausible_dates(name="resolution_plausible_dates", days=("adopted_on", "executory_on")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n° {self.number}"


class Outcome(models.TextChoices):
    """What the authority decided."""

    AWARDED = "awarded", "Attribuée"
    RESERVE = "reserve", "Liste d’attente"
    REFUSED = "refused", "Refusée"
    INADMISSIBLE = "inadmissible", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"


class Decision(models.Model):
    """The authority's decision on one application. A correction is a new decision; the old one is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions", verbose_name="dossier")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="decisions", verbose_name="délibération")
    outcome = models.CharField("décision", max_length=20, choices=Outcome.choices)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2, default=Decimal(0))
    reason = models.TextField("motif", blank=True)
    article = models.CharField("article du règlement", max_length=120, blank=True)
    reserve_rank = models.PositiveSmallIntegerField("rang sur la liste d’attente", null=True, blank=True)
    reserve_until = models.DateField("valable jusqu’au", null=True, blank=True)
    decided_at = models.DateTimeField("enregistrée le", default=clock.now)
    decided_by = person(verbose_name="enregistrée par")
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces", verbose_name="remplacée par"
    )
    release = models.ForeignKey(
        "Release", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", verbose_name="envoi"
    )

    class Meta:
        verbose_name = "décision"
        ordering = ["application__organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(replaced_by__isnull=True),
                name="decision_one_in_force",
                violation_error_message="Ce dossier a déjà une décision.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.AWARDED, amount__gt=0) | (~Q(outcome=Outcome.AWARDED) & Q(amount=0)),
                name="decision_amount_only_if_awarded",
                violation_error_message="Seule une subvention attribuée a un montant, supérieur à zéro.",
            ),
            plausible_dates(name="decision_plausible_dates", days=("reserve_until",)),
        ]
        triggers = [decision_frozen()]

    def __str__(self) -> str:
        return f"{self.application_id} : {self.get_outcome_display()}"


class LetterTemplate(models.Model):
    """The text of one kind of letter of a call, edited in the admin, with merge fields in double braces."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="letter_templates", verbose_name="appel")
    outcome = models.CharField("lettre", max_length=20, choices=Outcome.choices)
    subject = models.CharField("objet", max_length=200)
    body = RichTextField("texte", features=["bold", "italic", "ol", "ul"])
    updated_at = models.DateTimeField("modifié le", default=clock.now, editable=False)

    class Meta:
        verbose_name = "modèle de lettre"
        verbose_name_plural = "modèles de lettres"
        ordering = ["call", "outcome"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "outcome"],
                name="letter_template_once",
                violation_error_message="Cet appel a déjà un modèle pour cette lettre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} – {self.call}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.updated_at = clock.now()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        errors = {name: problems for name in ("subject", "body") if (problems := problems_in(getattr(self, name)))}
        if errors:
            raise ValidationError(errors)


class Release(models.Model):
    """A batch of letters: generated by the worker, checked, then released together at one minute."""

    class State(models.TextChoices):
        PREPARING = "preparing", "Lettres en préparation"
        READY = "ready", "Prêtes à être publiées"
        RELEASED = "released", "Publiées"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="releases", verbose_name="délibération")
    state = models.CharField("état", max_length=12, choices=State.choices, default=State.PREPARING)
    total = models.PositiveIntegerField("lettres à produire", default=0)
    created_at = models.DateTimeField("préparé le", default=clock.now)
    created_by = person(verbose_name="préparé par")
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    checked_by = person(null=True, blank=True, verbose_name="vérifié par")
    released_at = models.DateTimeField("publié le", null=True, blank=True)
    released_by = person(null=True, blank=True, verbose_name="publié par")
    error = models.TextField("erreur", blank=True)

    class Meta:
        verbose_name = "envoi"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution"],
                condition=~Q(state="released"),
                name="release_one_in_progress",
                violation_error_message="Un envoi est déjà en préparation pour cette délibération.",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False), name="release_released_has_date"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="release_lifecycle",
                field="state",
                transitions=[("preparing", "ready"), ("ready", "preparing"), ("ready", "released")],
            ),
            release_frozen(),
        ]

    def __str__(self) -> str:
        return f"Envoi – {self.resolution}"


class DecisionLetter(models.Model):
    """The « lettre de notification » of one decision: the PDF is private until the release."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter", verbose_name="décision")
    reference = models.CharField("référence", max_length=40, unique=True)
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte", help_text="ce que la lettre dit entre la formule d’appel et la formule de politesse")
    html = models.TextField("document", help_text="le document entier dont le PDF est fait")
    pdf = models.FileField("PDF", storage=private_storage, max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    generated_at = models.DateTimeField("produite le", default=clock.now)

    class Meta:
        verbose_name = "lettre"
        triggers = [letter_kept()]

    def __str__(self) -> str:
        return self.reference


class ReadReceipt(models.Model):
    """The « accusé de lecture »: first display of the decision by the applicant; the time for remedies runs from it."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="read_receipt", verbose_name="décision")
    user = person(verbose_name="lu par")
    first_displayed_at = models.DateTimeField("première lecture", default=clock.now)

    class Meta:
        verbose_name = "accusé de lecture"
        verbose_name_plural = "accusés de lecture"
        triggers = [pgtrigger.Protect(name="read_receipt_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.decision_id} lue le {self.first_displayed_at:%d/%m/%Y}"
