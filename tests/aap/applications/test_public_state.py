"""What the applicant may know: never more than what was released."""

import pytest

from aap import clock
from aap.applications import services
from aap.applications.outcomes import ReleasedOutcome
from aap.applications.selectors import AVAILABLE, IN_EXAMINATION, public_state, public_state_of, timeline
from aap.applications.states import DECIDED, State
from aap.decisions.models import Outcome
from aap.decisions.services import acknowledge
from aap.errors import DomainError
from aap.history.services import record
from tests.factories.applications import make_application
from tests.factories.decisions import prepared, released

pytestmark = pytest.mark.django_db

LABELS = {
    State.DRAFT: "Brouillon",
    State.SUBMITTED: "Déposé",
    State.INCOMPLETE: "Compléments demandés",
    State.WITHDRAWN: "Retiré",
}


@pytest.mark.parametrize("state", State)
def test_public_state_before_the_release_says_nothing_of_the_decision(state):
    assert public_state(make_application(state=state)).label == LABELS.get(state, "En cours d’examen")


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_public_state_of_what_is_decided_is_the_very_one_of_what_is_examined(state):
    assert public_state(make_application(state=state)) == IN_EXAMINATION


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        ("awarded", "Subvention attribuée"),
        ("reserve", "Sur liste d’attente"),
        ("refused", "Demande refusée"),
        ("inadmissible", "Dossier irrecevable"),
        ("ineligible", "Dossier inéligible"),
    ],
)
def test_public_state_after_the_first_display_is_the_decision(outcome, label):
    application = make_application(state=State(outcome))
    assert public_state_of(application, ReleasedOutcome(outcome, clock.now(), read=True)).label == label


@pytest.mark.parametrize("outcome", ["awarded", "reserve", "refused", "inadmissible", "ineligible"])
def test_public_state_before_the_first_display_tells_no_outcome(outcome):
    application = make_application(state=State(outcome))
    assert public_state_of(application, ReleasedOutcome(outcome, clock.now())) == AVAILABLE


def test_public_state_follows_the_release_then_the_display():
    waiting = prepared((Outcome.AWARDED,)).decisions.get().application
    told = released((Outcome.REFUSED,)).decisions.get().application
    assert (public_state(waiting).label, public_state(told).label) == ("En cours d’examen", "Décision disponible")
    acknowledge(told.decisions.get(), by=told.organisation.memberships.get().user)
    assert public_state(told).label == "Demande refusée"


def test_withdraw_is_possible_until_the_release_and_not_after():
    waiting = prepared((Outcome.AWARDED,)).decisions.get().application
    told = released((Outcome.REFUSED,)).decisions.get().application
    services.withdraw(waiting, by=waiting.organisation.memberships.get().user)
    with pytest.raises(DomainError) as refusal:
        services.withdraw(told, by=told.organisation.memberships.get().user)
    assert (
        refusal.value.message
        == "La décision vous a été communiquée\u00a0: le dossier ne peut plus être retiré. Écrivez au service."
    )
    assert (waiting.state, told.state) == (State.WITHDRAWN, State.REFUSED)


def test_timeline_shows_no_internal_event():
    application = make_application(state=State.INADMISSIBLE)
    for name in ("start_examination", "declare_inadmissible", "decided", "checks_recorded"):
        record(application.chain, name)
    assert [milestone.label for milestone in timeline(application)] == [
        "Dossier commencé",
        "Dossier déposé",
        "En cours d’examen",
        "Décision",
    ]


def test_timeline_shows_requests_and_withdrawal():
    application = make_application(state=State.WITHDRAWN)
    record(application.chain, "request_changes")
    record(application.chain, "withdraw")
    assert [milestone.label for milestone in timeline(application)] == [
        "Dossier commencé",
        "Dossier déposé",
        "Compléments demandés",
        "Dossier retiré",
    ]


def test_timeline_of_a_released_decision_ends_with_it():
    application = released((Outcome.AWARDED,)).decisions.get().application
    last = timeline(application)[-1]
    assert (last.label, last.current) == ("Décision disponible", True)
