"""Locks between commands: held by the process, so that a killed command never leaves one behind."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from launcher import signals
from launcher.messages import Refusal, say


def open_lock(path: Path, owner: tuple[int, int] | None = None) -> IO[str]:
    """Opens a lock file; `owner` (uid, gid) may use it as well when root is the first to create it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a+")
    if owner and os.geteuid() == 0:
        os.fchown(handle.fileno(), *owner)
    return handle


def try_exclusive(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def only_one(path: Path, refusal: str) -> Iterator[IO[str]]:
    """Refuses a second command; `refusal` may hold {note}, what the first one wrote in the file."""
    with open_lock(path) as handle:
        if not try_exclusive(handle):
            handle.seek(0)
            raise Refusal(refusal.format(note=handle.read().strip() or "adresse inconnue"))
        handle.truncate(0)
        yield handle
        handle.truncate(0)


@contextmanager
def in_turn(path: Path, sentence: str = "", owner: tuple[int, int] | None = None) -> Iterator[None]:
    """Waits for the other command to leave, saying so when there is something to wait for."""
    with open_lock(path, owner) as handle:
        if not try_exclusive(handle):
            if sentence:
                say(sentence)
            while not try_exclusive(handle):
                signals.check()
                time.sleep(0.1)
        yield
