"""« Mon compte », and every page of the account: French, one h1, one primary action, nothing inline."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from aap.people.models import Role
from tests.aap.people.conftest import PASSWORD, activate_application, code_in_last_mail

pytestmark = pytest.mark.django_db
PUBLIC = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive"]
OWN = [
    "account",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
]
PROTECTED = ["mfa_index", "mfa_deactivate_totp", "mfa_reauthenticate", "mfa_generate_recovery_codes"]


def assert_is_ours(response) -> None:
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert response.status_code == 200
    assert len(re.findall(r"<h1", page)) == 1
    assert len(re.findall(r'class="[^"]*\bbtn-primary\b', main)) == 1
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style| style=| on[a-z]+=|javascript:", page) == []
    assert re.findall(r"\b(?:Sign|Email|Password|Please|Submit|Your|the|code has)\b", re.sub(r"<[^>]+>", " ", main)) == []
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_ours(client, name):
    assert_is_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN)
def test_page_of_the_account_is_ours(client, person, name):
    client.post(reverse("account_login"), {"login": person().email, "password": PASSWORD})
    assert_is_ours(client.get(reverse(name)))


@pytest.mark.parametrize("name", PROTECTED)
@pytest.mark.parametrize("roles", [[], [Role.OFFICER]])
def test_page_of_the_second_factor_is_ours(client, person, sign_in, name, roles):
    user = person(*roles)
    if not roles:
        activate_application(user)
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert_is_ours(client.get(reverse(name)))


def test_too_many_demands_is_ours(client):
    for _ in range(20):
        client.post(reverse("account_signup"))
    response = client.post(reverse("account_signup"))
    assert (response.status_code, "Trop de demandes en peu de temps" in response.content.decode()) == (429, True)


def test_profile_is_saved(client, person):
    user = person()
    client.force_login(user)
    client.post(
        reverse("account"), {"first_name": "Nadia", "last_name": "Roux", "phone": "04 90 00 00 00", "job_title": "Trésorière"}
    )
    user.refresh_from_db()
    assert (user.last_name, user.phone, user.job_title) == ("Roux", "04 90 00 00 00", "Trésorière")


def test_profile_cannot_give_roles(client, person):
    user = person()
    client.force_login(user)
    client.post(
        reverse("account"), {"first_name": "N", "last_name": "B", "roles": "administrator", "is_staff": "on", "email": "x@y.fr"}
    )
    user.refresh_from_db()
    assert (user.roles, user.is_staff, user.email) == ([], False, "nadia@exemple.fr")


def test_profile_refused_keeps_the_person_as_she_is(client, person):
    user = person()
    client.force_login(user)
    response = client.post(reverse("account"), {"first_name": "", "last_name": ""})
    assert response.status_code == 422
    assert response.context["form"].errors == {"first_name": ["Saisissez votre prénom."], "last_name": ["Saisissez votre nom."]}
    assert '<p class="account-who">Nadia Benali</p>' in response.content.decode()


def test_new_address_replaces_the_old_one_once_verified(client, person):
    user = person()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "1", "email": "nouvelle@exemple.fr"})
    user.refresh_from_db()
    assert user.email == "nadia@exemple.fr"
    client.post(reverse("account_email_verification_sent"), {"code": code_in_last_mail()})
    user.refresh_from_db()
    assert user.email == "nouvelle@exemple.fr"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [("nouvelle@exemple.fr", True)]
    assert [message.to for message in mail.outbox if message.subject == "Votre adresse électronique a changé"] == [
        ["nadia@exemple.fr"]
    ]


def test_old_session_asks_for_the_password_before_changing_the_address(client, person):
    client.force_login(person())
    response = client.post(reverse("account_email"), {"action_add": "1", "email": "nouvelle@exemple.fr"})
    assert response.url == f"{reverse('account_reauthenticate')}?next=%2Fcompte%2Fadresse%2F"
    assert mail.outbox == []


@pytest.mark.parametrize(
    "path", ["/compte/connexion/code/", "/accounts/login/", "/compte/double-verification/cles/inscription/"]
)
def test_address_of_allauth_that_we_do_not_use_does_not_exist(client, path):
    assert client.get(path).status_code == 404
