"""Who may do what around a jury."""

from aap.people.models import Role, User
from scoring.panels.models import Juror, Panel


def may_manage(user: User) -> bool:
    """The secretariat of a jury is the examining service: officers and administrators."""
    return user.has_role(Role.OFFICER, Role.ADMINISTRATOR)


def is_juror(user: User) -> bool:
    """Whether the person sits, or has sat, in a jury."""
    return user.is_active and Juror.objects.filter(user=user).exists()


def is_chair(user: User, panel: Panel) -> bool:
    """Whether the person presides over this jury."""
    return user.is_active and panel.jurors.filter(user=user, is_chair=True).exists()


def may_run(user: User, panel: Panel) -> bool:
    """The chair and the secretariat prepare and hold the sitting."""
    return may_manage(user) or is_chair(user, panel)
