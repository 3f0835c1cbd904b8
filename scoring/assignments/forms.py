"""The matrix as it comes back from the page."""

from typing import Any

from django import forms

from scoring.assignments.selectors import Matrix

Pair = tuple[str, str]


class MatrixForm(forms.Form):
    """Boxes ticked (`pair`) against the boxes that were ticked when the page was shown (`seen`).

    Only the difference is applied, so that a page left open does not undo a colleague's work.
    """

    pair = forms.MultipleChoiceField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, matrix: Matrix, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = {
            name(row.application.public_id.hex, cell.juror.public_id.hex): (cell.juror, row.application)
            for row in matrix.rows
            for cell in row.cells
        }
        self.fields["pair"].choices = [(each, each) for each in self.pairs]  # type: ignore[attr-defined]
        self.fields["pair"].error_messages["invalid_choice"] = (
            "Une case ne correspond à aucun dossier de ce jury. Rechargez la page."
        )

    def changes(self) -> tuple[list[str], list[str]]:
        """Names to add, names to remove."""
        ticked, seen = set(self.cleaned_data["pair"]), set(self.cleaned_data["seen"].split()) & set(self.pairs)
        order = list(self.pairs)
        return sorted(ticked - seen, key=order.index), sorted(seen - ticked, key=order.index)


def name(application: str, juror: str) -> str:
    """The name of a box."""
    return f"{application}:{juror}"
