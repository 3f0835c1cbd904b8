"""Give and take roles: groups follow, the record remembers, the database refuses what does not exist."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError

from aap.errors import DomainError
from aap.history.models import Event
from aap.people.models import Role, User
from aap.people.services import change_email, ensure_groups, grant_role, open_account, revoke_role, role_group, set_roles
from tests.factories.people import AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_unknown_role_is_refused_by_the_database():
    user = UserFactory()
    with pytest.raises(IntegrityError, match="user_roles_known"):
        User.objects.filter(pk=user.pk).update(roles=["prefect"])


def test_unknown_role_is_refused_by_the_service():
    with pytest.raises(DomainError, match="Ce rôle n’existe pas : prefect"):
        set_roles(UserFactory(), ["prefect"], by=None)


def test_grant_keeps_groups_and_record():
    user, administrator = UserFactory(), AdministratorFactory()
    grant_role(user, Role.JUROR, by=administrator)
    grant_role(user, Role.OFFICER, by=administrator)
    user.refresh_from_db()
    assert user.roles == ["officer", "juror"]
    assert set(user.groups.values_list("name", flat=True)) == {"Instruction", "Jury"}
    events = Event.objects.filter(chain=f"user:{user.public_id}").values_list("name", "actor", "data")
    assert list(events) == [
        ("role_granted", administrator.pk, {"role": "juror"}),
        ("role_granted", administrator.pk, {"role": "officer"}),
    ]


def test_grant_twice_changes_and_records_nothing():
    user = UserFactory()
    grant_role(user, Role.JUROR, by=None)
    grant_role(user, Role.JUROR, by=None)
    assert (user.roles, Event.objects.filter(chain=f"user:{user.public_id}").count()) == (["juror"], 1)


def test_revoke_takes_the_group_away_and_leaves_other_groups():
    user = UserFactory()
    user.groups.add(Group.objects.create(name="Groupe d’un autre usage"))
    grant_role(user, Role.PUBLISHER, by=None)
    revoke_role(user, Role.PUBLISHER, by=None)
    user.refresh_from_db()
    assert (user.roles, list(user.groups.values_list("name", flat=True))) == ([], ["Groupe d’un autre usage"])


@pytest.mark.parametrize("role", list(Role))
def test_only_an_administrator_is_staff_and_superuser(role):
    user = grant_role(UserFactory(), role, by=None)
    expected = role == Role.ADMINISTRATOR
    assert (user.is_staff, user.is_superuser) == (expected, expected)
    user = revoke_role(user, role, by=None)
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_administrator_cannot_remove_themselves():
    administrator = AdministratorFactory()
    with pytest.raises(DomainError, match="votre propre rôle"):
        revoke_role(administrator, Role.ADMINISTRATOR, by=administrator)


def test_groups_open_the_administration_to_those_who_work_there():
    Group.objects.all().delete()
    assert [group.name for group in ensure_groups()] == [role.label for role in Role]
    opened = [role.value for role in Role if role_group(role).permissions.filter(codename="access_admin").exists()]
    assert opened == ["officer", "contributor", "publisher", "administrator"]


def test_open_account_refuses_a_known_address():
    UserFactory(email="nadia@exemple.fr")
    with pytest.raises(DomainError, match="Un compte existe déjà"):
        open_account("Nadia@exemple.fr", first_name="Nadia", last_name="Benali")


def test_changed_address_must_be_verified_again():
    user = open_account("nadia@exemple.fr", first_name="Nadia", last_name="Benali")
    change_email(user, "Nadia.Benali@exemple.fr", by=AdministratorFactory())
    addresses = user.emailaddress_set.values_list("email", "verified", "primary")
    assert (user.email, list(addresses)) == ("nadia.benali@exemple.fr", [("nadia.benali@exemple.fr", False, True)])
