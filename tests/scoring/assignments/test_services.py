"""Who reviews what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.applications.states import State
from aap.errors import DomainError
from scoring.assignments import services
from scoring.assignments.models import Assignment
from scoring.panels import services as panels
from tests.factories.applications import make_application
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.scoring import INTEREST, admissible, entrust, fill, make_juror, make_panel, reviewed

pytestmark = pytest.mark.django_db
MESSAGE_OF_RECUSAL = "est en déport : choisissez un autre membre du jury."


def active():
    return set(Assignment.objects.filter(removed_at__isnull=True).values_list("juror", "application"))


@pytest.mark.parametrize(("actor", "allowed"), [(OfficerFactory, True), (AdministratorFactory, True), (UserFactory, False)])
def test_assign_is_the_secretariats(jury, actor, allowed):
    by = actor()
    if allowed:
        services.assign(jury.one, jury.first, by=by)
        assert active() == {(jury.one.pk, jury.first.pk)}
    else:
        with pytest.raises(DomainError):
            services.assign(jury.one, jury.first, by=by)


def test_assign_is_not_the_jurys_nor_the_chairs(jury):
    for by in (jury.one.user, jury.chair.user):
        with pytest.raises(DomainError):
            services.assign(jury.one, jury.first, by=by)


@pytest.mark.parametrize("state", [state for state in State if state not in (State.ADMISSIBLE, State.DRAFT)])
def test_assign_wants_an_admissible_application(jury, state):
    with pytest.raises(DomainError):
        services.assign(jury.one, make_application(call=jury.panel.call, state=state), by=jury.officer)


def test_assign_twice_is_once_and_numbers_the_reading_order(jury):
    first = services.assign(jury.one, jury.first, by=jury.officer)
    assert services.assign(jury.one, jury.first, by=jury.officer) == first
    assert (first.position, services.assign(jury.one, jury.second, by=jury.officer).position) == (1, 2)


def test_assign_never_to_a_recused_juror_and_says_nothing_of_the_content(jury):
    panels.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Salarié de l’association")
    with pytest.raises(DomainError) as refusal:
        services.assign(jury.one, jury.first, by=jury.officer)
    assert refusal.value.message == f"{jury.one} {MESSAGE_OF_RECUSAL}"


def test_assign_refuses_an_application_of_another_call(jury):
    with pytest.raises(DomainError):
        services.assign(jury.one, admissible(make_panel()), by=jury.officer)


def test_recused_officer_neither_assigns_nor_takes_back(jury):
    assignment = entrust(jury.one, jury.first)
    panels.recuse(jury.first, jury.officer, by=jury.officer, ground="Bénévole")
    with pytest.raises(DomainError, match="pas agir"):
        services.assign(jury.two, jury.first, by=jury.officer)
    with pytest.raises(DomainError, match="pas agir"):
        services.unassign(assignment, by=jury.officer)


def test_unassign_keeps_the_row_and_refuses_a_submitted_review(jury):
    draft = entrust(jury.one, jury.first)
    fill(draft, [3] * 6)
    services.unassign(draft, by=jury.officer)
    assert active() == set()
    review = reviewed(jury.two, jury.first, 3)
    with pytest.raises(DomainError, match="déjà remis"):
        services.unassign(review.assignment, by=jury.officer)


def test_set_assignments_makes_exactly_these(jury):
    services.assign(jury.one, jury.first, by=jury.officer)
    services.set_assignments(jury.first, [jury.two, jury.chair], by=jury.officer)
    assert active() == {(jury.two.pk, jury.first.pk), (jury.chair.pk, jury.first.pk)}


def test_matrix_applies_the_difference_so_that_two_tabs_do_not_undo_each_other(jury, as_user):
    page = reverse("scoring:assignments", args=[jury.panel.call.slug])
    client = as_user(jury.officer)
    services.assign(jury.one, jury.first, by=jury.officer)
    seen = client.get(page).context["seen"]
    services.assign(jury.two, jury.second, by=jury.officer)
    client.post(page, {"seen": seen, "pair": [f"{jury.first.public_id.hex}:{jury.two.public_id.hex}"]})
    assert active() == {(jury.two.pk, jury.second.pk), (jury.two.pk, jury.first.pk)}


def test_matrix_refuses_forged_pairs(jury, as_user):
    page = reverse("scoring:assignments", args=[jury.panel.call.slug])
    foreign = make_juror(make_panel())
    for pair in (f"{jury.first.public_id.hex}:{foreign.public_id.hex}", "n’importe quoi"):
        assert as_user(jury.officer).post(page, {"seen": "", "pair": [pair]}).status_code == 422
    assert active() == set()


def test_matrix_refuses_a_recused_pair_and_keeps_the_boxes(jury, as_user):
    panels.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Salarié")
    page = reverse("scoring:assignments", args=[jury.panel.call.slug])
    pairs = [f"{jury.first.public_id.hex}:{jury.one.public_id.hex}", f"{jury.second.public_id.hex}:{jury.two.public_id.hex}"]
    response = as_user(jury.officer).post(page, {"seen": "", "pair": pairs})
    assert response.status_code == 422
    assert MESSAGE_OF_RECUSAL in response.content.decode()
    assert response.content.decode().count("checked") == 1
    assert active() == set()


def test_matrix_queries_do_not_grow(jury, as_user, django_assert_num_queries):
    page = reverse("scoring:assignments", args=[jury.panel.call.slug])
    client = as_user(jury.officer)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _time in range(3):
        entrust(jury.one, admissible(jury.panel))
    with django_assert_num_queries(len(few)):
        client.get(page)
