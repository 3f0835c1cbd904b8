"""From ranking to money: the waterfall under an envelope, to the cent, and the departures from the ranking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from typing import Generic

from scoring.results.ranking import Key

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Request(Generic[Key]):
    """What a ranked application asks for. `fundable`: above the thresholds of the call."""

    key: Key
    rank: int
    requested: Decimal
    cost: Decimal
    fundable: bool = True


@dataclass(frozen=True)
class Waterfall(Generic[Key]):
    """Amounts proposed by rank, the reserve list in order, what is left, and the tie that straddles the line if any."""

    proposals: dict[Key, Decimal]
    reserve: tuple[Key, ...]
    remaining: Decimal
    straddling: tuple[Key, ...] = ()


def capped(requested: Decimal, cost: Decimal, *, ceiling: Decimal | None, max_rate: Decimal) -> Decimal:
    """min(requested, ceiling, rate × cost), to the cent; the rate, in percent, is never exceeded by a rounding."""
    amount = min(requested, (cost * max_rate / 100).quantize(CENT, rounding=ROUND_DOWN))
    return max(min(amount, ceiling) if ceiling is not None else amount, Decimal(0)).quantize(CENT, rounding=ROUND_DOWN)


def waterfall(
    requests: Iterable[Request[Key]], *, envelope: Decimal, floor: Decimal, ceiling: Decimal | None, max_rate: Decimal
) -> Waterfall[Key]:
    """Walk the ranking and stop at the first that does not fit; what follows is the reserve list.

    Nothing is skipped, so the proposal never departs from the ranking. Applications ex æquo are funded together or not
    at all: across the line, the choice is the jury's. An amount under the floor is no proposal.
    """
    remaining, stopped = envelope, False
    proposals: dict[Key, Decimal] = {}
    reserve: list[Key] = []
    straddling: tuple[Key, ...] = ()
    ranked = sorted((request for request in requests if request.fundable), key=lambda request: request.rank)
    for _rank, group in groupby(ranked, key=lambda request: request.rank):
        tied = [(each.key, capped(each.requested, each.cost, ceiling=ceiling, max_rate=max_rate)) for each in group]
        payable = [(key, amount) for key, amount in tied if amount > 0 and amount >= floor]
        wanted = sum((amount for _key, amount in payable), Decimal(0))
        if not stopped and wanted > remaining:
            stopped = True
            straddling = tuple(key for key, _amount in payable) if len(payable) > 1 else ()
        if stopped:
            reserve += [key for key, _amount in payable]
            continue
        proposals.update(payable)
        remaining -= wanted
    return Waterfall(proposals, tuple(reserve), remaining, straddling)


@dataclass(frozen=True)
class Choice(Generic[Key]):
    """What the jury gives a ranked application."""

    key: Key
    rank: int
    amount: Decimal
    fundable: bool = True


def passed_over(choices: Sequence[Choice[Key]]) -> dict[Key, tuple[Key, ...]]:
    """Each unfunded application better ranked than a funded one, with those funded below it.

    An application that the thresholds of the call exclude is not passed over: the rule already says why.
    """
    funded = [choice for choice in choices if choice.amount > 0]
    inversions: dict[Key, tuple[Key, ...]] = {}
    for choice in choices:
        below = tuple(each.key for each in funded if each.rank > choice.rank)
        if choice.amount == 0 and choice.fundable and below:
            inversions[choice.key] = below
    return inversions
