"""The note of one juror and of the jury, exact: fractions from the ballot to the ranking, decimals only on screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

OUT_OF = 100


class Empty(Enum):
    """Why there is no mark. Zero is none of these: « 0 – absent du dossier » is a mark."""

    NOT_APPLICABLE = "not_applicable"
    NO_OPINION = "no_opinion"
    NOT_SCORED = "not_scored"


Mark = int | Empty


@dataclass(frozen=True)
class Weighting:
    """What the arithmetic needs of a criterion."""

    key: str
    weight: Fraction
    maximum: int
    eliminatory: bool = False


def juror_note(marks: Mapping[str, Mark], criteria: Sequence[Weighting]) -> Fraction | None:
    """100 · Σ w·(x/max) / Σ w over the criteria that are applicable and answered; None while it is not finished.

    A criterion absent from `marks` is out of both sums, like « sans objet » and « ne se prononce pas »: leaving it out
    never pulls a note up or down. A criterion not scored yet makes the note not exist yet.
    """
    given = [(criterion, marks[criterion.key]) for criterion in criteria if criterion.key in marks]
    if any(mark is Empty.NOT_SCORED for _criterion, mark in given):
        return None
    answered = [(criterion, mark) for criterion, mark in given if isinstance(mark, int)]
    total = sum((criterion.weight for criterion, _mark in answered), Fraction(0))
    if not total:
        return None
    return (
        OUT_OF
        * sum((criterion.weight * Fraction(mark, criterion.maximum) for criterion, mark in answered), Fraction(0))
        / total
    )


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The arithmetic mean, exact; None of nothing."""
    listed = list(values)
    return sum(listed, Fraction(0)) / len(listed) if listed else None


def criterion_means(reviews: Iterable[Mapping[str, Mark]], criteria: Sequence[Weighting]) -> dict[str, Fraction]:
    """The jury's mean mark for each criterion that somebody marked."""
    listed = list(reviews)
    means = {}
    for criterion in criteria:
        marks = [Fraction(mark) for review in listed if isinstance(mark := review.get(criterion.key), int)]
        if marks:
            means[criterion.key] = sum(marks, Fraction(0)) / len(marks)
    return means


def display(value: Fraction | None) -> Decimal | None:
    """To the hundredth, half up: for the eye only, never to compare (rounding can swap neighbours)."""
    if value is None:
        return None
    hundredths = Decimal((2 * 100 * value.numerator + value.denominator) // (2 * value.denominator))
    return (hundredths / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
