"""Who enters: officers and administrators; nobody sees what they are recused from."""

import pytest

from aap.applications.models import Recusal
from aap.applications.states import State
from aap.examination.models import EligibilityCheck
from aap.people.models import Role
from tests.factories.applications import make_application
from tests.factories.people import UserFactory

PAGES = ["", "appel/", "appel/dossiers.csv", "dossier/{id}/", "dossier/{id}/recevable/", "dossier/{id}/pieces/{id}/"]
ACTS = ["commencer/", "constats/", "recevable/", "suivi/"]


@pytest.fixture
def application(call):
    return make_application(call=call, state=State.SUBMITTED, number="FNE25-0001")


def address(page: str, application) -> str:
    return "/instruction/" + page.format(id=application.public_id)


@pytest.mark.parametrize("role", [None, Role.JUROR, Role.CHAIR, Role.CONTRIBUTOR, Role.PUBLISHER])
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_forbidden_without_the_role(client, sign_in, application, role, page):
    sign_in(client, UserFactory(roles=[role.value] if role else []))
    assert client.get(address(page, application)).status_code == 403


def test_pages_are_forbidden_to_the_applicant_of_the_application(client, sign_in, application):
    sign_in(client, application.created_by)
    assert client.get(address("dossier/{id}/", application)).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_forbidden_without_the_role(client, sign_in, application, act):
    sign_in(client, application.created_by)
    response = client.post(address("dossier/{id}/", application) + act)
    application.refresh_from_db()
    assert (response.status_code, application.state) == (403, State.SUBMITTED)


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_visitors_to_sign_in(client, application, page):
    response = client.get(address(page, application))
    assert (response.status_code, response.url.split("?")[0]) == (302, "/compte/connexion/")


@pytest.mark.parametrize("act", ["commencer/", "constats/", "suivi/"])
def test_acts_refuse_get(desk, application, act):
    assert desk.get(address("dossier/{id}/", application) + act).status_code == 405


def test_a_recused_officer_finds_nothing(desk, application, officer):
    Recusal.objects.create(application=application, user=officer, ground="lien", recorded_by=officer)
    dossier = address("dossier/{id}/", application)
    assert desk.get(dossier).status_code == 404
    assert [desk.post(dossier + act).status_code for act in ACTS] == [404, 404, 404, 404]
    application.refresh_from_db()
    assert (application.state, EligibilityCheck.objects.count()) == (State.SUBMITTED, 0)


def test_a_draft_is_absent_for_officers(desk, call):
    assert desk.get(address("dossier/{id}/", make_application(call=call))).status_code == 404
