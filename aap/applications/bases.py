"""What somebody was looking at while typing: the version of each answer, so that a late save never erases another one.

The page carries it as one text, which a browser may send back old, cut or made up: then nothing is known, and every
answer that differs from what is kept is asked about rather than overwritten.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aap.applications.deposited import canonical
from aap.applications.models import Answer

ENTRY = re.compile(r"([a-z0-9_]{1,40}):([0-9]{1,9}):([0-9a-f]{16})")


@dataclass(frozen=True)
class Base:
    """The answer that was on the page: its version (0 when there was none) and the print of its value."""

    version: int = 0
    print: str = ""


UNKNOWN = Base()


def print_of(value: Any) -> str:
    """A short print of a JSON value: enough to see whether somebody changed it."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:16]


def written(answers: Iterable[Answer]) -> str:
    """The text that the page carries."""
    return " ".join(f"{answer.question_key}:{answer.version}:{print_of(answer.value)}" for answer in answers)


def read(text: str) -> dict[str, Base]:
    """What `written` wrote, by question key; what cannot be read is left out."""
    matches = (ENTRY.fullmatch(entry) for entry in text.split())
    return {match[1]: Base(int(match[2]), match[3]) for match in matches if match}
