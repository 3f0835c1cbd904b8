"""Calls as pages list them."""

from datetime import timedelta

import pytest

from aap import clock
from aap.calls.selectors import call_by_slug, open_calls
from tests.factories.calls import CallFactory, DocumentRequirementFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_open_calls_are_those_of_now_the_first_to_close_first():
    now = clock.now()
    late = CallFactory(closes_at=now + timedelta(days=9))
    soon = CallFactory(closes_at=now + timedelta(days=1))
    CallFactory(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=5))
    CallFactory(closes_at=now - timedelta(seconds=1))
    assert list(open_calls()) == [soon, late]


def test_call_by_slug_comes_with_what_its_pages_read(django_assert_num_queries):
    call = CallFactory(slug="essai")
    theme, document = ThemeFactory(call=call), DocumentRequirementFactory(call=call)
    with django_assert_num_queries(3):
        found = call_by_slug("essai")
        assert (found, list(found.themes.all()), list(found.document_requirements.all())) == (call, [theme], [document])
    assert call_by_slug("absent") is None
