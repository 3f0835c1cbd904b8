"""Registering an organisation, correcting it, and what an outsider learns of it."""

import pytest
from django.urls import reverse

from aap.errors import DomainError
from aap.history.models import Event
from aap.organisations.models import MemberRole, Membership, Organisation
from aap.organisations.rules import clean_siret
from aap.organisations.services import ALREADY_REGISTERED, ALREADY_YOURS, create_organisation, update_organisation
from tests.factories.organisations import MembershipFactory, OrganisationFactory, siret
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Les Clics du Luberon",
    "address": "1, place de l’Horloge",
    "postcode": "84400",
    "city": "Apt",
    "representative_title": "Madame",
    "representative_name": "Anne Martin",
    "representative_role": "Présidente",
}


def spaced(number: str) -> str:
    return f" {number[:3]} {number[3:6]}\u00a0{number[6:9]} {number[9:]} "


def test_organisation_siret_is_kept_without_its_spaces(client, sign_in):
    user = UserFactory()
    response = sign_in(client, user).post(
        reverse("organisations:create"), {**TYPED, "siret": spaced(siret(1)), "rna": "w84 2001234"}
    )
    organisation = Organisation.objects.get()
    assert (response.status_code, response.url) == (302, reverse("organisations:home"))
    assert (organisation.siret, organisation.rna, organisation.sort_key) == (siret(1), "W842001234", "les clics du luberon")
    assert Membership.objects.get().role == MemberRole.ADMINISTRATOR
    assert list(Event.objects.values_list("chain", "name", "actor")) == [
        (f"organisation:{organisation.public_id}", "organisation_created", user.pk)
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Écrivez le numéro SIRET de votre structure (14 chiffres)."),
        ("123", "Un numéro SIRET a 14 chiffres. Vous le trouvez sur l’avis de situation de l’INSEE."),
        ("12345678901234", "Ce numéro SIRET n’existe pas\u00a0: vérifiez qu’aucun chiffre n’est inversé."),
        ("٣٤٥٦٧٨٩٠١٢٣٤٥٦", "Un numéro SIRET a 14 chiffres. Vous le trouvez sur l’avis de situation de l’INSEE."),
    ],
)
def test_organisation_wrong_siret_is_explained_and_nothing_typed_is_lost(client, sign_in, typed, message):
    response = sign_in(client, UserFactory()).post(reverse("organisations:create"), {**TYPED, "siret": typed})
    assert response.status_code == 422
    assert response.context["form"].errors["siret"] == [message]
    assert response.context["form"]["name"].value() == "Les Clics du Luberon"
    assert not Organisation.objects.exists()


def test_organisation_already_registered_says_what_to_do_and_shows_nothing_of_it(client, sign_in):
    OrganisationFactory(siret=siret(1), name="Nom gardé secret", representative_name="Zoé Secrète")
    response = sign_in(client, UserFactory()).post(reverse("organisations:create"), {**TYPED, "siret": siret(1)})
    assert response.context["form"].errors["siret"] == [ALREADY_REGISTERED]
    page = response.content.decode()
    assert ("Nom gardé secret" in page, "Zoé Secrète" in page, "Les Clics du Luberon" in page) == (False, False, True)


def test_organisation_already_mine_is_said():
    membership = MembershipFactory()
    with pytest.raises(DomainError) as refusal:
        create_organisation(by=membership.user, siret=membership.organisation.siret, **TYPED)
    assert refusal.value.message == ALREADY_YOURS


@pytest.mark.parametrize("rna", ["842001234", "W84200123", "W84200123é", "X842001234"])
def test_organisation_wrong_rna_is_refused(client, sign_in, rna):
    response = sign_in(client, UserFactory()).post(reverse("organisations:create"), {**TYPED, "siret": siret(1), "rna": rna})
    assert response.context["form"].errors["rna"] == ["Un numéro RNA s’écrit W suivi de 9 chiffres, par exemple W842001234."]


def test_organisation_created_on_the_way_leads_back_there(client, sign_in):
    sign_in(client, UserFactory())
    home = client.post(reverse("organisations:create"), {**TYPED, "siret": siret(1), "next": "/candidatures/nouvelle/fne/"})
    elsewhere = client.post(reverse("organisations:create"), {**TYPED, "siret": siret(2), "next": "https://ailleurs.example/"})
    assert (home.url, elsewhere.url) == ("/candidatures/nouvelle/fne/", reverse("organisations:home"))


def test_organisation_name_with_markup_stays_text(client, sign_in):
    membership = MembershipFactory(organisation__name="<script>alert(1)</script>")
    page = sign_in(client, membership.user).get(reverse("organisations:home")).content.decode()
    assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


@pytest.mark.parametrize(
    ("role", "status"), [(MemberRole.ADMINISTRATOR, 200), (MemberRole.EDITOR, 200), (MemberRole.READER, 403)]
)
def test_organisation_edit_follows_the_membership(client, sign_in, role, status):
    membership = MembershipFactory(role=role)
    url = reverse("organisations:edit", args=[membership.organisation.public_id])
    assert sign_in(client, membership.user).get(url).status_code == status


def test_organisation_of_others_does_not_exist(client, sign_in):
    other = OrganisationFactory()
    assert sign_in(client, UserFactory()).get(reverse("organisations:edit", args=[other.public_id])).status_code == 404


def test_organisation_update_records_the_fields_and_never_their_values():
    membership = MembershipFactory()
    organisation = membership.organisation
    update_organisation(organisation, by=membership.user, city="Gordes", name="Écran commun")
    assert (organisation.city, organisation.sort_key) == ("Gordes", "ecran commun")
    assert Event.objects.get(name="organisation_updated").data == {"fields": ["city", "name"]}


def test_organisation_reader_cannot_update():
    membership = MembershipFactory(role=MemberRole.READER)
    with pytest.raises(DomainError):
        update_organisation(membership.organisation, by=membership.user, city="Gordes")


def test_organisation_siret_never_changes():
    membership = MembershipFactory()
    with pytest.raises(DomainError) as refusal:
        update_organisation(membership.organisation, by=membership.user, siret=siret(7))
    assert refusal.value.message == "Le numéro SIRET ne se modifie pas. Écrivez au service si votre structure en a changé."


def test_clean_siret_removes_what_people_put_between_digits():
    assert clean_siret("900 000.012\u00a0000-13") == "90000001200013"


def test_organisation_page_asks_the_same_queries_at_one_and_three(client, sign_in, django_assert_num_queries):
    user = UserFactory()
    sign_in(client, user).get(reverse("organisations:home"))
    for count in (1, 2):
        for _ in range(count):
            MembershipFactory(user=user)
        with django_assert_num_queries(6):
            client.get(reverse("organisations:home"))
