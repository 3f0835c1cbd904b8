"""Ctrl-C, `kill` and a closed terminal all stop a command the same way, once, at a moment it has chosen.

The handlers only take note. Raising from a handler would break whatever runs at that instant, the standard library's
locks included; so everything that waits calls `check` instead.
"""

import signal
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_state = {"received": 0, "raised": 0}


class Interrupted(BaseException):
    """Raised by `check` after the first signal, once: what is stopping must not be interrupted again."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def listen() -> None:
    for signum in SIGNALS:
        signal.signal(signum, _note)


def received() -> int:
    """The number of the first signal received, 0 when there was none."""
    return _state["received"]


def check() -> None:
    if _state["received"] and not _state["raised"]:
        _state["raised"] = _state["received"]
        raise Interrupted(_state["received"])


def _note(signum: int, frame: FrameType | None) -> None:
    _state["received"] = _state["received"] or signum
