"""Sign in, forget one's password, and what a password alone never opens (trap 2)."""

import re
from urllib.parse import unquote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from aap.people.models import Role
from aap.people.services import open_account, set_active
from tests.aap.people.conftest import PASSWORD, activate_application, current_code

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = PASSWORD, email: str = "nadia@exemple.fr"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_applicant_signs_in_with_a_password(client, person):
    person()
    assert sign_in(client).url == reverse("start")


def test_wrong_password_says_nothing_of_the_account(client, person):
    person()
    known = sign_in(client, "autre mot de passe").context["form"].errors
    unknown = sign_in(client, "autre mot de passe", "inconnue@exemple.fr").context["form"].errors
    sentence = "L’adresse électronique ou le mot de passe ne correspond pas. Vérifiez les deux, ou choisissez « Mot de passe oublié ? »."
    assert known == unknown == {"__all__": [sentence]}


def test_sixth_wrong_password_is_not_even_tried(client, person):
    person()
    for _ in range(5):
        sign_in(client, "autre mot de passe")
    assert sign_in(client).context["form"].errors == {
        "__all__": ["Trop d’essais en peu de temps. Attendez cinq minutes, puis réessayez."]
    }


def test_closed_account_cannot_sign_in(client, person):
    user = person()
    set_active(user, False, by=user)
    sign_in(client)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/admin/login/", "/django-admin/login/"])
@pytest.mark.parametrize("second_factor", [False, True])
def test_password_alone_at_the_administrations_opens_nothing(client, person, address, second_factor):
    user = person(Role.ADMINISTRATOR)
    if second_factor:
        activate_application(user)
    response = client.post(address, {"username": user.email, "email": user.email, "password": PASSWORD, "next": "/admin/"})
    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session
    assert [client.get(path).status_code for path in ("/admin/", "/django-admin/")] == [302, 302]


@pytest.mark.parametrize("prefix", ["/admin/", "/django-admin/"])
def test_administrations_send_an_anonymous_visitor_to_our_sign_in(client, db, prefix):
    response = client.get(prefix, follow=True)
    assert unquote(response.redirect_chain[-1][0]) == f"{reverse('account_login')}?next={prefix}"


@pytest.mark.parametrize("prefix", ["/admin/", "/django-admin/", "/admin/login/", "/django-admin/login/"])
def test_administrations_refuse_an_applicant_without_a_loop(client, person, prefix):
    client.force_login(person())
    assert client.get(prefix).status_code == 403


def test_password_then_code_opens_the_administration(client, person):
    secret = activate_application(person(Role.ADMINISTRATOR))
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("mfa_authenticate"), {"code": current_code(secret)}).url == reverse("start")
    assert [client.get(path).status_code for path in ("/admin/", "/django-admin/")] == [200, 200]


def test_code_cannot_be_used_twice(client, person):
    secret = activate_application(person(Role.OFFICER))
    code = current_code(secret)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in(other)
    response = other.post(reverse("mfa_authenticate"), {"code": code})
    assert response.context["form"].errors["code"] == [
        "Ce code n’est pas le bon, ou il a changé entre-temps. Saisissez le code affiché en ce moment par votre application."
    ]


def reset_link() -> str:
    return re.search(r"https?://[^/]+(/compte/mot-de-passe/nouveau/\S+)", mail.outbox[-1].body)[1]


def test_forgotten_password_is_replaced_by_the_link(client, person):
    person()
    client.post(reverse("account_reset_password"), {"email": "nadia@exemple.fr"})
    link = reset_link()
    page = client.get(link, follow=True)
    new = "cinq-mots-vraiment-sans-lien"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert sign_in(client, new).url == reverse("start")
    assert client.get(link).context["token_fail"] is True


def test_reset_does_not_open_a_session_nor_skip_the_second_factor(client, person):
    activate_application(person(Role.OFFICER))
    client.post(reverse("account_reset_password"), {"email": "nadia@exemple.fr"})
    page = client.get(reset_link(), follow=True)
    new = "cinq-mots-vraiment-sans-lien"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session
    assert sign_in(client, new).url == reverse("mfa_authenticate")


def test_account_opened_without_a_password_gets_one_by_the_link(client):
    open_account("jules@exemple.fr", first_name="Jules", last_name="Roux")
    client.post(reverse("account_reset_password"), {"email": "jules@exemple.fr"})
    page = client.get(reset_link(), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, PASSWORD, "jules@exemple.fr").url == reverse("start")


def test_reset_link_uses_the_address_of_the_site_not_of_the_request(person, settings):
    settings.SITE_URL = "https://appels.example"
    person()
    Client(headers={"host": "127.0.0.1"}).post(reverse("account_reset_password"), {"email": "nadia@exemple.fr"})
    assert "https://appels.example/compte/mot-de-passe/nouveau/" in mail.outbox[-1].body


def test_reset_for_an_unknown_address_looks_the_same(client, db):
    response = client.post(reverse("account_reset_password"), {"email": "inconnue@exemple.fr"})
    assert response.url == reverse("account_reset_password_done")
    assert mail.outbox[-1].subject == "Aucun compte avec cette adresse"
