"""The spaces of a person: where their roles give them something to do."""

from aap.people.models import Role, User

DESK = ("Instruction", "desk:home")
JURY = ("Jury", "scoring:home")
SITE = ("Administration du site", "wagtailadmin_home")
PORTAL = ("Mes dossiers", "portal:home")


def spaces_of(user: User) -> list[tuple[str, str]]:
    """Label and URL name of each space, the main one first. Everyone may apply for an association: « Mes dossiers »."""
    spaces = []
    if user.has_role(Role.OFFICER):
        spaces.append(DESK)
    if user.has_role(Role.JUROR, Role.CHAIR):
        spaces.append(JURY)
    if user.has_role(Role.OFFICER, Role.CONTRIBUTOR, Role.PUBLISHER, Role.ADMINISTRATOR):
        spaces.append(SITE)
    # An administrator stands in for an officer: the way is shown, after their own space.
    if user.has_role(Role.ADMINISTRATOR) and DESK not in spaces:
        spaces.append(DESK)
    return [*spaces, PORTAL]


def role_labels(user: User) -> list[str]:
    """The roles held, in words."""
    return [role.label for role in Role if role in user.roles]
