"""The applicant opens the decision."""

from django.db import transaction

from aap import clock
from aap.decisions.models import Decision, ReadReceipt, Release
from aap.errors import DomainError
from aap.history.services import record
from aap.organisations.models import Membership
from aap.people.models import User


@transaction.atomic
def acknowledge(decision: Decision, *, by: User) -> ReadReceipt:
    """Record the first display of `decision` by a member of the organisation; the first one wins, later ones change nothing."""
    released = decision.release is not None and decision.release.state == Release.State.RELEASED
    member = Membership.objects.filter(user=by, organisation=decision.application.organisation_id).exists()
    if not released or not member:
        raise DomainError("Aucune décision n’est disponible pour ce dossier.")
    receipt, created = ReadReceipt.objects.get_or_create(
        decision=decision, defaults={"user": by, "first_displayed_at": clock.now()}
    )
    if created:
        record(decision.application.chain, "decision_read", by=by, decision=str(decision.public_id))
    return receipt
