"""One file at a time for each person, with two connections to the same database."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from aap.errors import DomainError
from aap.files import turns

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere() -> Iterator[psycopg.Connection]:
    """What another process of the site would hold."""
    parameters = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    with psycopg.connect(**{name: parameters[name] for name in names if name in parameters}) as other:
        yield other


def test_turn_is_refused_politely_while_another_file_of_the_person_is_read(elsewhere, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.2)
    elsewhere.execute("SELECT pg_advisory_xact_lock(%s, %s)", [turns.NAMESPACE, 7])
    with pytest.raises(DomainError) as refusal, turns.turn_of(7):
        pytest.fail("the turn was taken")
    assert refusal.value.message == turns.BUSY


def test_turn_of_another_person_is_free(elsewhere):
    elsewhere.execute("SELECT pg_advisory_xact_lock(%s, %s)", [turns.NAMESPACE, 7])
    with turns.turn_of(8):
        pass


def test_turn_is_held_while_the_file_is_read(elsewhere):
    with turns.turn_of(7):
        held = elsewhere.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [turns.NAMESPACE, 7]).fetchone()
    assert held == (False,)
