"""What a robot sends to the forms of visitors and of accounts: refused or kept, never a failure of the site."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from tests.aap.people.conftest import PASSWORD, activate_application
from tests.factories.organisations import MembershipFactory, siret

pytestmark = pytest.mark.django_db

JUNK = [
    "", "\x00", "a\x00b", "x", "-1", "9" * 5000, "A" * 20_000, "\u202eabc\u200b\ufeff", "<script>alert(1)</script>", "٣", "²",
    "[]", "null", '{"id": 1}', "[" * 20_000, "%00", "a@" + "b." * 150 + "fr", "javascript:alert(1)", "//ailleurs.example",
    "0001-01-01",
]  # fmt: skip
IDENTITY = {"first_name": "Nadia", "last_name": "Benali"}
STRUCTURE = {
    "name": "Les Clics", "address": "1, place de l’Horloge", "postcode": "84400", "city": "Apt", "email": "", "phone": "",
    "website": "", "rna": "", "short_name": "", "representative_title": "Madame", "representative_name": "Anne Martin",
    "representative_role": "Présidente",
}  # fmt: skip
VISITORS = {
    "account_login": {"login": "nadia@exemple.fr", "password": PASSWORD, "remember": "", "next": ""},
    "account_signup": {**IDENTITY, "email": "autre@exemple.fr", "password1": PASSWORD, "password2": PASSWORD, "next": ""},
    "account_reset_password": {"email": "nadia@exemple.fr"},
    "mfa_login_webauthn": {"credential": "{}"},
}
PEOPLE = {
    "account": {**IDENTITY, "phone": "", "job_title": ""},
    "account_email": {"email": "neuve@exemple.fr", "action_add": ""},
    "account_change_password": {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD},
    "account_reauthenticate": {"password": PASSWORD, "next": ""},
    "mfa_activate_totp": {"code": "000000"},
    "mfa_add_webauthn": {"name": "Clé", "passwordless": "", "credential": "{}"},
    "organisations:create": {**STRUCTURE, "siret": siret(3), "next": ""},
}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Rate limits would answer in the place of the forms."""
    monkeypatch.setattr(settings, "ACCOUNT_RATE_LIMITS", False, raising=False)


def failures(client, address: str, fields: dict[str, str]) -> list:
    """What made the site fail: each field replaced by each piece of junk, then left out."""
    client.raise_request_exception = False
    sent = [{**fields, name: junk} for name in fields for junk in JUNK]
    sent += [{key: value for key, value in fields.items() if key != name} for name in fields] + [{}]
    found = []
    for data in sent:
        cache.clear()
        if client.post(address, data).status_code >= 500:
            found.append(data)
    return found


@pytest.mark.parametrize("name", VISITORS)
def test_form_of_a_visitor_survives_junk(client, person, name):
    person()
    assert failures(client, reverse(name), VISITORS[name]) == []


@pytest.mark.parametrize("name", PEOPLE)
def test_form_of_an_account_survives_junk(client, person, name):
    user = person()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert failures(client, reverse(name), PEOPLE[name]) == []


def test_second_step_of_the_sign_in_survives_junk(client, person):
    user = person()
    activate_application(user)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    for fields in ({"code": "000000"}, {"credential": "{}"}):
        assert failures(client, reverse("mfa_authenticate"), fields) == []


def test_form_of_an_organisation_survives_junk(client, sign_in):
    membership = MembershipFactory()
    sign_in(client, membership.user)
    address = reverse("organisations:edit", args=[membership.organisation.public_id])
    assert failures(client, address, {**STRUCTURE, "next": ""}) == []


@pytest.mark.parametrize(
    "address",
    [
        "/compte/mot-de-passe/nouveau/zzzzzzzzzzzzzzzzzzzzzz-abc/",
        "/compte/mot-de-passe/nouveau/0-%00/",
        "/fichiers/99999999999999999999/a.pdf",
        "/fichiers/1/%00",
        "/medias/images/%00",
        "/structures/x/modifier/",
        "/compte/connexion/?next=%00",
        "/compte/connexion/?next=//ailleurs.example/",
        "/?page=%00",
        "/%00/",
        "/%ff/",
    ],
)
def test_address_made_of_junk_is_answered(client, address):
    client.raise_request_exception = False
    assert client.get(address).status_code in (200, 302, 400, 404)
