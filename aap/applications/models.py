"""An application and what is attached to it, from the first draft to the receipt."""

import uuid
from functools import partial

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from aap import clock
from aap.applications.states import DEPOSITED, State, pairs
from aap.applications.visibility import ApplicationQuerySet
from aap.calls.models import Call, DocumentRequirement, Theme
from aap.files.storage import private_storage
from aap.organisations.models import Organisation
from aap.questionnaires.models import QuestionnaireVersion

person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Application(models.Model):
    """A « candidature » or « dossier »: one project of one organisation in one call."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications", verbose_name="appel")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="applications", verbose_name="structure"
    )
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="applications", verbose_name="version du questionnaire"
    )
    state = models.CharField("état", max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    number = models.CharField("numéro", max_length=20, null=True, blank=True, unique=True)
    created_by = person(verbose_name="créée par")
    created_at = models.DateTimeField("commencée le", default=clock.now)
    submitted_at = models.DateTimeField("déposée le", null=True, blank=True)
    officer = person(null=True, blank=True, verbose_name="suivie par")

    # Read from the answers whenever they change, so that lists never open the answers.
    title = models.CharField("intitulé du projet", max_length=200, blank=True)
    title_key = models.CharField(max_length=200, blank=True, db_index=True)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="applications", verbose_name="axe"
    )
    commune = models.ForeignKey(
        "aap.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="applications", verbose_name="commune"
    )
    requested_amount = models.DecimalField("montant demandé", max_digits=12, decimal_places=2, null=True, blank=True)
    project_cost = models.DecimalField("coût du projet", max_digits=12, decimal_places=2, null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["call", "state"], name="application_call_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(number__isnull=False, submitted_at__isnull=False),
                name="application_deposited_has_number",
                violation_error_message="Un dossier déposé a un numéro et une date de dépôt.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DRAFT) | Q(number__isnull=True, submitted_at__isnull=True),
                name="application_draft_has_no_number",
                violation_error_message="Un brouillon n’a ni numéro ni date de dépôt.",
            ),
        ]
        triggers = [pgtrigger.FSM(name="application_lifecycle", field="state", transitions=pairs())]

    def __str__(self) -> str:
        return f"{self.number or 'Brouillon'} – {self.title or 'sans intitulé'}"

    @property
    def is_deposited(self) -> bool:
        return self.state in DEPOSITED

    @property
    def chain(self) -> str:
        """The name of this application's chain of events."""
        return f"application:{self.public_id}"


class Answer(models.Model):
    """What was answered to one question. One row a question, so that two people never overwrite each other."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers", verbose_name="dossier")
    question_key = models.CharField("question", max_length=40)
    value = models.JSONField("réponse", encoder=DjangoJSONEncoder, null=True)
    version = models.PositiveIntegerField("version", default=1)
    updated_at = models.DateTimeField("modifiée le", default=clock.now)
    updated_by = person(verbose_name="modifiée par")

    class Meta:
        verbose_name = "réponse"
        constraints = [models.UniqueConstraint(fields=["application", "question_key"], name="answer_one_per_question")]

    def __str__(self) -> str:
        return f"{self.question_key} ({self.application_id})"


class SupportingDocument(models.Model):
    """A « pièce justificative ». The file is private; replacing it keeps the row of the old one, marked removed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents", verbose_name="dossier")
    requirement = models.ForeignKey(
        DocumentRequirement, on_delete=models.PROTECT, related_name="documents", verbose_name="pièce demandée"
    )
    file = models.FileField("fichier", storage=private_storage, max_length=200)
    original_name = models.CharField("nom d’origine", max_length=200)
    content_type = models.CharField("type", max_length=80)
    size = models.PositiveBigIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte", max_length=64)
    uploaded_at = models.DateTimeField("jointe le", default=clock.now)
    uploaded_by = person(verbose_name="jointe par")
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "pièce justificative"
        verbose_name_plural = "pièces justificatives"
        ordering = ["requirement__position", "uploaded_at"]

    def __str__(self) -> str:
        return self.original_name


class DepositedVersion(models.Model):
    """What was deposited, whole and frozen: answers with their labels, amounts, list of documents with their hashes."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions", verbose_name="dossier")
    number = models.PositiveSmallIntegerField("version", default=1)
    content = models.JSONField("contenu", encoder=DjangoJSONEncoder)
    sha256 = models.CharField("empreinte", max_length=64)
    deposited_at = models.DateTimeField("déposée le")
    deposited_by = person(verbose_name="déposée par")

    class Meta:
        verbose_name = "version déposée"
        verbose_name_plural = "versions déposées"
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="deposited_version_once")]
        triggers = [pgtrigger.Protect(name="deposited_version_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application} (version {self.number})"


class Receipt(models.Model):
    """The « récépissé de dépôt » (CRPA, R112-5 and R112-11-1): proof of arrival, silence and remedies."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="receipt", verbose_name="dossier")
    version = models.ForeignKey(DepositedVersion, on_delete=models.PROTECT, related_name="+", verbose_name="version")
    issued_at = models.DateTimeField("délivré le")
    implicit_refusal_on = models.DateField("rejet implicite le")
    pdf = models.FileField("PDF", storage=private_storage, max_length=200, blank=True)
    pdf_sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)

    class Meta:
        verbose_name = "récépissé"

    def __str__(self) -> str:
        return f"Récépissé {self.application.number}"


class Recusal(models.Model):
    """Who may not see which application, on what ground, since when. Written by the jury's room, enforced everywhere."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals", verbose_name="dossier")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals", verbose_name="personne"
    )
    ground = models.CharField("motif", max_length=200)
    since = models.DateTimeField("depuis", default=clock.now)
    recorded_by = person(verbose_name="enregistré par")

    class Meta:
        verbose_name = "déport"
        ordering = ["since"]
        constraints = [models.UniqueConstraint(fields=["application", "user"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.user} se déporte de {self.application_id}"
