"""The juror's pages: own work only, nothing typed is ever lost."""

import re

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.applications.models import Application
from aap.applications.states import State
from scoring.panels import services as panels
from scoring.reviews.models import Review, Score
from scoring.reviews.services import Entry, save_draft
from tests.factories.people import OfficerFactory, UserFactory
from tests.factories.scoring import INTEREST, NONE, admissible, entrust, fill, reviewed

pytestmark = pytest.mark.django_db
HOME = "/jury/"
KEY = "reponse-aux-besoins"


def page(assignment):
    return reverse("scoring:review", args=[assignment.public_id])


def ballot(assignment, version=0, value=3, appreciation="Projet clair.", **more):
    keys = assignment.application.call.grids.get().criteria.values_list("key", flat=True)
    return {f"mark_{key}": value for key in keys} | {"edit_version": version, "appreciation": appreciation} | more


def tokenless(response):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_home_says_how_far_the_juror_is(jury, as_user):
    reviewed(jury.one, jury.first, 3)
    fill(entrust(jury.one, jury.second), [3] * 6)
    html = as_user(jury.one.user).get(HOME).content.decode()
    assert re.findall(r"<strong>(\d+ sur \d+)</strong>", html) == ["1 sur 2"]
    assert re.findall(r'class="tag tag-\w+">([^<]+)', html) == ["Remise", "Brouillon"]


def test_home_hides_assigned_applications_until_interests_are_declared(jury, as_user):
    from scoring.assignments.services import assign

    assign(jury.one, jury.first, by=jury.officer)
    html = as_user(jury.one.user).get(HOME).content.decode()
    assert "2 déclarations d’intérêts" in html
    assert jury.first.title not in html
    assert jury.first.organisation.name not in html


def test_home_sends_officers_to_the_secretariat_and_refuses_applicants(jury, as_user):
    assert as_user(jury.officer).get(HOME).url == reverse("scoring:secretariat")
    assert as_user(UserFactory()).get(HOME).status_code == 403


def test_home_queries_do_not_grow(jury, as_user):
    client = as_user(jury.one.user)
    entrust(jury.one, jury.first)
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for _time in range(3):
        reviewed(jury.one, admissible(jury.panel), 3)
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few)


def test_scoring_saves_then_goes_to_the_next_one(jury, as_user):
    first, second = entrust(jury.one, jury.first), entrust(jury.one, jury.second)
    response = as_user(jury.one.user).post(page(first), ballot(first, next="1"))
    assert response.url == page(second)
    assert Review.objects.get().state == Review.State.DRAFT


def test_scoring_submits_then_goes_to_the_next_one_then_home(jury, as_user):
    first, second = entrust(jury.one, jury.first), entrust(jury.one, jury.second)
    client = as_user(jury.one.user)
    assert client.post(page(first), ballot(first, submit="1")).url == page(second)
    assert client.post(page(second), ballot(second, submit="1")).url == HOME
    assert set(Review.objects.values_list("state", flat=True)) == {Review.State.SUBMITTED}


def test_incomplete_submission_keeps_the_draft_and_names_each_gap(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    response = as_user(jury.one.user).post(
        page(assignment), ballot(assignment, submit="1", **{f"mark_{KEY}": 0, "appreciation": ""})
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {f"comment_{KEY}", "appreciation"}
    assert Review.objects.get().scores.count() == 6
    assert response.context["form"]["edit_version"].value() == 1


def test_two_tabs_nothing_is_lost(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    client = as_user(jury.one.user)
    client.post(page(assignment), ballot(assignment, 0, 4, "Écrit dans le premier onglet"))
    response = client.post(page(assignment), ballot(assignment, 0, 2, "Écrit dans le second onglet"))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Deux saisies pour ce dossier" in html
    assert "Écrit dans le second onglet</textarea>" in html
    assert "Écrit dans le premier onglet" in html
    assert Review.objects.get().appreciation == "Écrit dans le premier onglet"
    client.post(
        page(assignment), ballot(assignment, response.context["form"]["edit_version"].value(), 2, "Écrit dans le second onglet")
    )
    assert Review.objects.get().appreciation == "Écrit dans le second onglet"


def test_autosave_answers_the_new_version_and_refuses_a_stale_one(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    client, url = as_user(jury.one.user), reverse("scoring:autosave", args=[assignment.public_id])
    first = client.post(url, ballot(assignment, 0))
    assert 'name="edit_version" id="id_edit_version" value="1"' in first.content.decode()
    stale = client.post(url, ballot(assignment, 0, 5)).content.decode()
    assert "modifiée ailleurs" in stale
    assert "edit_version" not in stale


def test_mark_out_of_scale_is_refused_at_its_field(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    for value in ("6", "-1", "abc"):
        response = as_user(jury.one.user).post(page(assignment), ballot(assignment, **{f"mark_{KEY}": value}))
        assert response.context["form"].errors == {f"mark_{KEY}": ["La note va de 0 à 5."]}
    assert not Score.objects.exists()


def test_application_withdrawn_in_mid_review_says_so_and_keeps_the_text(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    client = as_user(jury.one.user)
    with pgtrigger.ignore("aap.Application:application_lifecycle"):
        Application.objects.filter(pk=jury.first.pk).update(state=State.WITHDRAWN)
    response = client.post(page(assignment), ballot(assignment, appreciation="Une heure de travail"))
    html = response.content.decode()
    assert response.status_code == 422
    assert "a retiré son dossier" in html
    assert "Une heure de travail" in html
    assert jury.first.title not in html
    assert "Retirée par la structure" in client.get(HOME).content.decode()


def test_forged_or_foreign_assignments_are_404(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    undeclared = jury.two
    for user in (jury.two.user, jury.chair.user, jury.officer, OfficerFactory(), UserFactory()):
        client = as_user(user)
        assert client.get(page(assignment)).status_code == 404
        assert client.post(page(assignment), ballot(assignment)).status_code == 404
        assert client.post(reverse("scoring:autosave", args=[assignment.public_id]), ballot(assignment)).status_code == 404
    from scoring.assignments.services import assign

    mine = assign(undeclared, jury.first, by=jury.officer)
    assert as_user(undeclared.user).get(page(mine)).status_code == 404


def test_pages_of_a_juror_are_the_same_bytes_before_and_after_another_submits(jury, as_user):
    mine, theirs = entrust(jury.one, jury.first), entrust(jury.two, jury.first)
    panels.declare(jury.one, jury.second, by=jury.one.user, answer=NONE)
    save_draft(mine, by=jury.one.user, entries={KEY: Entry(3)})
    client = as_user(jury.one.user)
    pages = [HOME, page(mine), reverse("scoring:interests", args=[jury.panel.call.slug])]
    before = [tokenless(client.get(each)) for each in pages]
    fill(theirs, [4] * 6)
    from scoring.reviews.services import submit

    submit(theirs, by=jury.two.user)
    assert [tokenless(client.get(each)) for each in pages] == before


def test_ranking_of_an_ordinary_juror_is_forbidden_even_when_all_is_submitted(jury, as_user):
    reviewed(jury.one, jury.first, 3)
    client = as_user(jury.one.user)
    slug = jury.panel.call.slug
    assert client.get(reverse("scoring:ranking", args=[slug])).status_code == 403
    assert client.get(reverse("scoring:sitting", args=[slug])).status_code == 403


def test_recused_juror_has_404_and_no_trace(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    fill(assignment, [4] * 6)
    panels.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Trésorier")
    client = as_user(jury.one.user)
    assert client.get(page(assignment)).status_code == 404
    assert client.post(page(assignment), ballot(assignment)).status_code == 404
    for url in (HOME, reverse("scoring:interests", args=[jury.panel.call.slug])):
        html = client.get(url).content.decode()
        assert "Projet-secret-un" not in html
        assert "Zénith" not in html
        assert jury.first.number not in html
