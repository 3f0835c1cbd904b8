"""What time it is. Services read this, never the database's clock nor Django's.

Only the command that plays a call from beginning to end may move it (`travelling`); no other entry point imports that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The current day in the time zone of the site (Europe/Paris)."""
    return timezone.localtime(now()).date()


@contextmanager
def travelling(moment: datetime) -> Iterator[None]:
    """Make `now()` return `moment` within the block. For the command `play_call` alone."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
