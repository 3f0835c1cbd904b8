"""Officers compose calls and questionnaires in the administration."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.blocks.base import get_error_json_data

from aap.calls.models import Call
from aap.history.models import Event
from aap.people.models import Role
from aap.people.services import grant_role
from aap.questionnaires.models import QuestionnaireVersion
from aap.questionnaires.permissions import OFFICER_PERMISSIONS, grant_officer_permissions
from tests.aap.questionnaires.test_services import BASE, compose
from tests.factories.calls import CallFactory, ThemeFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, sign_in):
    grant_officer_permissions()
    user = grant_role(UserFactory(), Role.OFFICER, by=None)
    sign_in(client, user)
    return user


def stream(*questions):
    """The composing screen's data for one section with these questions."""
    data = {
        "sections-count": "1", "sections-0-type": "section", "sections-0-order": "0", "sections-0-deleted": "",
        "sections-0-value-key": "rubrique", "sections-0-value-title": "Rubrique", "sections-0-value-intro": "",
        "sections-0-value-questions-count": str(len(questions)),
    }  # fmt: skip
    for number, (key, kind, label) in enumerate(questions):
        prefix = f"sections-0-value-questions-{number}"
        data |= {
            f"{prefix}-order": str(number), f"{prefix}-deleted": "", f"{prefix}-value-key": key, f"{prefix}-value-type": kind,
            f"{prefix}-value-label": label, f"{prefix}-value-required": "on", f"{prefix}-value-choices-count": "0",
        }  # fmt: skip
    return data


def told(response):
    """Everything the form says: its own errors, and those inside the blocks."""
    form = response.context["form"]
    inside = [str(get_error_json_data(error)) for error in form.errors.as_data().get("sections", [])]
    return " ".join([*form.non_field_errors(), *inside])


def test_permissions_of_officers_are_given_once():
    assert grant_officer_permissions() == len(OFFICER_PERMISSIONS)
    assert grant_officer_permissions() == len(OFFICER_PERMISSIONS)
    held = Group.objects.get(name="Instruction").permissions
    assert held.filter(codename__in=OFFICER_PERMISSIONS).count() == len(OFFICER_PERMISSIONS)
    assert held.filter(codename__startswith="delete").count() == 0


def test_composing_keeps_the_questions(client, officer):
    questionnaire = compose(BASE)
    url = reverse("questionnaires:edit", args=[questionnaire.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, stream(("titre", "title", "Intitulé"), ("somme", "budget", "Budget")))
    assert response.status_code == 302
    questionnaire.refresh_from_db()
    assert [question["key"] for question in questionnaire.sections[0].value["questions"]] == ["titre", "somme"]


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ((("aa", "title", "Un"), ("aa", "budget", "Deux")), "La clé de question « aa » est employée 2 fois"),
        ((("aa", "title", "Un"), ("bb", "title", "Deux")), "Une seule question de ce type est possible"),
        ((("aa", "choice", "Choix"),), "« Choix » : proposez au moins deux choix."),
        ((("aa", "attestation", "J’atteste"),), "écrivez le texte de l’attestation"),
        ((("A majuscule", "title", "Un"),), "Une clé s’écrit en minuscules sans accent"),
    ],
)
def test_composing_refuses_what_is_unsound(client, officer, questions, message):
    questionnaire = compose(BASE)
    response = client.post(reverse("questionnaires:edit", args=[questionnaire.pk]), stream(*questions))
    assert response.status_code == 200
    assert message in told(response)
    questionnaire.refresh_from_db()
    assert len(questionnaire.sections) == len(BASE.sections)


def test_publishing_from_the_screen(client, officer):
    questionnaire = compose(BASE)
    url = reverse("questionnaires:publish", args=[questionnaire.pk])
    assert "question ajoutée : « Intitulé du projet »" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    version = QuestionnaireVersion.objects.get(questionnaire=questionnaire)
    assert (version.number, version.published_by) == (1, officer)
    assert "Rien n’a changé depuis la dernière version publiée." in client.get(url).content.decode()
    client.post(url)
    assert QuestionnaireVersion.objects.count() == 1


def test_call_of_a_questionnaire_cannot_be_changed(client, officer):
    questionnaire, other = compose(BASE), CallFactory()
    data = {**stream(("titre", "title", "Intitulé")), "call": other.pk}
    assert client.post(reverse("questionnaires:edit", args=[questionnaire.pk]), data).status_code == 302
    call = questionnaire.call
    questionnaire.refresh_from_db()
    assert questionnaire.call == call


def call_data(call, **changes):
    fields = (
        "title", "year", "prefix", "slug", "envelope", "floor", "ceiling", "max_rate", "pass_mark", "authority", "service_name",
        "service_address", "service_email", "service_phone", "silence_notice", "remedies_notice", "attestation_text",
        "signatory_role", "signatory_name", "signature_place", "implicit_refusal_months",
    )  # fmt: skip
    data = {name: getattr(call, name) for name in fields}
    data |= {"opens_at": "2025-04-01 09:00", "closes_at": "2025-05-16 12:00", "committee_on": "2025-07-11"}
    for name in ("themes", "document_requirements", "eligibility_rules"):
        data |= {
            f"{name}-TOTAL_FORMS": "0",
            f"{name}-INITIAL_FORMS": "0",
            f"{name}-MIN_NUM_FORMS": "0",
            f"{name}-MAX_NUM_FORMS": "1000",
        }
    return data | changes


def test_call_is_edited_with_its_axes_in_their_order(client, officer):
    call = CallFactory(slug="essai")
    theme = ThemeFactory(call=call, key="un", title="Un")
    url = reverse("calls:edit", args=[call.pk])
    assert client.get(url).status_code == 200
    rows = {
        "themes-TOTAL_FORMS": "2", "themes-INITIAL_FORMS": "1",
        "themes-0-id": theme.pk, "themes-0-key": "un", "themes-0-title": "Un", "themes-0-ORDER": "2",
        "themes-1-id": "", "themes-1-key": "deux", "themes-1-title": "Deux", "themes-1-ORDER": "1",
    }  # fmt: skip
    response = client.post(url, call_data(call, title="Nouveau titre", slug="autre", **rows))
    assert response.status_code == 302
    call = Call.objects.get(pk=call.pk)
    assert (call.title, call.slug) == ("Nouveau titre", "essai")
    assert [each.key for each in call.themes.all()] == ["deux", "un"]
    event = Event.objects.get(chain="call:essai", name="call_changed")
    assert event.actor == officer
    assert {"title", "themes"} <= set(event.data["fields"])
    assert "Nouveau titre" not in str(event.data)


def test_call_with_crossed_dates_is_refused(client, officer):
    call = CallFactory()
    response = client.post(reverse("calls:edit", args=[call.pk]), call_data(call, closes_at="2025-01-01 12:00"))
    assert response.status_code == 200
    assert "La clôture doit venir après l’ouverture." in response.content.decode()


def test_nobody_deletes_a_call(client, officer):
    call = CallFactory()
    assert client.post(reverse("calls:delete", args=[call.pk])).status_code == 302
    assert Call.objects.filter(pk=call.pk).exists()


@pytest.mark.parametrize("role", [Role.JUROR, Role.CONTRIBUTOR, Role.PUBLISHER])
def test_other_roles_stay_outside(client, sign_in, role):
    grant_officer_permissions()
    sign_in(client, grant_role(UserFactory(), role, by=None))
    questionnaire = compose(BASE)
    for url in (
        reverse("calls:index"),
        reverse("questionnaires:index"),
        reverse("questionnaires:publish", args=[questionnaire.pk]),
    ):
        assert client.get(url).status_code in {302, 403}
    client.post(reverse("questionnaires:publish", args=[questionnaire.pk]))
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("calls:index", 14), ("questionnaires:index", 16)])
def test_lists_cost_the_same_at_one_and_three(client, officer, django_assert_num_queries, count, name, queries):
    for _ in range(count):
        compose(BASE)
    client.get(reverse(name))
    with django_assert_num_queries(queries):
        client.get(reverse(name))
