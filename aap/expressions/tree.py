"""The tree of a condition, and its reading and writing as JSON.

A condition is one of::

    {"all": [condition, …]}      {"any": [condition, …]}      {"not": condition}
    {"compare": "lt", "left": term, "right": term}            eq, ne, lt, le, gt, ge
    {"among": term, "values": ["…", …]}                       a choice, or one of several choices, is among these

and a term one of::

    {"answer": "key"}      {"number": "12.50"}      {"date": "2025-03-31"}      {"text": "…"}      {"yes": true}
    {"times": "0.8", "of": term}                              a share of a number
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

# Deeper or longer than a person can read: a file made to exhaust the server.
DEEPEST = 12
LONGEST = 200

Value = str | bool | Decimal | date | frozenset[str]


class Comparison(StrEnum):
    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


@dataclass(frozen=True)
class Answer:
    """The answer to the question `key`, or a quantity read from it such as « budget.asked »."""

    key: str


@dataclass(frozen=True)
class Constant:
    value: str | bool | Decimal | date


@dataclass(frozen=True)
class Share:
    """`factor` times a term that is a number."""

    factor: Decimal
    term: "Term"


@dataclass(frozen=True)
class Compare:
    comparison: Comparison
    left: "Term"
    right: "Term"


@dataclass(frozen=True)
class Among:
    term: "Term"
    values: frozenset[str]


@dataclass(frozen=True)
class All:
    """True of nothing."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Some:
    """False of nothing."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    part: "Condition"


Term = Answer | Constant | Share
Condition = Compare | Among | All | Some | Not


def answers_in(node: Condition | Term) -> Iterator[str]:
    """The keys that a condition reads, in reading order, each as often as it stands."""
    match node:
        case Answer(key):
            yield key
        case Share(_, term) | Among(term, _):
            yield from answers_in(term)
        case Compare(_, left, right):
            yield from answers_in(left)
            yield from answers_in(right)
        case All(parts) | Some(parts):
            for part in parts:
                yield from answers_in(part)
        case Not(part):
            yield from answers_in(part)


def read(content: Any) -> Condition:
    """The condition that `content` (parsed JSON) writes. Raises ValueError on anything else."""
    return _Reader().condition(content, DEEPEST)


class _Reader:
    """Reads one tree and counts its nodes."""

    def __init__(self) -> None:
        self.left = LONGEST

    def condition(self, content: Any, depth: int) -> Condition:
        self._enter(content, depth)
        match content:
            case {"all": list(parts), **rest} if not rest:
                return All(tuple(self.condition(part, depth - 1) for part in parts))
            case {"any": list(parts), **rest} if not rest:
                return Some(tuple(self.condition(part, depth - 1) for part in parts))
            case {"not": part, **rest} if not rest:
                return Not(self.condition(part, depth - 1))
            case {"compare": str(comparison), "left": left, "right": right, **rest} if not rest:
                return Compare(Comparison(comparison), self.term(left, depth - 1), self.term(right, depth - 1))
            case {"among": term, "values": [*values], **rest} if not rest and all(isinstance(each, str) for each in values):
                return Among(self.term(term, depth - 1), frozenset(values))
        raise ValueError(f"not a condition: {content!r:.200}")

    def term(self, content: Any, depth: int) -> Term:
        self._enter(content, depth)
        match content:
            case {"answer": str(key), **rest} if key and not rest:
                return Answer(key)
            case {"number": str(number), **rest} if not rest:
                return Constant(_number(number))
            case {"date": str(day), **rest} if not rest:
                return Constant(date.fromisoformat(day))
            case {"text": str(text), **rest} if not rest:
                return Constant(text)
            case {"yes": bool(yes), **rest} if not rest:
                return Constant(yes)
            case {"times": str(factor), "of": term, **rest} if not rest:
                return Share(_number(factor), self.term(term, depth - 1))
        raise ValueError(f"not a term: {content!r:.200}")

    def _enter(self, content: Any, depth: int) -> None:
        self.left -= 1
        if depth <= 0 or self.left < 0:
            raise ValueError("a condition too deep or too long")
        if not isinstance(content, dict):
            raise ValueError(f"not an object: {content!r:.200}")


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not a number: {text!r:.50}") from None
    if not number.is_finite() or abs(number.adjusted()) > 15:
        raise ValueError(f"not a plausible number: {text!r:.50}")
    return number


def write(node: Condition | Term) -> dict[str, Any]:  # noqa: PLR0911 - one line a node
    """The JSON that `read` reads."""
    match node:
        case All(parts):
            return {"all": [write(part) for part in parts]}
        case Some(parts):
            return {"any": [write(part) for part in parts]}
        case Not(part):
            return {"not": write(part)}
        case Compare(comparison, left, right):
            return {"compare": comparison.value, "left": write(left), "right": write(right)}
        case Among(term, values):
            return {"among": write(term), "values": sorted(values)}
        case Answer(key):
            return {"answer": key}
        case Share(factor, term):
            return {"times": str(factor), "of": write(term)}
        case Constant(value):
            return _write_constant(value)


def _write_constant(value: str | bool | Decimal | date) -> dict[str, Any]:
    match value:
        case bool():
            return {"yes": value}
        case Decimal():
            return {"number": str(value)}
        case date():
            return {"date": value.isoformat()}
        case str():
            return {"text": value}
