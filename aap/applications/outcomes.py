"""What the applicant may know of the decision. The decisions' room is above this one: it registers how to read it.

Values pass, never models: nothing here can tell an outcome before its release.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReleasedOutcome:
    """A decision that the applicant may read: `outcome` is a value of State, `released_at` the moment of its release.

    `read` is whether somebody of the organisation has displayed it: before, the time for remedies does not run, so no
    list may tell the outcome.
    """

    outcome: str
    released_at: datetime
    read: bool = False


Source = Callable[[Iterable[int]], dict[int, ReleasedOutcome]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Say where released decisions are read: a function from primary keys of applications to what was released."""
    if source not in _sources:
        _sources.append(source)


def released_outcomes(pks: Iterable[int]) -> dict[int, ReleasedOutcome]:
    """The released decisions among those applications, by primary key; one query a source, whatever their number."""
    pks = list(pks)
    found: dict[int, ReleasedOutcome] = {}
    for source in _sources:
        found |= source(pks)
    return found
