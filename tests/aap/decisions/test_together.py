"""Acts on one batch at the same instant, on real connections: one waits for the other, none is blocked nor half done."""

from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from aap import clock
from aap.applications.services import withdrawal
from aap.applications.states import State
from aap.decisions.models import Decision, Outcome, Release, Resolution
from aap.decisions.services import (
    check_release,
    declare_inadmissible,
    generate_letters,
    install_model_letters,
    prepare_release,
    record_delegation,
    regenerate_letters,
    release,
)
from aap.decisions.services.batch import lock_resolution
from aap.errors import DomainError
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.people import OfficerFactory
from tests.together import SECONDS, together
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8


def declare(call, by):
    application = make_application(state=State.EXAMINING, call=call)
    return declare_inadmissible(application, outcome=Outcome.INADMISSIBLE, reason="Sans budget.", article="article 4", by=by)


def checked_batch(call, delegation, by):
    """A batch of two letters, ready to be released."""
    declare(call, by), declare(call, by)
    batch = prepare_release(delegation, by=by)
    run_jobs()
    return check_release(batch, by=by)


@pytest.fixture
def delegation():
    call = CallFactory()
    install_model_letters(call)
    return record_delegation(call, number="DEL-12", adopted_on=clock.today(), by=OfficerFactory())


def alone(act):
    """What `act` gives on this thread's own connection, in a list: its result, or the exception it raised."""
    try:
        return [act()]
    except Exception as error:
        return [error]
    finally:
        connection.close()


def again(row):
    """The same row read afresh, as another request would."""
    return type(row).objects.get(pk=row.pk)


def test_publishing_and_preparing_at_once_never_fail(delegation):
    call, by = delegation.call, delegation.recorded_by
    for _ in range(ROUNDS):
        batch = checked_batch(call, delegation, by)
        late = declare(call, by)
        results = together(lambda batch=batch: release(again(batch), by=by), lambda: prepare_release(again(delegation), by=by))
        batch.refresh_from_db()
        late.refresh_from_db()
        # Either the late decision joined the batch, which is then to be checked again, or it opened a batch of its own.
        if late.release_id == batch.pk:
            assert (type(results[0]), batch.state) == (DomainError, Release.State.PREPARING)
        else:
            assert ([type(each) for each in results], batch.state) == ([Release, Release], Release.State.RELEASED)
        for left in Release.objects.exclude(state=Release.State.RELEASED):
            run_jobs()
            check_release(left, by=by)
            release(left, by=by)


def test_preparing_waits_for_a_publication_under_way_then_opens_another_batch(delegation):
    call, by = delegation.call, delegation.recorded_by
    batch = checked_batch(call, delegation, by)
    late = declare(call, by)
    found = []
    other = Thread(target=lambda: found.extend(alone(lambda: prepare_release(again(delegation), by=by))))
    with transaction.atomic():
        release(batch, by=by)
        other.start()
        sleep(0.5)
        assert found == []
    other.join(timeout=SECONDS)
    late.refresh_from_db()
    assert ([type(each) for each in found], late.release_id == batch.pk) == ([Release], False)


def test_commit_of_a_batch_written_twice_waits_for_no_lock_on_its_resolution(delegation):
    """PostgreSQL then checks its foreign keys again: this is how a worker and a publication once blocked each other."""
    batch = checked_batch(delegation.call, delegation, delegation.recorded_by)

    @transaction.atomic
    def write_twice():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
        row = again(batch)
        for error in ("un", "deux"):
            row.error = error
            row.save(update_fields=["error"])
        return row.error

    found = []
    other = Thread(target=lambda: found.extend(alone(write_twice)))
    with transaction.atomic():
        lock_resolution(delegation)
        other.start()
        other.join(timeout=SECONDS)
    assert found == ["deux"]


def test_every_act_on_a_batch_at_once_ends(delegation):
    call, by = delegation.call, delegation.recorded_by
    for _ in range(ROUNDS):
        batch = checked_batch(call, delegation, by)
        declare(call, by)
        gone = batch.decisions.order_by("-pk").first().application
        member = gone.organisation.memberships.first().user
        results = together(
            lambda batch=batch: release(again(batch), by=by),
            lambda: prepare_release(again(delegation), by=by),
            lambda batch=batch: regenerate_letters(again(batch), by=by),
            lambda batch=batch: check_release(again(batch), by=by),
            lambda batch=batch: generate_letters(again(batch)),
            lambda gone=gone, member=member: withdrawal.withdraw(gone, by=member),
        )
        assert [each for each in results if isinstance(each, Exception) and not isinstance(each, DomainError)] == []
        for left in Release.objects.exclude(state=Release.State.RELEASED):
            run_jobs()
            check_release(left, by=by)
            release(left, by=by)
    readable = Decision.objects.filter(release__state=Release.State.RELEASED)
    assert readable.filter(letter__isnull=True).count() == 0
    assert Resolution.objects.count() == 1
