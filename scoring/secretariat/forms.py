"""Why something is put right."""

from django import forms

from aap.fields import TextField
from scoring.lengths import REASON_LENGTH


class ReasonForm(forms.Form):
    """The reason of an act that the history keeps."""

    reason = TextField(
        label="Motif",
        max_length=REASON_LENGTH,
        rows=3,
        help_text="Une phrase suffit. Elle est gardée dans l’historique et envoyée à la personne.",
        error_messages={"required": "Écrivez le motif : l’historique le garde."},
    )
