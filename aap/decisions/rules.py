"""Who may decide, prepare letters and release them."""

from aap.applications.models import Application
from aap.applications.states import DEPOSITED
from aap.calls.models import Call
from aap.errors import DomainError
from aap.people.models import Role, User

NOT_YOURS = "Seul le service chargé de l’appel peut faire cette action."
RECUSED = (
    "Vous êtes en déport sur un dossier de cet appel : vous ne pouvez ni enregistrer la délibération, ni préparer et publier "
    "les lettres. Demandez à une autre personne du service de le faire."
)


def may_decide(user: User) -> bool:
    """Officers and administrators record what the authority decided; nobody else does."""
    return user.has_role(Role.OFFICER, Role.ADMINISTRATOR)


def require_decider(user: User) -> None:
    """Raise DomainError when the person is not of the service."""
    if not may_decide(user):
        raise DomainError(NOT_YOURS)


def hidden_count(user: User, call: Call) -> int:
    """How many deposited applications of the call are kept from the person, whatever has become of them."""
    return Application.objects.filter(call=call, state__in=DEPOSITED, number__isnull=False).closed_to(user).count()


def refusal_for_call(user: User, call: Call) -> str:
    """Why the person may not record this call's resolution nor handle its letters; empty when they may.

    One application kept from them is enough, in any state: a refusal that depended on the batch would tell what was
    decided on it.
    """
    if not may_decide(user):
        return NOT_YOURS
    return RECUSED if hidden_count(user, call) else ""


def require_for_call(user: User, call: Call) -> None:
    """Raise DomainError, with the sentence of `refusal_for_call`."""
    if refusal := refusal_for_call(user, call):
        raise DomainError(refusal)


def require_for_application(user: User, application: Application) -> None:
    """Raise DomainError when the person may not decide on this application."""
    require_decider(user)
    if not Application.objects.visible_to(user).filter(pk=application.pk).exists():
        raise DomainError("Vous ne pouvez pas faire cette action sur ce dossier.")
