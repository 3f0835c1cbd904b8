"""Everyone who holds a role signs in with two factors, or goes nowhere."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import flows
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse

from aap.people.middleware import SET_UP, SIGN_IN_AGAIN
from aap.people.models import Role
from tests.aap.people.conftest import PASSWORD, activate_application, current_code

pytestmark = pytest.mark.django_db


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", ["/", "/admin/", "/espace/", "/compte/", "/nulle-part/"])
def test_role_without_a_second_factor_is_led_to_set_one_up(client, person, role, path):
    client.force_login(person(role))
    response = client.get(path)
    assert response.url == reverse("mfa_activate_totp")
    assert said(response) == [SET_UP]


@pytest.mark.parametrize("prefix", ["/static", "/medias"])
@pytest.mark.parametrize("path", ["/instruction/", "/admin/", "/espace/"])
def test_a_forged_script_name_opens_nothing(client, person, prefix, path):
    # A front server may pass SCRIPT_NAME on: `request.path` would then begin with an open prefix.
    client.force_login(person(Role.OFFICER))
    response = client.get(path, SCRIPT_NAME=prefix)
    assert response.wsgi_request.path == prefix + path
    assert response.status_code == 302
    assert said(response) == [SET_UP]


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "account_change_password"])
def test_pages_that_set_it_up_stay_open(client, person, name):
    client.post(reverse("account_login"), {"login": person(Role.OFFICER).email, "password": PASSWORD})
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("path", ["/sante/", "/medias/absente.png"])
def test_health_and_files_stay_open(client, person, path):
    client.force_login(person(Role.OFFICER))
    assert client.get(path).status_code in {200, 404}


@pytest.mark.parametrize("name", ["start", "mfa_add_webauthn", "mfa_activate_totp", "account_email", "account_change_password"])
def test_session_that_skipped_the_second_factor_is_closed(client, person, name):
    """Even on the pages of the account: a stolen password must not add a factor beside the real one."""
    user = person(Role.OFFICER)
    activate_application(user)
    client.force_login(user)
    response = client.get(reverse(name))
    assert response.url == reverse("account_login")
    assert said(response) == [SIGN_IN_AGAIN]
    assert "_auth_user_id" not in client.session


def test_recovery_codes_alone_are_not_a_second_factor(client, person):
    user = person(Role.OFFICER)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
    client.force_login(user)
    assert client.get("/espace/").url == reverse("mfa_activate_totp")


def test_applicant_needs_no_second_factor(client, person):
    client.force_login(person())
    assert client.get(reverse("account")).status_code == 200


def test_applicant_who_receives_a_role_meets_the_rule_at_once(client, person):
    from aap.people.services import grant_role

    user = person()
    client.force_login(user)
    grant_role(user, Role.OFFICER, by=None)
    assert client.get(reverse("account")).url == reverse("mfa_activate_totp")


def test_setting_may_switch_the_rule_off(client, person, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(person(Role.OFFICER))
    assert client.get("/admin/").status_code == 200


def test_activation_opens_the_session_at_once(client, person, monkeypatch):
    # A test never commits: what allauth does after the commit is done on the spot, still within the request.
    monkeypatch.setattr(flows, "transaction", SimpleNamespace(on_commit=lambda call: call()))
    user = person(Role.OFFICER)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    done = client.post(reverse("mfa_activate_totp"), {"code": current_code(page.context["form"].secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert client.get("/admin/").status_code == 200
    assert "Application de codes mise en place" in [message.subject for message in mail.outbox]


def test_recovery_code_replaces_the_application(client, person, sign_in):
    user = person(Role.OFFICER)
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_generate_recovery_codes"))
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("start")


def test_last_factor_of_a_role_cannot_be_removed(client, person, sign_in):
    user = person(Role.OFFICER)
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1


def test_applicant_may_remove_the_last_factor(client, person, sign_in):
    user = person()
    activate_application(user)
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert Authenticator.objects.filter(user=user).count() == 0
