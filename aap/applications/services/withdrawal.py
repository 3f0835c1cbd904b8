"""The applicant takes the application back."""

from django.db import transaction

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Application
from aap.applications.outcomes import released_outcomes
from aap.applications.rules import may_edit
from aap.applications.services.locking import READERS_ONLY_READ, locked
from aap.applications.states import State
from aap.errors import DomainError
from aap.mail.services import send
from aap.organisations.selectors import members_of
from aap.people.models import User


@transaction.atomic
def withdraw(application: Application, *, by: User) -> Application:
    """Withdraw for good, at any time before the decision is released. Doing it twice changes nothing."""
    row = locked(application)
    if not may_edit(by, row):
        raise DomainError(READERS_ONLY_READ)
    if row.state != State.WITHDRAWN:
        # The release locks the applications of its batch first: it is seen here, or it waits and sees the withdrawal.
        if released_outcomes([row.pk]):
            raise DomainError(
                "La décision vous a été communiquée\u00a0: le dossier ne peut plus être retiré. Écrivez au service."
            )
        deposited = row.state != State.DRAFT
        lifecycle.apply(row, "withdraw", by=by)
        if deposited:
            _tell_members(row)
    application.refresh_from_db()
    return application


def _tell_members(application: Application) -> None:
    for member in members_of(application.organisation):
        send(
            "withdrawn",
            to=member.email,
            context={"application": application, "person": member, "at": clock.now()},
            key=f"withdrawn:{application.public_id}:{member.public_id}",
            chain=application.chain,
        )
