"""The secretariat's pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.panels.models import Juror, Panel
from tests.factories.calls import CallFactory
from tests.factories.people import OfficerFactory, UserFactory
from tests.factories.scoring import entrust, make_panel, reviewed

pytestmark = pytest.mark.django_db


def test_secretariat_opens_a_panel_then_its_members(as_user):
    call, client = CallFactory(), as_user(OfficerFactory())
    page = reverse("scoring:secretariat_call", args=[call.slug])
    assert "Constituer le jury" in client.get(page).content.decode()
    client.post(reverse("scoring:open_panel", args=[call.slug]))
    members = reverse("scoring:members", args=[call.slug])
    client.post(
        members,
        {"email": "claire@exemple.fr", "first_name": "Claire", "last_name": "Vidal", "quality": "elected", "voting": "on"},
    )
    juror = Juror.objects.get(panel=Panel.objects.get(call=call))
    assert (str(juror.user), juror.quality, juror.voting, juror.is_chair) == ("Claire Vidal", "elected", True, False)
    removal = reverse("scoring:remove_member", args=[call.slug, juror.public_id])
    assert "Retirer Claire Vidal du jury\u00a0?" in client.get(removal).content.decode()
    assert Juror.objects.exists()
    client.post(removal)
    assert not Juror.objects.exists()


def test_member_refusal_is_shown_at_the_address_and_keeps_what_was_typed(jury, as_user):
    response = as_user(jury.officer).post(
        reverse("scoring:members", args=[jury.panel.call.slug]),
        {"email": jury.one.user.email, "quality": "user", "body": "Usagers de Sault"},
    )
    assert response.status_code == 422
    assert response.context["form"].errors == {"email": [f"{jury.one.user} est déjà membre de ce jury."]}
    assert "Usagers de Sault" in response.content.decode()


def test_overview_counts_declarations_and_reviews_never_scores(jury, as_user):
    reviewed(jury.one, jury.first, 4)
    entrust(jury.two, jury.first)
    progress = as_user(jury.officer).get(reverse("scoring:secretariat_call", args=[jury.panel.call.slug])).context["progress"]
    assert (progress.applications, progress.covered, progress.submitted, progress.assigned) == (2, 1, 1, 2)
    assert {line.juror: (line.declared, line.submitted, line.assigned) for line in progress.jurors} == {
        jury.chair: (0, 0, 0), jury.one: (1, 1, 1), jury.two: (1, 0, 1),
    }  # fmt: skip


def test_settings_change_what_ranks_an_application(jury, as_user):
    as_user(jury.officer).post(
        reverse("scoring:settings", args=[jury.panel.call.slug]),
        {"reviews_per_application": "3", "reviews_due_on": "2026-12-11"},
    )
    jury.panel.refresh_from_db()
    assert (jury.panel.reviews_per_application, str(jury.panel.reviews_due_on)) == (3, "2026-12-11")


@pytest.mark.parametrize("name", ["secretariat", "open_panel"])
def test_secretariat_is_refused_to_others(jury, as_user, name):
    url = (
        reverse("scoring:secretariat") if name == "secretariat" else reverse("scoring:open_panel", args=[jury.panel.call.slug])
    )
    for user in (jury.one.user, jury.chair.user, UserFactory()):
        client = as_user(user)
        assert (client.get(url) if name == "secretariat" else client.post(url)).status_code == 403


def test_secretariat_queries_do_not_grow(as_user):
    client = as_user(OfficerFactory())
    make_panel()
    client.get(reverse("scoring:secretariat"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("scoring:secretariat"))
    for _time in range(2):
        make_panel()
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("scoring:secretariat"))
    assert len(many) == len(few)
