"""The ballot: one field set a criterion, built from the grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from aap.fields import TextField
from scoring.grids.models import Criterion
from scoring.lengths import COMMENT_LENGTH
from scoring.reviews.models import Review
from scoring.reviews.services import Entry

TILE_LENGTH = 26
UNREADABLE = "La page est arrivée incomplète. Copiez ce que vous avez écrit, rechargez-la, puis enregistrez de nouveau."


@dataclass(frozen=True)
class CriterionRow:
    """What the template draws for one criterion."""

    criterion: Criterion
    mark: forms.BoundField
    comment: forms.BoundField
    communicable: forms.BoundField
    levels: list[tuple[int, str]]
    weight_percent: int

    @property
    def wordy(self) -> bool:
        """Long sentences are stacked; short ones stand in tiles."""
        return any(len(sentence) > TILE_LENGTH for _value, sentence in self.levels)

    @property
    def value(self) -> str:
        value = self.mark.value()
        return "" if value is None else str(value)


class ReviewForm(forms.Form):
    """A whole ballot. Nothing is compulsory here: a draft may be as empty as one likes, `submit` says what is missing."""

    edit_version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), UNREADABLE),
    )
    appreciation = TextField(
        label="Appréciation générale",
        required=False,
        help_text="L’essentiel en quelques phrases, sur le projet et non sur les personnes. Elle reste interne au jury.",
        max_length=COMMENT_LENGTH,
        rows=4,
    )

    def __init__(self, *args: Any, criteria: list[Criterion], review: Review | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(review))
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            marks = [(value, str(value)) for value in range(criterion.maximum + 1)]
            self.fields[f"mark_{criterion.key}"] = forms.TypedChoiceField(
                label=criterion.label, choices=marks, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
                error_messages={"invalid_choice": f"La note va de 0 à {criterion.maximum}."},
            )  # fmt: skip
            self.fields[f"comment_{criterion.key}"] = TextField(
                label=f"Commentaire, {criterion.label}", required=False, max_length=COMMENT_LENGTH, rows=2
            )
            self.fields[f"communicable_{criterion.key}"] = forms.BooleanField(
                label="Communicable à la structure", required=False
            )

    @property
    def rows(self) -> Iterator[CriterionRow]:
        total = sum(criterion.weight for criterion in self.criteria)
        for criterion in self.criteria:
            sentences = criterion.levels or [""] * (criterion.maximum + 1)
            yield CriterionRow(
                criterion=criterion,
                mark=self[f"mark_{criterion.key}"],
                comment=self[f"comment_{criterion.key}"],
                communicable=self[f"communicable_{criterion.key}"],
                levels=list(zip(range(criterion.maximum + 1), sentences, strict=False)),
                weight_percent=round(criterion.weight * 100 / total),
            )

    def entries(self) -> dict[str, Entry]:
        """The ballot for the service. A field that did not validate is left as it is stored."""
        data = self.cleaned_data
        return {
            criterion.key: Entry(
                data[f"mark_{criterion.key}"],
                data.get(f"comment_{criterion.key}", ""),
                data.get(f"communicable_{criterion.key}", False),
            )
            for criterion in self.criteria
            if f"mark_{criterion.key}" in data and f"comment_{criterion.key}" in data
        }

    def first_problem(self) -> str:
        """One sentence for the line that says whether the draft was saved."""
        name, errors = next(iter(self.errors.items()))
        label = self.fields[name].label if name in self.fields and not self[name].is_hidden else ""
        return f"« {label} » : {errors[0]}" if label else str(errors[0])

    def add_problems(self, problems: dict[str, str]) -> None:
        """Show what `submit` found missing, each at its field."""
        for key, sentence in problems.items():
            field = "appreciation" if key == "appreciation" else _faulty_field(key, self.cleaned_data)
            self.add_error(field, sentence)


class HandInForm(forms.Form):
    """The version that was read on the confirmation page."""

    edit_version = forms.IntegerField(min_value=1)


def _faulty_field(key: str, data: dict[str, Any]) -> str:
    return f"mark_{key}" if data.get(f"mark_{key}") is None else f"comment_{key}"


def _initial(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {"edit_version": 0}
    initial: dict[str, Any] = {"edit_version": review.edit_version, "appreciation": review.appreciation}
    for score in review.scores.select_related("criterion"):
        key = score.criterion.key
        initial |= {f"mark_{key}": score.value, f"comment_{key}": score.comment, f"communicable_{key}": score.communicable}
    return initial
