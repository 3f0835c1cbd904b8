"""Open an account, verify the address by the code received."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from aap.people.models import User
from tests.aap.people.conftest import PASSWORD, code_in_last_mail

pytestmark = pytest.mark.django_db
ANSWERS = {
    "first_name": "Nadia",
    "last_name": "Benali",
    "email": "Nadia@Exemple.fr",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def sign_up(client: Client, **changes: str):
    return client.post(reverse("account_signup"), ANSWERS | changes)


def test_sign_up_sends_a_code_and_opens_no_session(client):
    response = sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    assert [message.to for message in mail.outbox] == [["nadia@exemple.fr"]]
    assert mail.outbox[0].subject == f"Votre code pour créer votre compte : {code_in_last_mail()}"
    assert "_auth_user_id" not in client.session


def test_sign_up_makes_a_plain_applicant(client):
    sign_up(client)
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.email) == ("Nadia", "Benali", "nadia@exemple.fr")
    assert (user.roles, user.is_staff, user.is_superuser, user.groups.count()) == ([], False, False, 0)


def test_sign_up_ignores_roles_slipped_into_the_form(client):
    sign_up(client, roles="administrator", is_staff="on", is_superuser="on")
    user = User.objects.get()
    assert (user.roles, user.is_staff, user.is_superuser) == ([], False, False)


def test_right_code_verifies_and_leads_to_the_space(client):
    sign_up(client)
    response = client.post(reverse("account_email_verification_sent"), {"code": code_in_last_mail()})
    assert response.url == reverse("start")
    assert EmailAddress.objects.get().verified is True
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_code_in_lower_case_without_dash_is_accepted(client):
    sign_up(client)
    code = code_in_last_mail().lower().replace("-", "")
    assert client.post(reverse("account_email_verification_sent"), {"code": code}).url == reverse("start")


def test_wrong_code_says_what_to_do(client):
    sign_up(client)
    response = client.post(reverse("account_email_verification_sent"), {"code": "AAAA-AAAA"})
    assert response.context["verify_form"].errors["code"] == [
        "Ce code n’est pas le bon, ou il n’est plus valable. Vérifiez les caractères, ou demandez un nouveau code."
    ]
    assert EmailAddress.objects.get().verified is False
    assert "_auth_user_id" not in client.session


def test_fifth_wrong_code_closes_the_attempt(client):
    sign_up(client)
    address = reverse("account_email_verification_sent")
    statuses = [client.post(address, {"code": "AAAA-AAAA"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 302]
    assert client.post(address, {"code": code_in_last_mail()}).url == reverse("account_login")


def test_mistyped_address_is_left_by_starting_again(client):
    sign_up(client, email="nadai@exemple.fr")
    again = reverse("account_signup")
    assert client.post(reverse("account_logout"), {"next": again}).url == again
    assert client.get(again).status_code == 200
    sign_up(client)
    assert mail.outbox[-1].to == ["nadia@exemple.fr"]


def test_existing_account_is_not_revealed_on_the_page(client, person):
    person()
    known = sign_up(client)
    known_page = client.get(known.url).content.decode()
    other = Client()
    unknown = sign_up(other, email="autre@exemple.fr")
    unknown_page = other.get(unknown.url).content.decode().replace("autre@exemple.fr", "nadia@exemple.fr")
    assert known.url == unknown.url
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", known_page) == token.sub("", unknown_page)


def test_existing_account_is_told_by_mail(client, person):
    person()
    sign_up(client)
    assert [(message.to, message.subject) for message in mail.outbox] == [(["nadia@exemple.fr"], "Vous avez déjà un compte")]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"first_name": ""}, "first_name", "Saisissez votre prénom."),
        (
            {"password2": "autre-chose-que-cela"},
            "password2",
            "Les deux mots de passe ne sont pas les mêmes. Saisissez-les à nouveau.",
        ),
        (
            {"password1": "court", "password2": "court"},
            "password1",
            "Ce mot de passe est trop court. Il doit contenir au minimum 12 caractères.",
        ),
    ],
)
def test_sign_up_refuses_with_a_clear_sentence(client, changes, field, message):
    response = sign_up(client, **changes)
    assert response.context["form"].errors[field] == [message]
    assert User.objects.count() == 0
