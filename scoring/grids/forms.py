"""The grid as the secretariat types it."""

import re
from typing import Any

from django import forms

from aap.fields import LineField, TextField
from scoring.grids.models import ScoringGrid
from scoring.grids.services import CriterionDraft

KEY = re.compile(r"[-a-zA-Z0-9_]{1,40}")
HIGHEST, LEVEL_LENGTH, LEVELS_LENGTH, GUIDANCE_LENGTH = 20, 160, 4000, 2000


class CriterionForm(forms.Form):
    """One criterion. A criterion without a name is left out: that is how one removes it."""

    # The name and the weight are wanted in every row that is kept: « facultatif » beside them would be untrue.
    hide_optional_mark = True

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = LineField(label="Critère", max_length=160, required=False, help_text="Laissez vide pour ne pas garder ce critère.")
    weight = forms.DecimalField(label="Pondération", max_digits=5, decimal_places=2, min_value=0, required=False, localize=True)
    guidance = TextField(label="À examiner", max_length=GUIDANCE_LENGTH, required=False, rows=2)
    levels = TextField(
        label="Une phrase par niveau, de 0 au maximum (une par ligne)",
        help_text="Facultatif. Sans phrases, la note va de 0 à 5.",
        max_length=LEVELS_LENGTH,
        required=False,
        rows=6,
    )
    eliminatory = forms.BooleanField(label="Une note moyenne de 0 est éliminatoire", required=False)

    def clean_key(self) -> str:
        """The page's own memory of which criterion this is; a forged one is a new criterion."""
        key: str = self.cleaned_data["key"]
        return key if KEY.fullmatch(key) else ""

    def clean_levels(self) -> list[str]:
        """One sentence a level; empty for the plain scale from 0 to 5."""
        found = [line.strip() for line in self.cleaned_data["levels"].splitlines() if line.strip()]
        if len(found) == 1:
            raise forms.ValidationError("Écrivez une phrase pour chaque niveau, à partir de 0, ou aucune.")
        if len(found) > HIGHEST + 1:
            raise forms.ValidationError(f"Une note va au plus jusqu’à {HIGHEST}, soit {HIGHEST + 1} lignes.")
        if long := [line for line in found if len(line) > LEVEL_LENGTH]:
            raise forms.ValidationError(f"« {long[0][:40]}… » : gardez {LEVEL_LENGTH} caractères au plus par niveau.")
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("label") and not data.get("weight"):
            self.add_error("weight", "Donnez une pondération supérieure à zéro.")
        return data

    def draft(self) -> CriterionDraft | None:
        data = self.cleaned_data
        if not data["label"]:
            return None
        levels = data["levels"]
        return CriterionDraft(
            label=data["label"], weight=data["weight"], guidance=data["guidance"],
            maximum=len(levels) - 1 if levels else 5, levels=levels, eliminatory=data["eliminatory"],
            key=data["key"],
        )  # fmt: skip


CriterionFormSet = forms.formset_factory(CriterionForm, extra=1, max_num=20, validate_max=True)


def initial_of(grid: ScoringGrid | None) -> list[dict[str, Any]]:
    """The grid in force as initial values."""
    if grid is None:
        return []
    return [
        {
            "key": each.key, "label": each.label, "weight": each.weight, "guidance": each.guidance,
            "levels": "\n".join(each.levels), "eliminatory": each.eliminatory,
        }
        for each in grid.criteria.all()
    ]  # fmt: skip
