"""The release: checked letters only, one moment for all, once, and a message that says nothing."""

import threading
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection

from aap import clock
from aap.applications.models import Recusal
from aap.applications.outcomes import ReleasedOutcome, released_outcomes
from aap.applications.services import withdrawal
from aap.applications.states import State
from aap.decisions.models import Decision, DecisionLetter, Outcome, Release
from aap.decisions.selectors import is_released, released_decision, with_released_outcome
from aap.decisions.services import check_release, prepare_release, record_resolution, regenerate_letters, release
from aap.errors import DomainError
from aap.history.models import Event
from aap.mail.models import OutboxMessage
from aap.people.models import Role
from tests.factories.decisions import decided, draft_for, prepared, released
from tests.factories.organisations import MembershipFactory
from tests.factories.people import OfficerFactory, UserFactory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def withdraw(application):
    withdrawal.withdraw(application, by=application.organisation.memberships.first().user)


def test_nothing_can_be_read_before_the_release():
    batch = prepared()
    applications = [decision.application for decision in batch.decisions.all()]
    assert [released_decision(each) for each in applications] == [None, None, None]
    assert [is_released(each) for each in applications] == [False, False, False]
    annotated = with_released_outcome(type(applications[0]).objects.all())
    assert set(annotated.values_list("released_outcome", "released_at")) == {(None, None)}
    assert released_outcomes([each.pk for each in applications]) == {}
    assert OutboxMessage.objects.count() == 0


def test_release_makes_every_decision_readable_at_one_moment():
    batch = prepared()
    check_release(batch, by=batch.created_by)
    with time_machine.travel(datetime(2027, 3, 1, 9, 0, tzinfo=UTC), tick=True):
        release(batch, by=batch.created_by)
    decisions = [released_decision(decision.application) for decision in batch.decisions.order_by("pk")]
    assert [each.outcome for each in decisions] == ["awarded", "reserve", "refused"]
    assert len({each.release.released_at for each in decisions}) == 1
    assert batch.released_at.year == 2027
    assert released_outcomes([each.application_id for each in decisions]) == {
        each.application_id: ReleasedOutcome(each.outcome, batch.released_at) for each in decisions
    }


def test_release_tells_every_member_and_says_nothing_of_the_outcome():
    batch = prepared()
    second = MembershipFactory(organisation=batch.decisions.first().application.organisation)
    UserFactory()  # A person of no organisation of the batch.
    check_release(batch, by=batch.created_by)
    release(batch, by=batch.created_by)
    messages = OutboxMessage.objects.order_by("pk")
    assert sorted(message.to for message in messages) == sorted(
        [
            second.user.email,
            *(
                each.application.organisation.memberships.exclude(pk=second.pk).get().user.email
                for each in batch.decisions.all()
            ),
        ]
    )
    texts = set()
    for message in messages:
        decision = Decision.objects.get(application__organisation__memberships__user__email=message.to)
        application = decision.application
        text = message.subject + message.body
        for own in (application.number, str(application.public_id), application.organisation.name):
            assert own in text
            text = text.replace(own, "…")
        texts.add(text)
    assert len(texts) == 1
    text = texts.pop().lower()
    assert [word for word in ("attribu", "refus", "attente", "€", "favorable", "rejet") if word in text] == []


def test_release_twice_is_once():
    batch = released()
    moment, messages, events = batch.released_at, OutboxMessage.objects.count(), Event.objects.count()
    release(batch, by=batch.created_by)
    assert (batch.released_at, OutboxMessage.objects.count(), Event.objects.count()) == (moment, messages, events)


def test_release_wants_ready_and_checked_letters():
    resolution = decided()
    batch = prepare_release(resolution, by=resolution.recorded_by)
    with pytest.raises(DomainError, match="pas toutes prêtes"):
        release(batch, by=batch.created_by)
    with pytest.raises(DomainError, match="encore en préparation"):
        check_release(batch, by=batch.created_by)
    run_jobs()
    with pytest.raises(DomainError, match="Vérifiez d’abord"):
        release(batch, by=batch.created_by)
    assert OutboxMessage.objects.count() == 0


def test_released_letters_cannot_be_made_again():
    batch = released()
    with pytest.raises(DomainError, match="publiées"):
        regenerate_letters(batch, by=batch.created_by)


def test_prepare_twice_is_one_batch():
    resolution = decided()
    first = prepare_release(resolution, by=resolution.recorded_by)
    assert prepare_release(resolution, by=resolution.recorded_by) == first
    run_jobs()
    first.refresh_from_db()
    assert (Release.objects.count(), DecisionLetter.objects.count(), first.total, first.state) == (1, 3, 3, "ready")


def test_withdrawn_application_drops_out_of_the_batch():
    batch = prepared()
    gone = batch.decisions.get(outcome=Outcome.AWARDED)
    withdraw(gone.application)
    check_release(batch, by=batch.created_by)
    release(batch, by=batch.created_by)
    gone.refresh_from_db()
    assert (batch.total, gone.release, released_decision(gone.application)) == (2, None, None)
    assert DecisionLetter.objects.filter(decision=gone).count() == 0
    assert (
        OutboxMessage.objects.filter(idempotency_key__startswith="decision-available", chain=gone.application.chain).count()
        == 0
    )


def test_batch_whose_applications_all_withdrew_is_not_released():
    batch = prepared((Outcome.AWARDED,))
    check_release(batch, by=batch.created_by)
    withdraw(batch.decisions.get().application)
    with pytest.raises(DomainError, match="retirés"):
        release(batch, by=batch.created_by)


def test_decision_replaced_before_the_release_is_never_read():
    batch = prepared((Outcome.RESERVE, Outcome.REFUSED))
    old = batch.decisions.get(outcome=Outcome.RESERVE)
    call, officer = batch.resolution.call, batch.created_by
    record_resolution(
        call, number="2", adopted_on=clock.today(), decisions=[draft_for(old.application, Outcome.AWARDED)], by=officer
    )
    check_release(batch, by=officer)
    release(batch, by=officer)
    old.refresh_from_db()
    assert (old.release, released_decision(old.application), batch.total) == (None, None, 1)


def test_corrected_decision_replaces_the_one_read():
    first = released((Outcome.RESERVE,))
    application, officer = first.decisions.get().application, first.created_by
    second = record_resolution(
        first.resolution.call,
        number="2",
        adopted_on=clock.today(),
        decisions=[draft_for(application, Outcome.AWARDED)],
        by=officer,
    )
    assert released_decision(application).outcome == Outcome.RESERVE
    batch = prepare_release(second, by=officer)
    run_jobs()
    check_release(batch, by=officer)
    release(batch, by=officer)
    assert released_decision(application).outcome == Outcome.AWARDED
    assert released_outcomes([application.pk]) == {application.pk: ReleasedOutcome(Outcome.AWARDED, batch.released_at)}


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role)])
@pytest.mark.parametrize("verb", [check_release, release, regenerate_letters])
def test_batch_is_handled_by_the_service_only(roles, verb):
    batch = prepared((Outcome.AWARDED,))
    if verb is release:
        check_release(batch, by=batch.created_by)
    person = UserFactory(roles=[role.value for role in roles])
    if set(roles) & {Role.OFFICER, Role.ADMINISTRATOR}:
        assert verb(batch, by=person) == batch
    else:
        with pytest.raises(DomainError, match="Seul le service"):
            verb(batch, by=person)


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role)])
def test_letters_are_prepared_by_the_service_only(roles):
    resolution = decided((Outcome.AWARDED,))
    person = UserFactory(roles=[role.value for role in roles])
    if set(roles) & {Role.OFFICER, Role.ADMINISTRATOR}:
        assert prepare_release(resolution, by=person).total == 1
    else:
        with pytest.raises(DomainError, match="Seul le service"):
            prepare_release(resolution, by=person)


@pytest.mark.parametrize("verb", [check_release, release, regenerate_letters])
def test_recused_officer_may_not_handle_the_batch(verb):
    batch, officer = prepared((Outcome.AWARDED,)), OfficerFactory()
    Recusal.objects.create(application=batch.decisions.get().application, user=officer, ground="Adhérente", recorded_by=officer)
    with pytest.raises(DomainError, match="déport"):
        verb(batch, by=officer)


@pytest.fixture
def empty_queue(transactional_db):
    """A test that really commits leaves its jobs behind: the flush after it does not know the worker's tables."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_are_one():
    batch = prepared()
    check_release(batch, by=batch.created_by)
    barrier, errors = threading.Barrier(2), []

    def run():
        try:
            barrier.wait(timeout=10)
            release(Release.objects.get(pk=batch.pk), by=batch.created_by)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    names = Event.objects.filter(name__in=["decision_released", "release_released"]).values_list("name", flat=True)
    assert (errors, OutboxMessage.objects.count(), sorted(names)) == ([], 3, [*["decision_released"] * 3, "release_released"])


@pytest.mark.usefixtures("empty_queue")
@pytest.mark.django_db(transaction=True)
def test_withdrawal_and_release_at_once_never_leave_a_withdrawn_decision_readable():
    batch = prepared((Outcome.AWARDED, Outcome.REFUSED))
    check_release(batch, by=batch.created_by)
    application = batch.decisions.get(outcome=Outcome.AWARDED).application
    barrier, errors = threading.Barrier(2), []

    def run(act):
        try:
            barrier.wait(timeout=10)
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    acts = [lambda: withdraw(application), lambda: release(Release.objects.get(pk=batch.pk), by=batch.created_by)]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    application.refresh_from_db()
    batch.refresh_from_db()
    told = OutboxMessage.objects.filter(idempotency_key__startswith="decision-available", chain=application.chain).count()
    # One or the other came first, never half of each.
    if application.state == State.WITHDRAWN:
        assert (errors, is_released(application), told, batch.total) == ([], False, 0, 1)
    else:
        assert ([type(error) for error in errors], is_released(application), told, batch.total) == ([DomainError], True, 1, 2)
