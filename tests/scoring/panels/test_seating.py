"""Who is given a seat, by whom, and how the person comes in."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.errors import DomainError
from aap.mail.models import OutboxMessage
from aap.people.models import Role, User
from scoring.panels.models import Juror
from scoring.panels.seating import is_own_address, mailbox, seating_of
from scoring.panels.services import add_juror
from tests.factories.organisations import MembershipFactory
from tests.factories.people import AdministratorFactory, ContributorFactory, OfficerFactory, UserFactory
from tests.factories.scoring import admissible, make_panel

pytestmark = pytest.mark.django_db
PASSWORD = "quatre-mots-sans-lien"
OWN = "On ne se donne pas un siège à soi-même. Demandez à une autre personne du service de vous ajouter."


def members(panel):
    return reverse("scoring:members", args=[panel.call.slug])


def seat(email, **more):
    return {"email": email, "first_name": "Léa", "last_name": "Roux", "quality": "partner", "voting": "on"} | more


def test_new_member_proves_the_address_by_a_code_then_protects_the_account():
    panel = make_panel()
    add_juror(panel, by=OfficerFactory(), email="lea@exemple.fr", first_name="Léa", last_name="Roux")
    address = EmailAddress.objects.get(email="lea@exemple.fr")
    assert (address.verified, address.primary) == (False, True)
    assert "recopiez le code envoyé à cette adresse" in OutboxMessage.objects.get(to="lea@exemple.fr").body

    client = Client()
    client.post(reverse("account_reset_password"), {"email": "lea@exemple.fr"})
    link = re.search(r"https?://[^/]+(/compte/mot-de-passe/nouveau/\S+)", mail.outbox[-1].body)[1]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    signed_in = client.post(reverse("account_login"), {"login": "lea@exemple.fr", "password": PASSWORD})
    assert signed_in.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post(signed_in.url, {"code": code})
    assert EmailAddress.objects.get(pk=address.pk).verified is True
    assert client.session["_auth_user_id"]
    # A role wants a second factor: the jury's pages open after it.
    assert client.get("/jury/").url.startswith(reverse("mfa_activate_totp").rsplit("/", 3)[0])


def test_unproved_address_opens_nothing_to_who_knows_the_password():
    juror = add_juror(make_panel(), by=OfficerFactory(), email="lea@exemple.fr", first_name="Léa", last_name="Roux")
    juror.user.set_password(PASSWORD)
    juror.user.save()
    client = Client()
    response = client.post(reverse("account_login"), {"login": "lea@exemple.fr", "password": PASSWORD})
    assert response.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert mail.outbox[-1].to == ["lea@exemple.fr"]


@pytest.mark.parametrize("factory", [OfficerFactory, AdministratorFactory])
@pytest.mark.parametrize("chair", [{}, {"is_chair": True}], ids=["juror", "chair"])
@pytest.mark.parametrize(
    "spelling",
    [
        "anne.roy@exemple.fr",
        " ANNE.ROY@Exemple.fr ",
        "anne.roy+jury@exemple.fr",
        "anne.roy@exemple.fr.",
        "ａｎｎｅ.roy@exemple.fr",
    ],
)
def test_nobody_gives_themselves_a_seat(factory, chair, spelling):
    officer = factory(email="anne.roy@exemple.fr")
    with pytest.raises(DomainError) as error:
        add_juror(make_panel(), by=officer, email=spelling, first_name="Anne", last_name="Roy", **chair)
    assert error.value.message == OWN
    officer.refresh_from_db()
    assert not {Role.JUROR, Role.CHAIR} & set(officer.roles)
    assert User.objects.filter(email__icontains="roy").count() == 1


@pytest.mark.parametrize("verified", [True, False])
def test_nobody_gives_themselves_a_seat_by_their_other_address(verified):
    officer = OfficerFactory()
    EmailAddress.objects.create(user=officer, email="perso@exemple.org", verified=verified)
    with pytest.raises(DomainError) as error:
        add_juror(make_panel(), by=officer, email="Perso@Exemple.org", first_name="A", last_name="B")
    assert error.value.message == OWN


def test_other_proved_address_finds_the_account_and_an_unproved_one_does_not():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="perso@exemple.org", verified=True)
    EmailAddress.objects.create(user=person, email="pretendue@exemple.org", verified=False)
    panel, officer = make_panel(), OfficerFactory()
    assert add_juror(panel, by=officer, email="perso@exemple.org").user == person
    assert seating_of(panel, "pretendue@exemple.org", is_chair=False, by=officer).user is None


def test_mailbox_overlooks_what_mail_servers_overlook():
    assert mailbox("Anne+jury@Écoles.FR") == mailbox("anne@xn--coles-9ra.fr") == "anne@xn--coles-9ra.fr"
    assert not is_own_address("anne@exemple.fr", UserFactory(email="anna@exemple.fr"))


def test_closed_account_is_not_seated():
    person = UserFactory(first_name="Léa", last_name="Roux", is_active=False)
    with pytest.raises(DomainError) as error:
        add_juror(make_panel(), by=OfficerFactory(), email=person.email)
    assert error.value.message == "Le compte de Léa Roux est fermé. Demandez à l’administration du site de le rouvrir."


def test_account_with_another_role_is_confirmed_with_the_role_it_gets(jury, as_user):
    client, other = as_user(jury.officer), OfficerFactory()
    page = client.post(members(jury.panel), seat(other.email, is_chair=""))
    html = page.content.decode()
    assert page.status_code == 200
    assert "Rôle que ce siège lui donne\u00a0: <strong>Jury</strong>" in html
    assert "Instruction" in html
    assert not Juror.objects.filter(user=other).exists()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', html))
    hidden.pop("csrfmiddlewaretoken", None)
    assert client.post(members(jury.panel), hidden | {"confirm": "1"}).status_code == 302
    juror = Juror.objects.get(user=other)
    assert (juror.quality, juror.voting, juror.is_chair) == ("partner", True, False)


def test_account_without_surprise_is_seated_at_once(jury, as_user):
    person = UserFactory()
    assert as_user(jury.officer).post(members(jury.panel), seat(person.email)).status_code == 302
    assert Juror.objects.filter(user=person).exists()


@pytest.mark.parametrize(("count", "words"), [(1, "<strong>un dossier</strong>"), (2, "<strong>2 dossiers</strong>")])
def test_member_of_a_candidate_organisation_is_seated_after_a_warning(jury, as_user, count, words):
    person = UserFactory()
    MembershipFactory(user=person, organisation=jury.first.organisation)
    if count == 2:
        admissible(jury.panel, organisation=jury.first.organisation)
    html = as_user(jury.officer).post(members(jury.panel), seat(person.email)).content.decode()
    assert words in html
    assert not Juror.objects.filter(user=person).exists()
    assert as_user(jury.officer).post(members(jury.panel), seat(person.email, confirm="1")).status_code == 302


def test_warning_counts_only_what_the_officer_may_see(jury, as_user):
    person = UserFactory()
    for user in (person, jury.officer):
        MembershipFactory(user=user, organisation=jury.first.organisation)
    assert seating_of(jury.panel, person.email, is_chair=False, by=jury.officer).closed == 0


def test_warning_costs_the_same_for_one_and_three_applications(jury):
    person, officer = ContributorFactory(), OfficerFactory()
    MembershipFactory(user=person, organisation=jury.first.organisation)
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            seating_of(jury.panel, person.email, is_chair=False, by=officer)
        counts.append(len(queries))
        admissible(jury.panel, organisation=jury.first.organisation)
        admissible(jury.panel, organisation=jury.first.organisation)
    assert counts == [2, 2]
