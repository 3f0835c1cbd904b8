"""What the jury's reviews say of each application: note, spread, coverage, thresholds, rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from scoring.results.notes import Mark, Weighting, criterion_means, juror_note, mean
from scoring.results.ranking import Key, Place, TieValues, rank


@dataclass(frozen=True)
class Ballot:
    """One submitted review, with the criteria of the grid it used."""

    marks: Mapping[str, Mark]
    criteria: Sequence[Weighting]


@dataclass(frozen=True)
class Standing(Generic[Key]):
    """One application in the ranking. Without enough reviews it has a note perhaps, a rank never."""

    key: Key
    note: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    reviews: int
    required: int
    criterion_means: Mapping[str, Fraction]
    below_pass_mark: bool
    eliminated_by: tuple[str, ...]
    place: Place | None

    @property
    def rankable(self) -> bool:
        return self.place is not None

    @property
    def fundable(self) -> bool:
        """Whether the rules of the call let the jury propose money without further ado."""
        return self.rankable and not self.below_pass_mark and not self.eliminated_by


def standings(
    ballots: Mapping[Key, Sequence[Ballot]],
    *,
    required: int,
    pass_mark: Fraction,
    tie_values: TieValues[Key] | None = None,
) -> list[Standing[Key]]:
    """Every application of `ballots`, ranked ones first in order, then those that cannot be ranked, in the order given.

    `ballots` holds the submitted reviews of voting, non-recused members. Thresholds apply to the jury's mean, never to
    one juror's note. An application under a threshold keeps its rank: the jury sees it where it stands.
    """
    notes, means, spread = {}, {}, {}
    for key, cast in ballots.items():
        given = [note for ballot in cast if (note := juror_note(ballot.marks, ballot.criteria)) is not None]
        notes[key], spread[key] = mean(given), given
        means[key] = criterion_means([ballot.marks for ballot in cast], _all_criteria(cast))
    places = rank({key: note for key, note in notes.items() if note is not None and len(spread[key]) >= required}, tie_values)
    listed = [
        Standing(
            key=key,
            note=notes[key],
            lowest=min(spread[key], default=None),
            highest=max(spread[key], default=None),
            reviews=len(spread[key]),
            required=required,
            criterion_means=means[key],
            below_pass_mark=(note := notes[key]) is not None and note < pass_mark,
            eliminated_by=tuple(
                each.key for each in _all_criteria(ballots[key]) if each.eliminatory and means[key].get(each.key) == 0
            ),
            place=places.get(key),
        )
        for key in ballots
    ]
    return sorted(listed, key=lambda standing: standing.place.rank if standing.place else len(listed) + 1)


def _all_criteria(ballots: Sequence[Ballot]) -> list[Weighting]:
    return list({criterion.key: criterion for ballot in ballots for criterion in ballot.criteria}.values())
