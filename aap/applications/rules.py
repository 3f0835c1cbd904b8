"""Who may do what on an application."""

from datetime import datetime

from aap.applications.models import Application
from aap.applications.states import Actor, State
from aap.moments import french_moment
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
        user.has_role(Role.OFFICER, Role.ADMINISTRATOR)
        and type(application).objects.visible_to(user).filter(pk=application.pk).exists()
    )


def may_act(user: User, application: Application, actor: Actor) -> bool:
    """Whether the person is, on this application, the kind of actor that a transition wants."""
    return may_edit(user, application) if actor == Actor.APPLICANT else may_examine(user, application)


def refusal_to_write(application: Application, *, at: datetime) -> str:
    """Why nobody may write in this application at that moment, in French; empty when it is a draft of an open call."""
    if application.state == State.WITHDRAWN:
        return "Ce dossier a été retiré\u00a0: il ne peut plus être modifié."
    if application.submitted_at and application.state != State.DRAFT:
        return (
            f"Ce dossier a été déposé le {french_moment(application.submitted_at)}\u00a0: il ne peut plus être modifié. "
            "S’il faut le corriger, écrivez au service chargé du dossier."
        )
    call = application.call
    if at > call.closes_at:
        return (
            f"L’appel à projets est clos depuis le {french_moment(call.closes_at)} (heure de Paris). "
            "Votre brouillon reste lisible, mais il ne peut plus être modifié ni déposé."
        )
    if at < call.opens_at:
        return f"L’appel à projets ouvre le {french_moment(call.opens_at)} (heure de Paris). Revenez à ce moment-là."
    return ""
