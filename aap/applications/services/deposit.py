"""The deposit: one transaction that gives a number, freezes what was written, and proves the arrival."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from aap.applications import lifecycle
from aap.applications.completeness import missing_pieces
from aap.applications.deposited import deposited_content, digest
from aap.applications.errors import IncompleteError
from aap.applications.models import Application, DepositedVersion, Receipt
from aap.applications.rules import may_edit, refusal_to_write
from aap.applications.services.locking import READERS_ONLY_READ, locked
from aap.applications.states import State
from aap.errors import DomainError
from aap.moments import add_months, french_moment
from aap.people.models import User
from aap.queue import defer

# Neither 0, O, 1, I nor L: a number is read aloud on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NUMBER_LENGTH = 6
ATTEMPTS = 8


def draw_number(prefix: str) -> str:
    """An opaque number, e.g. « FNE25-7KQ2MX »: it says nothing of how many were deposited nor when."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(NUMBER_LENGTH))}"


@transaction.atomic
def submit(application: Application, *, by: User, arrived_at: datetime) -> Receipt:
    """Deposit. `arrived_at` is when the request reached the server: it alone is compared with the closing.

    Safe to repeat: a second click, a retry or another member get the same receipt. Raises IncompleteError with what is
    left to do, DomainError after the closing (CRPA, article L112-1).
    """
    row = locked(application)
    if not may_edit(by, row):
        raise DomainError(READERS_ONLY_READ)
    if row.state not in {State.DRAFT, State.WITHDRAWN}:
        application.refresh_from_db()
        return row.receipt
    _refuse_outside_hours(row, arrived_at)
    if problems := missing_pieces(row):
        raise IncompleteError(problems)
    _give_number(row, by=by, arrived_at=arrived_at)
    receipt = _issue(row, by=by, arrived_at=arrived_at)
    application.refresh_from_db()
    return receipt


def _refuse_outside_hours(application: Application, arrived_at: datetime) -> None:
    call = application.call
    if application.state == State.DRAFT and arrived_at > call.closes_at:
        raise DomainError(
            f"L’appel à projets a fermé le {french_moment(call.closes_at, seconds=True)}. Votre dépôt est arrivé "
            f"le {french_moment(arrived_at, seconds=True)} (heure de Paris)\u00a0: il ne peut pas être accepté. "
            f"Votre brouillon est conservé. Pour toute question, écrivez à {call.service_email}."
        )
    if refusal := refusal_to_write(application, at=arrived_at):
        raise DomainError(refusal)


def _give_number(application: Application, *, by: User, arrived_at: datetime) -> None:
    for _ in range(ATTEMPTS):
        changes = {"number": draw_number(application.call.prefix), "submitted_at": arrived_at}
        try:
            with transaction.atomic():
                lifecycle.apply(application, "submit", by=by, changes=changes, number=changes["number"])
        except IntegrityError as error:
            if "number" not in str(error):
                raise
        else:
            return
    raise DomainError("Le dépôt n’a pas abouti, rien n’est perdu. Recommencez dans un instant.")


def _issue(application: Application, *, by: User, arrived_at: datetime) -> Receipt:
    content = deposited_content(application)
    version = DepositedVersion.objects.create(
        application=application, content=content, sha256=digest(content), deposited_at=arrived_at, deposited_by=by
    )
    day = timezone.localtime(arrived_at).date()
    receipt = Receipt.objects.create(
        application=application,
        version=version,
        issued_at=arrived_at,
        implicit_refusal_on=add_months(day, application.call.implicit_refusal_months),
    )
    # The PDF takes a tenth of a second: not while the row is locked, and not at all if the deposit is undone.
    defer("aap.applications.issue_receipt", receipt_id=receipt.pk)
    return receipt
