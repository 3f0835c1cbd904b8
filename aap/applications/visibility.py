"""Who sees which application: the one place, so that a recusal holds in every list, total, search and export.

The rooms above add their own ways of seeing (a juror sees the applications of the panel) by registering a source in
their `AppConfig.ready()`; a recusal then removes what any source gave, except the applicant's own space.
"""

from collections.abc import Callable

from django.db import models
from django.db.models import Q

from aap.applications.states import DEPOSITED
from aap.people.models import Role, User

VisibilitySource = Callable[[User], Q]
_sources: list[VisibilitySource] = []


def register_source(source: VisibilitySource) -> None:
    """Add a way of seeing applications: a function of the person that returns a condition on `Application`."""
    if source not in _sources:
        _sources.append(source)


class ApplicationQuerySet(models.QuerySet):
    """Applications, always reached through who asks."""

    def of_members(self, user: User) -> "ApplicationQuerySet":
        """The applicant's own space: applications of the organisations the person is attached to."""
        return self.filter(organisation__memberships__user=user)

    def not_recused(self, user: User) -> "ApplicationQuerySet":
        """Without the applications from which the person is recused."""
        # By its name, not its model: the models import this module.
        return self.exclude(recusals__user=user)

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
