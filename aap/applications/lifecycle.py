"""The only place that writes the state of an application."""

from typing import Any

from django.db import transaction

from aap.applications.models import Application
from aap.applications.rules import may_act
from aap.applications.states import TRANSITIONS, State
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User


@transaction.atomic
def apply(
    application: Application, name: str, *, by: User, changes: dict[str, Any] | None = None, **event_data: Any
) -> Application:
    """Move `application` along the transition `name`, with the other column `changes` that must hold in the new state.

    Locks the row, checks source state and actor, writes, appends the event. Raises DomainError, in French, when the
    state changed meanwhile or the person may not. The instance passed is refreshed.
    """
    transition = TRANSITIONS[name]
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if not may_act(by, locked, transition.actor):
        raise DomainError("Vous ne pouvez pas faire cette action sur ce dossier.")
    if locked.state not in transition.sources:
        raise DomainError(
            f"Action impossible : « {transition.label} ». Le dossier est maintenant à l’état "
            f"« {State(locked.state).label} ». Rechargez la page pour voir où il en est."
        )
    before = locked.state
    locked.state = transition.target
    for field, value in (changes or {}).items():
        setattr(locked, field, value)
    locked.save(update_fields=["state", *(changes or {})])
    record(locked.chain, name, by=by, before=before, after=transition.target.value, **event_data)
    application.refresh_from_db()
    return application
