"""Reads about the organisations of a person."""

from django.db.models import QuerySet

from aap.organisations.models import Membership, Organisation
from aap.organisations.rights import WRITERS
from aap.people.models import User


def memberships_of(user: User) -> QuerySet[Membership]:
    """The person's memberships with their organisations, by name."""
    return Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__sort_key", "pk")


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations that the person may see: those they are attached to."""
    return Organisation.objects.filter(memberships__user=user)


def writable_organisations(user: User) -> QuerySet[Organisation]:
    """The organisations in whose name the person may write."""
    return Organisation.objects.filter(memberships__user=user, memberships__role__in=WRITERS)


def members_of(organisation: Organisation) -> QuerySet[User]:
    """Active people attached to the organisation: those who are written to."""
    return User.objects.filter(is_active=True, memberships__organisation=organisation).order_by("pk")
