"""Where each person goes after signing in."""

import pytest
from django.urls import reverse

from aap.people.models import Role
from aap.people.selectors import spaces_of
from tests.factories.people import UserFactory

DESK, JURY, SITE, PORTAL = "Instruction", "Jury", "Administration du site", "Mes dossiers"
SPACES = [
    ([], [PORTAL]),
    ([Role.OFFICER], [DESK, SITE, PORTAL]),
    ([Role.JUROR], [JURY, PORTAL]),
    ([Role.CHAIR], [JURY, PORTAL]),
    ([Role.CONTRIBUTOR], [SITE, PORTAL]),
    ([Role.PUBLISHER], [SITE, PORTAL]),
    ([Role.ADMINISTRATOR], [SITE, DESK, PORTAL]),
    ([Role.OFFICER, Role.ADMINISTRATOR], [DESK, SITE, PORTAL]),
    ([Role.OFFICER, Role.CHAIR], [DESK, JURY, SITE, PORTAL]),
]
START = [
    ([], "portal:home"),
    ([Role.OFFICER], "desk:home"),
    ([Role.JUROR], "scoring:home"),
    ([Role.CHAIR], "scoring:home"),
    ([Role.CONTRIBUTOR], "wagtailadmin_home"),
    ([Role.PUBLISHER], "wagtailadmin_home"),
    ([Role.ADMINISTRATOR], "wagtailadmin_home"),
]


@pytest.mark.parametrize(("roles", "labels"), SPACES)
def test_spaces_follow_the_roles(roles, labels):
    assert [label for label, _name in spaces_of(UserFactory.build(roles=roles))] == labels


def test_closed_account_keeps_no_space_of_a_role():
    assert [label for label, _ in spaces_of(UserFactory.build(roles=[Role.OFFICER], is_active=False))] == [PORTAL]


@pytest.mark.django_db
@pytest.mark.parametrize(("roles", "name"), START)
def test_start_leads_to_the_main_space(client, sign_in, roles, name):
    sign_in(client, UserFactory(roles=roles))
    assert client.get(reverse("start")).url == reverse(name)


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [[], [Role.OFFICER]])
def test_start_reads_the_session_and_the_person_only(client, sign_in, django_assert_num_queries, roles):
    sign_in(client, UserFactory(roles=roles))
    with django_assert_num_queries(2):
        client.get(reverse("start"))


@pytest.mark.django_db
def test_start_sends_an_anonymous_visitor_to_sign_in(client):
    assert client.get(reverse("start")).url == f"{reverse('account_login')}?next={reverse('start')}"
