"""One section open in two windows, or by two colleagues: nobody erases anybody."""

import re

import pytest
from django.urls import reverse

from aap.applications import services
from aap.applications.states import State
from tests.factories.deposits import complete_draft
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

BASES = re.compile(r'name="_-bases" value="([^"]*)"')
PROJECT = {
    "titre": "Ateliers au village",
    "axe": "lieux",
    "commune": "84007",
    "description": "Des ateliers.\nChaque semaine.",
    "site": "",
}


@pytest.fixture
def application():
    return complete_draft()


def page_of(client, application, key="projet"):
    """The address of the section, and what its page carries."""
    address = reverse("portal:section", args=[application.public_id, key])
    return address, BASES.search(client.get(address).content.decode())[1]


def answers(application):
    return dict(application.answers.values_list("question_key", "value"))


def colleague_saves(application, key="projet", **changed):
    colleague = UserFactory(first_name="Ada", last_name="Martin")
    MembershipFactory(organisation=application.organisation, user=colleague)
    services.save_section(application, key, changed, by=colleague)
    return colleague


def test_answer_changed_on_both_sides_is_not_overwritten(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le titre d’Ada")
    response = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Mon titre"})
    page = response.content.decode()
    assert (response.status_code, answers(application)["titre"]) == (409, "Le titre d’Ada")
    assert 'value="Mon titre"' in page
    assert ("Enregistré entre-temps par Ada Martin, le" in page, "Le titre d’Ada" in page) == (True, True)
    assert response.context["contested"] == [{"text": "Intitulé du projet", "href": "#div_id_titre"}]
    assert "Vos réponses sont enregistrées" not in page


def test_answer_sent_again_after_the_choice_wins(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le titre d’Ada")
    page = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Mon titre"}).content.decode()
    second = client.post(address, {**PROJECT, "_-bases": BASES.search(page)[1], "titre": "Mon titre"})
    assert (second.status_code, answers(application)["titre"]) == (302, "Mon titre")


def test_other_answer_taken_after_the_choice_stays(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le titre d’Ada")
    page = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Mon titre"}).content.decode()
    data = {**PROJECT, "_-bases": BASES.search(page)[1], "titre": "T" * 900, "_-taken": "titre", "site": "exemple.fr"}
    assert client.post(address, data).status_code == 302
    assert (answers(application)["titre"], answers(application)["site"]) == ("Le titre d’Ada", "exemple.fr")


def test_answers_changed_on_one_side_only_are_both_kept(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le titre d’Ada")
    response = client.post(address, {**PROJECT, "_-bases": bases, "description": "Ma description"})
    found = answers(application)
    assert (response.status_code, found["titre"], found["description"]) == (302, "Le titre d’Ada", "Ma description")


def test_contested_page_shows_what_only_the_other_changed(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le titre d’Ada", description="La sienne")
    page = client.post(address, {**PROJECT, "_-bases": bases, "description": "La mienne"}).content.decode()
    assert ('value="Le titre d’Ada"' in page, "La mienne</textarea>" in page, "<p>La sienne</p>" in page) == (True, True, True)
    assert answers(application)["description"] == "La sienne"


def test_same_answer_from_both_sides_is_no_conflict(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le même")
    assert client.post(address, {**PROJECT, "_-bases": bases, "titre": "Le même"}).status_code == 302


def test_own_other_window_is_named_so(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    client.post(address, {**PROJECT, "_-bases": bases, "titre": "Première fenêtre"})
    response = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Seconde fenêtre"})
    assert (response.status_code, answers(application)["titre"]) == (409, "Première fenêtre")
    assert "Enregistré entre-temps par vous, dans une autre fenêtre, le" in response.content.decode()


def test_wrong_answer_over_a_moved_one_is_contested_too(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre="Le titre d’Ada")
    page = client.post(address, {**PROJECT, "_-bases": bases, "titre": "T" * 900})
    assert (page.status_code, "Le titre d’Ada" in page.content.decode()) == (409, True)
    again = client.post(address, {**PROJECT, "_-bases": BASES.search(page.content.decode())[1], "titre": "Court"})
    assert (again.status_code, answers(application)["titre"]) == (302, "Court")


def test_budget_changed_on_both_sides_is_shown_beside(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application, "budget")
    colleague_saves(application, "budget", budget={"achats": 777, "departement": 600})
    data = {"_-bases": bases, "budget-achats": "888", "budget-departement": "700"}
    page = client.post(address, data).content.decode()
    assert ('value="888"' in page, "777\u00a0€" in page, answers(application)["budget"]["achats"]) == (True, True, 777)


@pytest.mark.parametrize("bases", ["", "x", "titre:1", "titre:99999999999:0", "\x00", "titre:0:" + "0" * 16, "é" * 30_000])
def test_page_that_lost_its_bases_erases_nothing(client, sign_in, application, bases):
    address, _ = page_of(sign_in(client, application.created_by), application)
    response = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Mon titre"})
    assert (response.status_code, answers(application)["titre"]) == (409, "Ateliers au village")


def test_answer_left_empty_by_the_other_is_filled_without_a_question(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    colleague_saves(application, titre=None)
    response = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Mon titre"})
    assert (response.status_code, answers(application)["titre"]) == (302, "Mon titre")


def test_attestation_accepted_on_both_sides_is_no_conflict(client, sign_in, application):
    services.save_section(application, "attestations", {"cer": None}, by=application.created_by)
    address, bases = page_of(sign_in(client, application.created_by), application, "attestations")
    client.post(address, {"_-bases": bases, "cer": "on"})
    assert client.post(address, {"_-bases": bases, "cer": "on"}).status_code == 302


def test_refused_section_is_still_typed_over_what_was_on_the_page(client, sign_in, application):
    address, bases = page_of(sign_in(client, application.created_by), application)
    services.withdraw(application, by=application.created_by)
    response = client.post(address, {**PROJECT, "_-bases": bases, "titre": "Trop tard"})
    assert (response.status_code, BASES.search(response.content.decode())[1]) == (409, bases)
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
