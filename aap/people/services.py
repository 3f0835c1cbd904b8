"""Open accounts, give and take away roles, change an address. A role always comes with its group of permissions."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import Role, User

# Wagtail's administration opens for these; jurors work on our own pages only.
ADMINISTRATION_ROLES = (Role.OFFICER, Role.CONTRIBUTOR, Role.PUBLISHER, Role.ADMINISTRATOR)


def chain_of(user: User) -> str:
    """The record of what happens to one account."""
    return f"user:{user.public_id}"


def role_group(role: Role) -> Group:
    """The Django group that carries the permissions of `role`, created if it is missing. Rooms add theirs to it."""
    group, created = Group.objects.get_or_create(name=role.label)
    if created:
        _open_administration(role, group)
    return group


def ensure_groups() -> list[Group]:
    """One group per role, with its way into Wagtail's administration where it has work there. Safe to repeat."""
    groups = [role_group(role) for role in Role]
    for role, group in zip(Role, groups, strict=True):
        _open_administration(role, group)
    return groups


def _open_administration(role: Role, group: Group) -> None:
    if role in ADMINISTRATION_ROLES:
        group.permissions.add(*Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin"))


@transaction.atomic
def open_account(
    email: str,
    *,
    first_name: str,
    last_name: str,
    password: str | None = None,
    verified: bool = True,
    by: User | None = None,
) -> User:
    """Open an account for a person whose address the service already knows: it counts as verified.

    With `verified=False` it does not: a code sent there is asked for at the first sign-in. Without a password, the person chooses one by « Mot de passe oublié ? ».
    """
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exists():
        raise DomainError(f"Un compte existe déjà avec l’adresse {address}.")
    user = User.objects.create_user(address, password, first_name=first_name.strip(), last_name=last_name.strip())
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=verified)
    record(chain_of(user), "account_opened", by=by)
    return user


@transaction.atomic
def grant_role(user: User, role: Role, *, by: User | None) -> User:
    """Give `role`. Giving it again changes nothing and records nothing. `by` is None for the site's own commands."""
    return set_roles(user, [*_locked(user).roles, role], by=by)


@transaction.atomic
def revoke_role(user: User, role: Role, *, by: User | None) -> User:
    """Take `role` away. An administrator cannot take away their own administration: someone must be able to undo."""
    return set_roles(user, [held for held in _locked(user).roles if held != role], by=by)


@transaction.atomic
def set_roles(user: User, roles: list[str], *, by: User | None) -> User:
    """Make `roles` the roles of `user`, in the order of Role, and record what changed."""
    current = set(_locked(user).roles)
    wanted = [role for role in Role if role in set(roles)]
    if unknown := set(roles) - set(Role.values):
        raise DomainError(f"Ce rôle n’existe pas : {', '.join(sorted(unknown))}.")
    if by is not None and by.pk == user.pk and Role.ADMINISTRATOR in current and Role.ADMINISTRATOR not in wanted:
        raise DomainError(
            "Vous ne pouvez pas retirer votre propre rôle d’administration. Demandez à une autre personne de le faire."
        )
    user.roles = [role.value for role in wanted]
    user.is_staff = user.is_superuser = Role.ADMINISTRATOR in wanted
    user.save(update_fields=["roles", "is_staff", "is_superuser"])
    sync_groups(user)
    for role in Role:
        if role in wanted and role not in current:
            record(chain_of(user), "role_granted", by=by, role=role.value)
        if role in current and role not in wanted:
            record(chain_of(user), "role_revoked", by=by, role=role.value)
    return user


@transaction.atomic
def set_active(user: User, active: bool, *, by: User) -> User:
    """Close or reopen an account. Its sessions end at once: Django refuses an inactive person at each request."""
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(chain_of(user), "account_reopened" if active else "account_closed", by=by)
    return user


def sync_groups(user: User) -> None:
    """The groups of the roles held, and of no other role. Groups that are not a role's are left alone."""
    held = [role_group(Role(role)) for role in user.roles]
    user.groups.remove(*Group.objects.filter(name__in=Role.labels).exclude(pk__in=[group.pk for group in held]))
    user.groups.add(*held)


@transaction.atomic
def forget_second_factor(user: User, *, by: User) -> User:
    """Take away the second factor of a person who lost it: whoever has a role sets up another one at the next sign-in."""
    if by.pk == user.pk:
        raise DomainError("Votre propre double vérification se change dans « Mon compte ».")
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if removed:
        record(chain_of(user), "second_factor_removed", by=by)
    return user


@transaction.atomic
def change_email(user: User, email: str, *, by: User) -> User:
    """Replace the address, when the person cannot do it alone. It will be verified by a code at the next sign-in."""
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exclude(pk=user.pk).exists():
        raise DomainError("Un compte existe déjà avec cette adresse.")
    EmailAddress.objects.filter(user=user).delete()
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    record(chain_of(user), "email_changed", by=by)
    return user


def _locked(user: User) -> User:
    """The account as it is in the database now, locked: two administrators may edit it at once."""
    return User.objects.select_for_update().get(pk=user.pk)
