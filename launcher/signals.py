"""Ctrl-C, `kill` and a closed terminal all stop a command the same way, once."""

import signal
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Raised in the main thread at the first signal; the following ones are ignored while everything stops."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def raise_once() -> None:
    def ignore(signum: int, frame: FrameType | None) -> None:
        """A function rather than SIG_IGN, which the programs started from here on would inherit."""

    def stop(signum: int, frame: FrameType | None) -> None:
        for other in SIGNALS:
            signal.signal(other, ignore)
        raise Interrupted(signum)

    for signum in SIGNALS:
        signal.signal(signum, stop)
