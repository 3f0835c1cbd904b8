"""Reads shaped for the pages of the applicant's space."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from aap import clock
from aap.applications.completeness import missing_answers, missing_documents
from aap.applications.deposited import current_documents
from aap.applications.errors import MissingPiece
from aap.applications.models import Application, SupportingDocument
from aap.applications.outcomes import released_outcomes
from aap.applications.selectors import PublicState, applications_of, public_state_of
from aap.applications.states import State
from aap.calls import selectors as calls
from aap.calls.models import Call, DocumentRequirement
from aap.files.inspection import DEFAULT_ALLOWED
from aap.moments import french_moment, time_left
from aap.people.models import User


@dataclass(frozen=True)
class HomeRow:
    """One application in « Mes dossiers »: where it stands and what to do next."""

    application: Application
    state: PublicState
    action_label: str
    action_url: str
    deadline: str = ""
    urgent: bool = False


def home_rows(user: User) -> list[HomeRow]:
    """The person's applications: drafts that can still be deposited first, nearest closing first. Two queries."""
    applications = list(applications_of(user))
    released = released_outcomes(application.pk for application in applications)
    now = clock.now()
    rows = [_home_row(application, released.get(application.pk), now) for application in applications]
    return sorted(rows, key=lambda row: (not row.urgent, row.application.call.closes_at if row.urgent else now))


def _home_row(application: Application, released: object, now: datetime) -> HomeRow:
    state = public_state_of(application, released)  # type: ignore[arg-type]
    url = reverse("portal:application", args=[application.public_id])
    closing = application.call.closes_at
    if application.state == State.DRAFT and now <= closing:
        return HomeRow(
            application,
            state,
            "Continuer",
            url,
            f"Clôture le {french_moment(closing)} – {time_left(closing, now)}",
            urgent=True,
        )
    if application.state == State.DRAFT:
        late = PublicState("Non déposé", "neutral", "L’appel est clos\u00a0: ce brouillon reste lisible.")
        return HomeRow(application, late, "Relire", url, f"Appel clos depuis le {french_moment(closing)}")
    if released is not None and application.state != State.WITHDRAWN:
        return HomeRow(application, state, "Lire la décision", reverse("decisions:read", args=[application.public_id]))
    return HomeRow(application, state, "Suivre ce dossier", url)


def open_calls() -> QuerySet[Call]:
    """The calls in which an application can be started now, nearest closing first."""
    return calls.open_calls().filter(questionnaire__versions__isnull=False).distinct()


@dataclass(frozen=True)
class Step:
    """One line of the task list. `state` is not_started, in_progress, complete or optional."""

    key: str
    title: str
    state: str
    remaining: int = 0

    @property
    def badge(self) -> tuple[str, str]:
        """Label and tone of the state."""
        if self.state == "in_progress":
            return f"{self.remaining}\u00a0point{'s' if self.remaining > 1 else ''} à compléter", "warning"
        return {"not_started": ("À commencer", "neutral"), "complete": ("Complet", "success")}.get(
            self.state, ("Facultatif", "neutral")
        )


@dataclass(frozen=True)
class Progress:
    """How far an application is from its deposit."""

    sections: list[Step]
    documents: Step
    problems: list[MissingPiece]

    @property
    def complete(self) -> bool:
        return not self.problems

    @property
    def begun(self) -> bool:
        """Whether anything was answered or attached."""
        return any(step.state in {"in_progress", "complete"} for step in (*self.sections, self.documents))

    @property
    def next_step(self) -> Step | None:
        """The first section, or the documents, where something is left to do; None when nothing is."""
        return next((step for step in (*self.sections, self.documents) if step.remaining), None)


def progress(application: Application) -> Progress:
    """Section by section, then the documents. Five queries at most, whatever the number of questions."""
    answers = dict(application.answers.values_list("question_key", "value"))
    asked = missing_answers(application, answers)
    absent = missing_documents(application)
    sections = [
        _step(
            section.key,
            section.title,
            remaining=sum(problem.section_key == section.key for problem in asked),
            begun=any(answers.get(question.key) not in (None, "", [], {}) for question in section.questions),
        )
        for section in application.questionnaire_version.definition.sections
    ]
    begun = application.documents.filter(removed_at__isnull=True).exists()
    documents = _step("pieces", "Pièces à joindre", remaining=len(absent), begun=begun)
    return Progress(sections, documents, [*asked, *absent])


def _step(key: str, title: str, *, remaining: int, begun: bool) -> Step:
    if not begun:
        return Step(key, title, "not_started" if remaining else "optional", remaining)
    return Step(key, title, "in_progress" if remaining else "complete", remaining)


@dataclass(frozen=True)
class RequirementBlock:
    """One document asked for, with the files in place."""

    requirement: DocumentRequirement
    files: list[SupportingDocument]
    formats: str

    @property
    def can_add(self) -> bool:
        return self.requirement.multiple or not self.files


def requirement_blocks(application: Application) -> list[RequirementBlock]:
    """The documents that the call asks for, in order. Two queries."""
    files = current_documents(application)
    formats = ", ".join(extension.upper() for extension in DEFAULT_ALLOWED)
    return [
        RequirementBlock(requirement, [file for file in files if file.requirement_id == requirement.pk], formats)
        for requirement in application.call.document_requirements.order_by("position", "pk")
    ]
