"""People in Wagtail's administration."""

import pytest
from django.core import mail

from aap.history.models import Event
from aap.people.models import Role, User
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
