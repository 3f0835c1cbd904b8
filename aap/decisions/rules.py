"""Who may decide, prepare letters and release them."""

from django.db.models import Q

from aap.applications.models import Application, Recusal
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import Release, Resolution
from aap.errors import DomainError
from aap.people.models import Role, User

NOT_YOURS = "Seul le service chargé de l’appel peut faire cette action."
RECUSED = (
    "Vous êtes en déport sur un dossier de cet appel : vous ne pouvez ni enregistrer sa décision ni publier sa lettre. "
    "Demandez à une autre personne du service de le faire."
)


def may_decide(user: User) -> bool:
    """Officers and administrators record what the authority decided; nobody else does."""
    return user.has_role(Role.OFFICER, Role.ADMINISTRATOR)


def require_decider(user: User) -> None:
    """Raise DomainError when the person is not of the service."""
    if not may_decide(user):
        raise DomainError(NOT_YOURS)


def require_for_call(user: User, call: Call) -> None:
    """Raise DomainError when the person may not decide on every application that awaits a decision."""
    require_decider(user)
    waiting = Q(application__call=call, application__state__in=[State.ADMISSIBLE, State.RESERVE])
    if Recusal.objects.filter(waiting, user=user).exists():
        raise DomainError(RECUSED)


def require_for_resolution(user: User, resolution: Resolution) -> None:
    """Raise DomainError when the person may not handle every letter of the resolution."""
    require_decider(user)
    if Recusal.objects.filter(application__decisions__resolution=resolution, user=user).exists():
        raise DomainError(RECUSED)


def require_for_release(user: User, release: Release) -> None:
    """Raise DomainError when the person may not handle every letter of the batch."""
    require_decider(user)
    if Recusal.objects.filter(application__decisions__release=release, user=user).exists():
        raise DomainError(RECUSED)


def require_for_application(user: User, application: Application) -> None:
    """Raise DomainError when the person may not decide on this application."""
    require_decider(user)
    if not Application.objects.visible_to(user).filter(pk=application.pk).exists():
        raise DomainError("Vous ne pouvez pas faire cette action sur ce dossier.")
