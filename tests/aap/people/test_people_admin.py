"""People in Wagtail's administration."""

import pytest
from django.core import mail

from aap.errors import DomainError
from aap.history.models import Event
from aap.people.models import Role, User
from aap.people.second_factor import has_second_factor
from aap.people.services import forget_second_factor
from tests.aap.people.conftest import activate_application
from tests.factories.people import AdministratorFactory, OfficerFactory, PublisherFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = {"email": "jules@exemple.fr", "first_name": "Jules", "last_name": "Roux", "roles": ["officer", "juror"]}


@pytest.fixture
def administrator(client, sign_in) -> User:
    user = AdministratorFactory(first_name="Aline", last_name="Martin")
    sign_in(client, user)
    return user


def test_account_opened_with_roles_and_groups(client, administrator):
    response = client.post("/admin/users/new/", NEW)
    user = User.objects.get(email="jules@exemple.fr")
    assert response.status_code == 302
    assert (user.roles, user.has_usable_password()) == (["officer", "juror"], False)
    assert set(user.groups.values_list("name", flat=True)) == {"Instruction", "Jury"}
    assert list(Event.objects.filter(chain=f"user:{user.public_id}").values_list("name", "actor")) == [
        ("account_opened", administrator.pk),
        ("role_granted", administrator.pk),
        ("role_granted", administrator.pk),
    ]
    assert mail.outbox == []


def test_known_address_is_refused(client, administrator):
    UserFactory(email="Jules@exemple.fr")
    response = client.post("/admin/users/new/", NEW)
    assert response.context["form"].errors["email"] == [
        "Un compte existe déjà avec cette adresse. Cherchez-la dans la liste des personnes."
    ]


def test_roles_and_address_edited(client, administrator):
    user = OfficerFactory(email="odile@exemple.fr")
    data = {"email": "odile.b@exemple.fr", "first_name": "Odile", "last_name": "Blanc", "is_active": "on", "roles": ["chair"]}
    assert client.post(f"/admin/users/edit/{user.pk}/", data).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.roles, str(user)) == ("odile.b@exemple.fr", ["chair"], "Odile Blanc")
    names = Event.objects.filter(chain=f"user:{user.public_id}").values_list("name", flat=True)
    assert list(names) == ["email_changed", "role_revoked", "role_granted"]


def test_account_closed(client, administrator):
    user = UserFactory()
    data = {"email": user.email, "first_name": "Odile", "last_name": "Blanc"}
    client.post(f"/admin/users/edit/{user.pk}/", data)
    user.refresh_from_db()
    assert user.is_active is False


def test_administrator_cannot_lock_themselves_out(client, administrator):
    data = {"email": administrator.email, "first_name": "Aline", "last_name": "Martin", "roles": ["officer"]}
    response = client.post(f"/admin/users/edit/{administrator.pk}/", data)
    assert set(response.context["form"].errors) == {"roles", "is_active"}
    administrator.refresh_from_db()
    assert (administrator.roles, administrator.is_active) == (["administrator"], True)


@pytest.mark.parametrize("gesture", ["assign_role", "delete", "set_active_state"])
def test_gestures_on_many_people_are_closed(client, administrator, gesture):
    user = UserFactory()
    client.post(f"/admin/bulk/aap/user/{gesture}/?id={user.pk}", {"role": "1", "mark_as_active": "False"})
    user.refresh_from_db()
    assert (user.is_active, user.groups.count()) == (True, 0)


def test_nobody_is_deleted(client, administrator):
    user = UserFactory()
    client.post(f"/admin/users/delete/{user.pk}/")
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("factory", [OfficerFactory, PublisherFactory])
def test_only_administrators_see_people(client, sign_in, factory):
    sign_in(client, factory())
    user = UserFactory()
    assert client.get("/admin/users/").status_code == 302
    client.post("/admin/users/new/", NEW)
    client.post(f"/admin/users/edit/{user.pk}/", {**NEW, "roles": ["administrator"]})
    user.refresh_from_db()
    assert (user.roles, User.objects.filter(email="jules@exemple.fr").exists()) == ([], False)


def test_list_is_in_french_with_roles(client, administrator):
    OfficerFactory(first_name="Odile", last_name="Blanc", roles=[Role.OFFICER, Role.CHAIR])
    page = client.get("/admin/users/").content.decode()
    assert "Instruction, Présidence du jury" in page
    assert "Ouvrir un compte" in page


@pytest.mark.parametrize("people", [1, 3])
def test_list_asks_the_same_queries_whatever_its_length(client, administrator, django_assert_num_queries, people):
    UserFactory.create_batch(people)
    client.get("/admin/users/")
    with django_assert_num_queries(PEOPLE_LIST_QUERIES):
        client.get("/admin/users/")


PEOPLE_LIST_QUERIES = 12


def test_person_has_no_copy(client, administrator):
    """Wagtail shows the form of the original under this address, and saves a second account."""
    assert client.get(f"/admin/users/copy/{administrator.pk}/").status_code == 404
    assert client.get("/admin/users/").status_code == 200


def test_lost_second_factor_is_taken_away_by_an_administrator(client, administrator, person):
    user = person(Role.OFFICER)
    activate_application(user)
    data = {"email": user.email, "first_name": "Nadia", "last_name": "Benali", "is_active": "on", "roles": ["officer"]}
    assert client.post(f"/admin/users/edit/{user.pk}/", {**data, "forget_second_factor": "on"}).status_code == 302
    assert has_second_factor(user) is False
    events = Event.objects.filter(chain=f"user:{user.public_id}").order_by("pk").values_list("name", "actor")
    assert list(events)[-1] == ("second_factor_removed", administrator.pk)


def test_own_second_factor_is_not_taken_away_here(client, administrator):
    page = client.get(f"/admin/users/edit/{administrator.pk}/")
    assert "forget_second_factor" not in page.context["form"].fields
    with pytest.raises(DomainError):
        forget_second_factor(administrator, by=administrator)
    assert has_second_factor(administrator) is True


def test_names_hold_what_they_show_and_the_number_can_be_dialled(client, administrator):
    client.post("/admin/users/new/", {**NEW, "first_name": "Ju\u202eles\u200b", "phone": "+33 (0)4.90.16.15.00"})
    user = User.objects.get(email="jules@exemple.fr")
    assert (user.first_name, user.phone) == ("Jules", "04 90 16 15 00")
    refused = client.post("/admin/users/new/", {**NEW, "email": "autre@exemple.fr", "phone": "poste 12"})
    assert list(refused.context["form"].errors) == ["phone"]
