"""Who may do what on an application."""

from aap.applications.models import Application
from aap.applications.states import Actor
from aap.organisations.models import MemberRole, Membership
from aap.people.models import Role, User


def may_edit(user: User, application: Application) -> bool:
    """Members of the organisation may edit, except those who only read."""
    return Membership.objects.filter(
        user=user, organisation=application.organisation_id, role__in=[MemberRole.ADMINISTRATOR, MemberRole.EDITOR]
    ).exists()


def may_examine(user: User, application: Application) -> bool:
    """Officers and administrators examine what they may see: a recusal takes the right away."""
    return (
        user.has_role(Role.OFFICER, Role.ADMINISTRATOR) and type(application).objects.visible_to(user).filter(pk=application.pk).exists()
    )


def may_act(user: User, application: Application, actor: Actor) -> bool:
    """Whether the person is, on this application, the kind of actor that a transition wants."""
    return may_edit(user, application) if actor == Actor.APPLICANT else may_examine(user, application)
