"""The table of transitions, the one function that applies it, and the database that refuses everything else."""

from itertools import count
from random import Random

import pytest
from django.db import DatabaseError, transaction

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Application
from aap.applications.states import DECIDED, DEPOSITED, TRANSITIONS, Actor, State, pairs
from aap.errors import DomainError
from aap.history.models import Event
from aap.history.services import broken_links
from tests.factories.applications import make_application
from tests.factories.people import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


NUMBERS = count(1)


def changes_of(name: str) -> dict[str, object]:
    """What must hold with the new state: a deposit gives a number and a date."""
    return {"number": f"T-{next(NUMBERS)}", "submitted_at": clock.now()} if name == "submit" else {}


def test_every_state_but_draft_is_reached_and_nothing_leaves_withdrawn():
    targets = {transition.target for transition in TRANSITIONS.values()}
    assert targets == set(State) - {State.DRAFT}
    assert [name for name, transition in TRANSITIONS.items() if State.WITHDRAWN in transition.sources] == []


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("state", State)
def test_apply_accepts_exactly_the_sources_of_the_table(name, state):
    transition = TRANSITIONS[name]
    application = make_application(state=state)
    actor = application.created_by if transition.actor == Actor.APPLICANT else OfficerFactory()
    # An officer does not even see a draft.
    expected = state in transition.sources and not (transition.actor == Actor.OFFICER and state == State.DRAFT)
    try:
        lifecycle.apply(application, name, by=actor, changes=changes_of(name))
    except DomainError:
        assert expected is False
        assert Application.objects.get(pk=application.pk).state == state
        assert Event.objects.filter(chain=application.chain).count() == 0
    else:
        assert expected is True
        assert Application.objects.get(pk=application.pk).state == transition.target
        assert [event.name for event in Event.objects.filter(chain=application.chain)] == [name]


@pytest.mark.parametrize("name", TRANSITIONS)
def test_apply_refuses_the_wrong_actor(name):
    transition = TRANSITIONS[name]
    application = make_application(state=sorted(transition.sources)[0])
    stranger = OfficerFactory() if transition.actor == Actor.APPLICANT else application.created_by
    with pytest.raises(DomainError, match="Vous ne pouvez pas faire cette action"):
        lifecycle.apply(application, name, by=stranger, changes=changes_of(name))
    with pytest.raises(DomainError, match="Vous ne pouvez pas faire cette action"):
        lifecycle.apply(application, name, by=UserFactory(), changes=changes_of(name))


def test_the_database_refuses_a_jump_that_the_table_does_not_know():
    application = make_application(state=State.EXAMINING)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state=State.AWARDED)
    assert Application.objects.get(pk=application.pk).state == State.EXAMINING


def test_the_database_refuses_a_deposit_without_number():
    application = make_application()
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state=State.SUBMITTED)


def walk(steps: int, seed: int) -> None:
    """Random acts by random people; after each, the path is one of the table and the chain of events is whole."""
    random = Random(seed)
    officer, stranger = OfficerFactory(), UserFactory()
    application = make_application()
    path = [application.state]
    for _ in range(steps):
        if application.state == State.WITHDRAWN:
            assert broken_links(application.chain) == []
            application, path = make_application(call=application.call), [State.DRAFT.value]
        name = random.choice(list(TRANSITIONS))
        actor = random.choice([application.created_by, officer, stranger])
        before = application.state
        try:
            lifecycle.apply(application, name, by=actor, changes=changes_of(name))
        except DomainError:
            application.refresh_from_db()
            assert application.state == before
            continue
        except DatabaseError:
            pytest.fail(f"{name} depuis {before} a passé les règles et non la base")
        path.append(application.state)
        assert (before, application.state) in pairs()
        assert actor != stranger
        assert (application.state in DEPOSITED) == (application.state != State.DRAFT)
        if application.state in DECIDED:
            assert application.number
    assert broken_links(application.chain) == []


def test_a_random_walk_never_leaves_the_table():
    walk(500, seed=1)


@pytest.mark.soak
def test_a_long_random_walk_never_leaves_the_table():
    walk(10_000, seed=2)
