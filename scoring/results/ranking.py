"""Standard competition ranking: 1, 2, 2, 4, with exact ties."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
TieValues = Mapping[Key, Sequence[Fraction | None]]


@dataclass(frozen=True)
class Place:
    """A rank, and whether it is shared (« ex æquo »)."""

    rank: int
    tied: bool


def rank(notes: Mapping[Key, Fraction], tie_values: TieValues[Key] | None = None) -> dict[Key, Place]:
    """The place of each key, the highest note first.

    `tie_values` gives each key the values declared by the call to separate ties, in order, the greater first. A value
    that one of the tied does not have separates none of them. Never the identifier, never the hour of deposit.
    """
    groups = _groups(list(notes), lambda key: notes[key])
    depth = max((len(values) for values in (tie_values or {}).values()), default=0)
    for level in range(depth):
        groups = [smaller for group in groups for smaller in _split(group, tie_values or {}, level)]
    places, ahead = {}, 0
    for group in groups:
        for key in group:
            places[key] = Place(rank=ahead + 1, tied=len(group) > 1)
        ahead += len(group)
    return places


def _groups(keys, value):  # type: ignore[no-untyped-def]
    by_value: dict[Fraction, list] = {}
    for key in keys:
        by_value.setdefault(value(key), []).append(key)
    return [by_value[each] for each in sorted(by_value, reverse=True)]


def _split(group, tie_values, level):  # type: ignore[no-untyped-def]
    values = {key: tie_values[key][level] if key in tie_values and level < len(tie_values[key]) else None for key in group}
    if len(group) < 2 or any(value is None for value in values.values()):
        return [group]
    return _groups(group, values.__getitem__)
