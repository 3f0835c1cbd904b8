"""What a person's roles allow, before any file is concerned."""

from django.conf import settings

from aap.people.models import Role, User


def needs_second_factor(user: User) -> bool:
    """Everyone who does more than apply signs in with two factors, unless development settings say otherwise."""
    return settings.SECOND_FACTOR_REQUIRED and bool(user.roles or user.is_staff or user.is_superuser)


def may_administer(user: User) -> bool:
    """Wagtail's administration is for those whose role has work there (the permission comes with the role's group)."""
    return user.has_perm("wagtailadmin.access_admin")


def may_open_django_admin(user: User) -> bool:
    """Django's administration is for administrators alone."""
    return user.has_role(Role.ADMINISTRATOR) and user.is_staff


def may_manage_people(user: User) -> bool:
    """Only an administrator opens accounts and gives roles."""
    return user.has_role(Role.ADMINISTRATOR)
