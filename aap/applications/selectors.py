"""What the applicant may know of an application: never an opinion, a finding nor a decision before its release."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from aap.applications.models import Application
from aap.applications.outcomes import ReleasedOutcome, released_outcomes
from aap.applications.states import State
from aap.history.models import Event
from aap.moments import french_day
from aap.people.models import User


class PublicState(NamedTuple):
    """What the applicant reads of the state: a word or two, a tone for the badge, a sentence."""

    label: str
    tone: str
    explanation: str


@dataclass(frozen=True)
class Milestone:
    """One line of the applicant's timeline; `at` is a moment, a day or nothing."""

    label: str
    at: datetime | date | None = None
    detail: str = ""
    current: bool = False
    upcoming: bool = False


DRAFT = PublicState("Brouillon", "warning", "Ce dossier n’est pas encore déposé.")
SUBMITTED = PublicState("Déposé", "success", "Votre dossier est bien arrivé. Le service va le lire.")
IN_EXAMINATION = PublicState(
    "En cours d’examen",
    "info",
    "Votre dossier est examiné. Un courriel vous préviendra dès que la décision sera disponible.",
)
INCOMPLETE = PublicState(
    "Compléments demandés", "warning", "Le service a besoin d’un complément pour continuer l’examen de votre dossier."
)
WITHDRAWN = PublicState("Retiré", "neutral", "Votre structure a retiré ce dossier. Il ne sera pas examiné.")
READ_IT = "La décision est disponible\u00a0: lisez la lettre qui l’accompagne."
AVAILABLE = PublicState("Décision disponible", "accent", "Une décision est disponible : affichez-la pour la connaître.")
RELEASED = {
    State.AWARDED: PublicState("Subvention attribuée", "success", READ_IT),
    State.RESERVE: PublicState("Sur liste d’attente", "info", READ_IT),
    State.REFUSED: PublicState("Demande refusée", "neutral", READ_IT),
    State.INADMISSIBLE: PublicState("Dossier irrecevable", "neutral", READ_IT),
    State.INELIGIBLE: PublicState("Dossier inéligible", "neutral", READ_IT),
}
# What was recorded for everyone: the other events are the service's and the jury's own business.
SHOWN_EVENTS = {
    "request_changes": "Compléments demandés",
    "return_changes": "Compléments transmis",
    "withdraw": "Dossier retiré",
}
PUBLIC = {State.DRAFT: DRAFT, State.SUBMITTED: SUBMITTED, State.INCOMPLETE: INCOMPLETE, State.WITHDRAWN: WITHDRAWN}


def public_state(application: Application) -> PublicState:
    """The state as the applicant may know it now. One query."""
    return public_state_of(application, released_outcomes([application.pk]).get(application.pk))


def public_states(applications: Iterable[Application]) -> dict[int, PublicState]:
    """The same for a list, by primary key, in one query."""
    applications = list(applications)
    released = released_outcomes(application.pk for application in applications)
    return {application.pk: public_state_of(application, released.get(application.pk)) for application in applications}


def public_state_of(application: Application, released: ReleasedOutcome | None) -> PublicState:
    """The rule itself. Everything between the deposit and the release is « en cours d’examen », whatever was decided."""
    state = State(application.state)
    if state == State.WITHDRAWN:
        return WITHDRAWN
    if released is not None:
        # The outcome is told by its display, which starts the time for remedies, and by nothing before.
        return RELEASED[State(released.outcome)] if released.read else AVAILABLE
    return PUBLIC.get(state, IN_EXAMINATION)


def timeline(application: Application) -> list[Milestone]:
    """The applicant's timeline, oldest first. Two queries."""
    released = released_outcomes([application.pk]).get(application.pk)
    past = [Milestone("Dossier commencé", application.created_at)]
    if application.submitted_at:
        waiting = application.state == State.SUBMITTED
        past.append(Milestone("Dossier déposé", application.submitted_at, f"Numéro {application.number}", current=waiting))
    past += [
        Milestone(SHOWN_EVENTS[event.name], event.at)
        for event in Event.objects.filter(chain=application.chain, name__in=SHOWN_EVENTS).order_by("sequence")
    ]
    if application.state == State.WITHDRAWN:
        return past
    if released is not None:
        return [*past, Milestone("Décision disponible", released.released_at, current=True)]
    return [*past, *_to_come(application)]


def _to_come(application: Application) -> list[Milestone]:
    call = application.call
    closing = Milestone("Clôture de l’appel", call.closes_at, upcoming=True)
    expected = f"La Commission permanente est prévue le {french_day(call.committee_on)}." if call.committee_on else ""
    decision = Milestone("Décision", None, expected, upcoming=True)
    state = public_state_of(application, None)
    if application.state == State.DRAFT:
        return [closing, decision]
    if application.state == State.SUBMITTED:
        return [
            Milestone("Examen du dossier", None, "Le service vérifie les pièces, puis le jury donne un avis.", upcoming=True),
            decision,
        ]
    return [Milestone(state.label, None, state.explanation, current=True), decision]


def applications_of(user: User) -> QuerySet[Application]:
    """The applications of the organisations the person is attached to, the freshest first."""
    return Application.objects.of_members(user).select_related("call", "organisation", "theme").order_by("-created_at", "-pk")
