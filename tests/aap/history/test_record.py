"""The record: appended, chained, refused to anyone who would change it."""

import pgtrigger
import pytest
from django.db import ProgrammingError, transaction

from aap.history.models import Event
from aap.history.services import broken_links, record
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_record_chains_each_event_to_the_one_before():
    person = UserFactory()
    first = record("application:a", "submit", by=person, before="draft")
    second = record("application:a", "withdraw", by=person)
    record("application:b", "submit")
    assert [first.sequence, second.sequence] == [1, 2]
    assert second.previous_hash == first.hash
    assert first.previous_hash == ""
    assert broken_links("application:a") == []


def test_events_cannot_be_changed_nor_deleted():
    event = record("application:a", "submit")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(name="autre")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()
    assert Event.objects.get(pk=event.pk).name == "submit"


def test_broken_links_names_the_forged_event():
    for _ in range(3):
        record("application:a", "save")
    with pgtrigger.ignore("aap.Event:event_append_only"):
        Event.objects.filter(chain="application:a", sequence=2).update(name="forgé")
    assert broken_links("application:a") == [2]


def test_broken_links_sees_a_missing_event():
    for _ in range(3):
        record("application:a", "save")
    with pgtrigger.ignore("aap.Event:event_append_only"):
        Event.objects.filter(chain="application:a", sequence=2).delete()
    assert broken_links("application:a") == [3]
