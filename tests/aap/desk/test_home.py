"""The officers' home: what waits, call by call."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Receipt, Recusal
from aap.applications.states import State
from aap.desk.selectors.calls import call_cards, next_to_examine
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.people import OfficerFactory

URL = "/instruction/"


def with_receipt(call, days: int, state: State = State.SUBMITTED, **fields):
    """An application that silence refuses in `days` days."""
    application = make_application(call=call, state=state, **fields)
    Receipt.objects.create(
        application=application,
        version=application.versions.get(),
        issued_at=clock.now(),
        implicit_refusal_on=clock.today() + timedelta(days=days),
    )
    return application


def test_cards_count_what_waits(officer, call):
    old = clock.now() - timedelta(days=16)
    make_application(call=call, state=State.SUBMITTED)
    make_application(call=call, state=State.SUBMITTED, submitted_at=old)
    make_application(call=call, state=State.EXAMINING, officer=officer)
    make_application(call=call, state=State.EXAMINING, officer=OfficerFactory())
    make_application(call=call, state=State.AWARDED, submitted_at=old)
    make_application(call=call)
    abandoned = make_application(call=call)
    lifecycle.apply(abandoned, "withdraw", by=abandoned.created_by)
    (card,) = call_cards(officer)
    assert card.states == [(State.SUBMITTED, 2), (State.EXAMINING, 2), (State.AWARDED, 1)]
    assert (card.total, card.drafts, card.to_start, card.mine_to_check, card.stale, card.refusal_soon) == (5, 1, 2, 1, 1, 0)


@pytest.mark.parametrize(
    ("state", "days", "soon"),
    [
        (State.SUBMITTED, 21, 1),
        (State.SUBMITTED, 22, 0),
        (State.SUBMITTED, -1, 1),
        (State.ADMISSIBLE, 21, 1),
        (State.AWARDED, 1, 0),
        (State.INADMISSIBLE, 1, 0),
        (State.WITHDRAWN, 1, 0),
    ],
)
def test_cards_count_the_refusals_of_the_next_three_weeks(officer, call, state, days, soon):
    with_receipt(call, days, state)
    assert call_cards(officer)[0].refusal_soon == soon


def test_cards_warn_when_the_committee_comes_after_silence(officer, call, desk):
    call.committee_on = clock.today() + timedelta(days=60)
    call.save()
    with_receipt(call, 60)
    assert call_cards(officer)[0].refused_before_committee == 0
    with_receipt(call, 59)
    with_receipt(call, 40, State.ADMISSIBLE)
    with_receipt(call, 10, State.REFUSED)
    (card,) = call_cards(officer)
    assert (card.refused_before_committee, card.first_refusal_on) == (2, clock.today() + timedelta(days=40))
    assert "La Commission permanente vient trop tard pour 2 dossiers" in desk.get(URL).content.decode()


def test_home_tells_a_silence_to_come_from_one_already_passed(officer, call, desk):
    call.committee_on = clock.today() + timedelta(days=60)
    call.save()
    with_receipt(call, 1)
    coming, passed = "Sans décision, le silence vaut rejet dès le", "Pour le premier, le silence vaut rejet depuis le"
    page = desk.get(URL).content.decode()
    assert (coming in page, passed in page) == (True, False)
    with_receipt(call, 0)
    page = desk.get(URL).content.decode()
    assert (coming in page, passed in page) == (False, True)


def test_cards_are_without_what_one_is_recused_from(officer, call):
    for state in (State.SUBMITTED, State.EXAMINING):
        hidden = with_receipt(call, 5, state, officer=officer)
        Recusal.objects.create(application=hidden, user=officer, ground="lien", recorded_by=officer)
    draft = make_application(call=call)
    Recusal.objects.create(application=draft, user=officer, ground="lien", recorded_by=officer)
    (card,) = call_cards(officer)
    assert (card.total, card.drafts, card.to_start, card.mine_to_check, card.refusal_soon) == (0, 0, 0, 0, 0)
    assert next_to_examine(officer) is None


def test_calls_with_work_come_first(officer):
    quiet = CallFactory(closes_at=clock.now() + timedelta(days=30))
    busy = CallFactory(closes_at=clock.now() + timedelta(days=20))
    make_application(call=busy, state=State.SUBMITTED)
    assert [card.call for card in call_cards(officer)] == [busy, quiet]


def test_next_to_examine_finishes_what_is_begun_then_takes_the_oldest(officer, call):
    make_application(call=call, state=State.SUBMITTED)
    oldest = make_application(call=call, state=State.SUBMITTED, submitted_at=clock.now() - timedelta(days=3))
    make_application(call=call, state=State.SUBMITTED, submitted_at=clock.now() - timedelta(days=4), officer=OfficerFactory())
    assert next_to_examine(officer) == oldest.public_id
    begun = make_application(call=call, state=State.EXAMINING, officer=officer)
    assert next_to_examine(officer) == begun.public_id


def test_home_links_each_figure_to_its_list(desk, call):
    make_application(call=call, state=State.SUBMITTED)
    content = desk.get(URL).content.decode()
    assert re.findall(r'<p class="stat-value">(\d+)</p>\s*<p class="stat-label"><a href="([^"]+)">([^<]+)', content) == [
        ("1", "/instruction/appel/?etat=submitted", "à commencer")
    ]
    assert '<a class="chip" href="/instruction/appel/?etat=submitted">Déposée <span class="count">1</span></a>' in content


def test_home_without_a_call_says_so(desk):
    assert "Aucun appel à projets" in desk.get(URL).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_whatever_the_calls(desk, officer, django_assert_num_queries, count):
    for _ in range(count):
        make_application(call=CallFactory(), state=State.SUBMITTED)
    desk.get(URL)
    with django_assert_num_queries(9):
        desk.get(URL)


def test_home_address():
    assert reverse("desk:home") == URL
