"""Who may examine, and when."""

from aap.applications.models import Application
from aap.applications.states import State
from aap.people.models import Role, User

# Findings are written between the start of the examination and the decision on admissibility.
CHECKABLE = frozenset({State.EXAMINING, State.INCOMPLETE})
# What a finding may say, and what a letter of one page can hold.
NOTE_LENGTH = 2000
REASON_LENGTH = 1500
OFFICERS = (Role.OFFICER, Role.ADMINISTRATOR)


def may_follow(user: User, application: Application) -> bool:
    """An application is followed by an officer who may see it: not by someone recused from it."""
    return user.has_role(*OFFICERS) and Application.objects.visible_to(user).filter(pk=application.pk).exists()


def may_check(application: Application) -> bool:
    """Whether findings may be written in the present state."""
    return application.state in CHECKABLE
