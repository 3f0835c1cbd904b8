"""Which letter of a batch is to be made again."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from aap.decisions.models import Decision


class OneDecisionForm(forms.Form):
    """One decision of the batch, or none: all of them."""

    decision = forms.ModelChoiceField(queryset=Decision.objects.none(), to_field_name="public_id", required=False)

    def __init__(self, data: Any, *, decisions: QuerySet[Decision]) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField", self.fields["decision"]).queryset = decisions
