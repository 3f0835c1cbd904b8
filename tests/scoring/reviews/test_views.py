"""The juror's pages: own work only, nothing typed is ever lost."""

import re

import pgtrigger
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.applications.models import Application, SupportingDocument
from aap.applications.states import State
from aap.files.storage import opaque_name, private_storage
from scoring.panels import services as panels
from scoring.reviews.models import Review, Score
from scoring.reviews.services import Entry, save_draft
from tests.factories.calls import DocumentRequirementFactory
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
    for assignment, after in ((first, page(second)), (second, HOME)):
        confirmation = client.post(page(assignment), ballot(assignment, submit="1")).url
        assert confirmation == reverse("scoring:hand_in", args=[assignment.public_id])
        assert Review.objects.get(assignment=assignment).state == Review.State.DRAFT
        assert client.post(confirmation, {"edit_version": 1}).url == after
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


def hand_in(assignment):
    return reverse("scoring:hand_in", args=[assignment.public_id])


def test_confirmation_shows_notes_total_and_what_becomes_impossible(jury, as_user):
    assignment = entrust(jury.one, jury.first)
    fill(assignment, [4, 4, 4, 4, 4, 5])
    html = as_user(jury.one.user).get(hand_in(assignment)).content.decode()
    assert re.findall(r"<strong>(\d / 5)</strong>", html) == ["4 / 5"] * 5 + ["5 / 5"]
    assert "<strong>81,00 sur 100</strong>" in html
    assert "Vos notes, vos commentaires et votre appréciation ne changent plus." in html


@pytest.mark.parametrize("version", ["1", "x", "", "99"])
def test_confirmation_of_what_changed_since_is_refused(jury, as_user, version):
    assignment = entrust(jury.one, jury.first)
    review = fill(assignment, [4] * 6)
    save_draft(assignment, by=jury.one.user, entries={KEY: Entry(2, "")}, appreciation="Relu.", edit_version=1)
    response = as_user(jury.one.user).post(hand_in(assignment), {"edit_version": version})
    assert response.status_code == 422
    assert "a changé depuis" in response.context["problem"]
    review.refresh_from_db()
    assert review.state == Review.State.DRAFT


def test_confirmation_of_an_unfinished_or_handed_in_ballot_goes_back_to_it(jury, as_user):
    empty, done = entrust(jury.one, jury.first), reviewed(jury.one, jury.second, 3).assignment
    client = as_user(jury.one.user)
    for assignment in (empty, done):
        assert client.get(hand_in(assignment)).url == page(assignment)
        assert client.post(hand_in(assignment), {"edit_version": 1}).url == page(assignment)


def document(application, *, hidden, name):
    requirement = DocumentRequirementFactory(call=application.call, hidden_from_jury=hidden)
    stored = private_storage().save(opaque_name("pieces", "pdf"), ContentFile(b"%PDF-1.7\n"))
    return SupportingDocument.objects.create(
        application=application, requirement=requirement, file=stored, original_name=name,
        content_type="application/pdf", size=9, sha256="0" * 64, uploaded_by=application.created_by,
    )  # fmt: skip


def deposit(application, *, documents=(), answers=None):
    version = application.versions.get()
    content = {"answers": answers or {}, "documents": [{"id": str(each.public_id)} for each in documents]}
    with pgtrigger.ignore("aap.DepositedVersion:deposited_version_frozen"):
        type(version).objects.filter(pk=version.pk).update(content=content)


@pytest.mark.parametrize("who", ["one", "chair"])
def test_jury_never_sees_a_document_kept_for_the_service(jury, as_user, who):
    juror = getattr(jury, who)
    assignment = entrust(juror, jury.first)
    shown = document(jury.first, hidden=False, name="statuts.pdf")
    bank = document(jury.first, hidden=True, name="releve-bancaire.pdf")
    deposit(jury.first, documents=[shown, bank])
    client = as_user(juror.user)
    html = client.get(page(assignment)).content.decode()
    assert "statuts.pdf" in html
    for trace in ("releve-bancaire.pdf", str(bank.public_id)):
        assert trace not in html
    opened = client.get(reverse("scoring:document", args=[shown.public_id]))
    assert b"".join(opened.streaming_content) == b"%PDF-1.7\n"
    assert client.get(reverse("scoring:document", args=[bank.public_id])).status_code == 404


def test_jury_never_sees_an_answer_kept_for_the_service(jury, as_user):
    version = jury.first.questionnaire_version
    content = version.content
    content["sections"][0]["questions"][3]["hidden_from_jury"] = True
    with pgtrigger.ignore():
        type(version).objects.filter(pk=version.pk).update(content=content)
    deposit(jury.first, answers={"description": "Présidente : Mme Secret", "site": "https://exemple.fr"})
    html = as_user(jury.one.user).get(page(entrust(jury.one, jury.first))).content.decode()
    assert "https://exemple.fr" in html
    for trace in ("Mme Secret", "Décrivez le projet"):
        assert trace not in html
