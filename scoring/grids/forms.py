"""The grid as the secretariat types it."""

from typing import Any

from django import forms

from scoring.grids.models import ScoringGrid
from scoring.grids.services import CriterionDraft


class CriterionForm(forms.Form):
    """One criterion. A criterion without a name is left out: that is how one removes it."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label="Critère", max_length=160, required=False)
    weight = forms.DecimalField(label="Pondération", max_digits=5, decimal_places=2, min_value=0, required=False, localize=True)
    guidance = forms.CharField(label="À examiner", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    levels = forms.CharField(
        label="Une phrase par niveau, de 0 au maximum (une par ligne)", required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    eliminatory = forms.BooleanField(label="Une note moyenne de 0 est éliminatoire", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("label") and not data.get("weight"):
            self.add_error("weight", "Donnez une pondération supérieure à zéro.")
        return data

    def draft(self) -> CriterionDraft | None:
        data = self.cleaned_data
        if not data["label"].strip():
            return None
        levels = [line.strip()[:160] for line in data["levels"].splitlines() if line.strip()]
        return CriterionDraft(
            label=data["label"].strip(), weight=data["weight"], guidance=data["guidance"].strip(),
            maximum=len(levels) - 1 if len(levels) > 1 else 5, levels=levels if len(levels) > 1 else (), eliminatory=data["eliminatory"],
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
