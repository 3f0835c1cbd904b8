"""One file at a time for each person: someone who sends fifty at once makes only themselves wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from aap.errors import DomainError

# Names our locks among those of the database; any constant would do.
NAMESPACE = 7_301
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.1

BUSY = "Un autre de vos fichiers est encore en cours de lecture. Attendez quelques secondes, puis joignez celui-ci de nouveau."


@contextmanager
def turn_of(person: int, *, namespace: int = NAMESPACE, busy: str = BUSY) -> Iterator[None]:
    """Hold the turn of the person of this key while the block runs; wait a little for it.

    `namespace` names another kind of turn than that of the files received, and `busy` what is said when it is taken.
    A lock of the transaction, so that it goes with it whatever happens to this process. Raises DomainError.
    """
    with transaction.atomic():
        until = time.monotonic() + PATIENCE_SECONDS
        while not _taken(namespace, person):
            if time.monotonic() > until:
                raise DomainError(busy)
            time.sleep(PAUSE_SECONDS)
        yield


def _taken(namespace: int, person: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [namespace, person % 2**31])
        return bool(cursor.fetchone()[0])
