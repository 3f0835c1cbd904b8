"""Who sees which application: the one place, so that a recusal holds in every list, total, search and export.

A link with the candidate is a recusal somebody recorded, or membership of its organisation: that one needs no
declaration, and nobody may declare it away.

The rooms above add their own ways of seeing (a juror sees the applications of the panel) by registering a source in
their `AppConfig.ready()`; a recusal then removes what any source gave, except the applicant's own space.
"""

from collections.abc import Callable

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from aap.applications.states import DEPOSITED
from aap.organisations.models import Membership
from aap.people.models import Role, User

VisibilitySource = Callable[[User], Q]
_sources: list[VisibilitySource] = []


def register_source(source: VisibilitySource) -> None:
    """Add a way of seeing applications: a function of the person that returns a condition on `Application`."""
    if source not in _sources:
        _sources.append(source)


def linked(*, application: str, user: str) -> Q:
    """The condition, on rows that point to an application and to a person, that this person has a link with it.

    `application` and `user` are the paths of the two, from the row.
    """
    # By its name, not its model: the models import this module.
    recusals = apps.get_model("aap", "Recusal").objects.filter(application=OuterRef(application), user=OuterRef(user))
    members = Membership.objects.filter(organisation=OuterRef(f"{application}__organisation"), user=OuterRef(user))
    return Q(Exists(recusals)) | Q(Exists(members))


class ApplicationQuerySet(models.QuerySet):
    """Applications, always reached through who asks."""

    def of_members(self, user: User) -> "ApplicationQuerySet":
        """The applicant's own space: applications of the organisations the person is attached to."""
        return self.filter(organisation__memberships__user=user)

    def not_recused(self, user: User) -> "ApplicationQuerySet":
        """Without the applications with which the person has a link: recused, or a member of the organisation."""
        return self.exclude(recusals__user=user).exclude(organisation__memberships__user=user)

    def closed_to(self, user: User) -> "ApplicationQuerySet":
        """The others: what is examined outside this person's presence."""
        recusals = apps.get_model("aap", "Recusal").objects.filter(application=OuterRef("pk"), user=user)
        members = Membership.objects.filter(organisation=OuterRef("organisation"), user=user)
        return self.filter(Exists(recusals) | Exists(members))

    def visible_to(self, user: User) -> "ApplicationQuerySet":
        """What the person may see as staff or juror. Not the applicant's own space: that is `of_members`."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seen = Q(pk__in=[])
        if user.has_role(Role.OFFICER, Role.ADMINISTRATOR):
            seen |= Q(state__in=DEPOSITED, number__isnull=False)
        for source in _sources:
            seen |= source(user)
        return self.filter(seen).not_recused(user)
