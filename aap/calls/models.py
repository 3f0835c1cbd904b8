"""A call for projects: its calendar, its money, its rules. The page that presents it belongs to the CMS."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from aap import clock
from aap.moments import PLAUSIBLE_YEARS, plausible_dates, validate_plausible_date

YEARS = [MinValueValidator(PLAUSIBLE_YEARS[0]), MaxValueValidator(PLAUSIBLE_YEARS[-1])]


class CallPhase(models.TextChoices):
    """Where a call stands, computed from its calendar and the clock; never stored."""

    UPCOMING = "upcoming", "À venir"
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"


class Call(ClusterableModel):
    """An « appel à projets ». Everything that differs from one call to the next is here, not in the code."""

    slug = models.SlugField("identifiant", unique=True, max_length=60)
    title = models.CharField("titre", max_length=200)
    year = models.PositiveSmallIntegerField("année", validators=YEARS)
    prefix = models.CharField("préfixe des numéros de dossier", max_length=8, help_text="par exemple FNE25")
    opens_at = models.DateTimeField("ouverture", validators=[validate_plausible_date])
    closes_at = models.DateTimeField(
        "clôture",
        help_text="date et heure de Paris ; un dépôt arrivé après est refusé",
        validators=[validate_plausible_date],
    )
    committee_on = models.DateField(
        "date prévue de la Commission permanente", null=True, blank=True, validators=[validate_plausible_date]
    )

    envelope = models.DecimalField("enveloppe", max_digits=12, decimal_places=2)
    floor = models.DecimalField("montant minimal demandé", max_digits=12, decimal_places=2, default=Decimal(0))
    ceiling = models.DecimalField("montant maximal demandé", max_digits=12, decimal_places=2, null=True, blank=True)
    max_rate = models.DecimalField(
        "taux maximal (%)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(80),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="part du coût du projet, contributions volontaires exclues",
    )
    max_months = models.PositiveSmallIntegerField(
        "durée maximale du projet (mois)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="entre les deux dates du projet demandées par le questionnaire ; vide, la durée est libre",
    )
    starts_after_deposit = models.BooleanField(
        "le projet doit commencer après le dépôt",
        default=False,
        help_text="coché, un début antérieur empêche le dépôt ; sinon, il est seulement signalé",
    )
    pass_mark = models.DecimalField(
        "note minimale sur 100", max_digits=5, decimal_places=2, default=Decimal(50), validators=[MaxValueValidator(100)]
    )

    authority = models.CharField("autorité", max_length=120, default="Département")
    service_name = models.CharField("service chargé du dossier", max_length=160)
    service_address = models.TextField("adresse du service")
    service_email = models.EmailField("adresse électronique du service")
    service_phone = models.CharField("téléphone du service", max_length=30)
    implicit_refusal_months = models.PositiveSmallIntegerField(
        "mois de silence valant rejet", default=2, help_text="CRPA, article L231-4 3°"
    )
    silence_notice = models.TextField("mention sur le silence de l’administration")
    silence_remedies_notice = models.TextField(
        "recours contre le rejet implicite",
        blank=True,
        help_text="sur le récépissé : ce délai court de la date du rejet implicite, aucune décision n’étant notifiée",
    )
    remedies_notice = models.TextField("voies et délais de recours", help_text="au bas des lettres de décision")
    attestation_text = models.TextField("attestation sur l’honneur")
    signatory_role = models.CharField("qualité du signataire", max_length=120, default="La Présidente du Conseil départemental")
    signatory_name = models.CharField("nom du signataire", max_length=120, blank=True)
    signature_place = models.CharField("fait à", max_length=80)

    fictitious = models.BooleanField("appel de démonstration", default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "appel à projets"
        verbose_name_plural = "appels à projets"
        ordering = ["-closes_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
                violation_error_message="La clôture doit venir après l’ouverture.",
            ),
            plausible_dates(name="call_dates_plausible", moments=("opens_at", "closes_at"), days=("committee_on",)),
            models.CheckConstraint(
                condition=Q(envelope__gte=0),
                name="call_envelope_positive",
                violation_error_message="L’enveloppe ne peut pas être négative.",
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=F("floor")),
                name="call_ceiling_above_floor",
                violation_error_message="Le montant maximal doit dépasser le montant minimal.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Someone who types the calendar is told at once that two of its dates are in the wrong order."""
        if self.committee_on is None or self.closes_at is None:
            return
        # A slip in a year has its own message; some of these days cannot even be put in the time zone.
        if {self.committee_on.year, self.closes_at.year} - set(PLAUSIBLE_YEARS):
            return
        if self.committee_on < timezone.localtime(self.closes_at).date():
            raise ValidationError({"committee_on": "La Commission permanente vient après la clôture : vérifiez cette date."})

    @property
    def phase(self) -> CallPhase:
        moment = clock.now()
        if moment < self.opens_at:
            return CallPhase.UPCOMING
        return CallPhase.OPEN if moment <= self.closes_at else CallPhase.CLOSED

    @property
    def is_open(self) -> bool:
        return self.phase == CallPhase.OPEN


class Theme(models.Model):
    """An axis of the call; an application chooses one."""

    call = ParentalKey(Call, on_delete=models.PROTECT, related_name="themes", verbose_name="appel")
    key = models.SlugField("clé", max_length=40)
    title = models.CharField("titre", max_length=200)
    description = models.TextField("description", blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    # The admin numbers the rows in the order in which they are arranged.
    sort_order_field = "position"

    class Meta:
        verbose_name = "axe"
        ordering = ["call", "position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="theme_key_once")]

    def __str__(self) -> str:
        return self.title


class DocumentRequirement(models.Model):
    """A « pièce demandée » of a call."""

    call = ParentalKey(Call, on_delete=models.PROTECT, related_name="document_requirements", verbose_name="appel")
    key = models.SlugField("clé", max_length=40)
    label = models.CharField("pièce", max_length=200)
    help_text = models.TextField("aide", blank=True)
    required = models.BooleanField("obligatoire", default=True)
    multiple = models.BooleanField(
        "plusieurs fichiers", default=False, help_text="par exemple des devis ; sinon un fichier remplace l’autre"
    )
    max_megabytes = models.PositiveSmallIntegerField("taille maximale (Mo)", default=10)
    hidden_from_jury = models.BooleanField(
        "réservée au service",
        default=False,
        help_text="le jury ne la voit pas : ce qui ne sert pas à noter, comme un RIB ou les noms des dirigeants",
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)

    # The admin numbers the rows in the order in which they are arranged.
    sort_order_field = "position"

    class Meta:
        verbose_name = "pièce demandée"
        verbose_name_plural = "pièces demandées"
        ordering = ["call", "position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="document_requirement_key_once")]

    def __str__(self) -> str:
        return self.label


class EligibilityRule(models.Model):
    """One line of the officers' checklist: formal (recevabilité) or substantive (éligibilité), with its article."""

    class Kind(models.TextChoices):
        FORMAL = "formal", "Recevabilité"
        SUBSTANTIVE = "substantive", "Éligibilité"

    class Automatic(models.TextChoices):
        """What the data of the application can say by itself about a point. The officer still confirms."""

        DEADLINE = "deadline", "Dépôt avant la clôture"
        DOCUMENTS = "documents", "Pièces obligatoires jointes"
        SIRET = "siret", "Numéro SIRET valide"
        AMOUNT = "amount", "Montant demandé entre le minimum et le maximum"
        RATE = "rate", "Taux demandé sous le maximum"
        COMMUNE = "commune", "Commune du département"

    call = ParentalKey(Call, on_delete=models.PROTECT, related_name="eligibility_rules", verbose_name="appel")
    key = models.SlugField("clé", max_length=40)
    kind = models.CharField("nature", max_length=12, choices=Kind.choices, default=Kind.FORMAL)
    label = models.CharField("point à vérifier", max_length=200)
    article = models.CharField("article du règlement", max_length=60, blank=True)
    automatic = models.CharField(
        "constat automatique",
        max_length=12,
        choices=Automatic.choices,
        blank=True,
        help_text="montré à l’instruction, qui confirme",
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)

    # The admin numbers the rows in the order in which they are arranged.
    sort_order_field = "position"

    class Meta:
        verbose_name = "point à vérifier"
        verbose_name_plural = "points à vérifier"
        ordering = ["call", "position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="eligibility_rule_key_once")]

    def __str__(self) -> str:
        return self.label
