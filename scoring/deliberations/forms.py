"""What is typed before and during the sitting."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from aap.amounts import AmountField
from aap.applications.models import Application
from aap.decisions.models import Avis
from aap.fields import LineField, TextField
from scoring.deliberations.models import Opinion, Sitting
from scoring.deliberations.selectors import RankedApplication
from scoring.lengths import REASON_LENGTH, REMARKS_LENGTH
from scoring.panels.models import Panel

UNREADABLE = "Cette ligne est arrivée incomplète. Rechargez la page, puis enregistrez de nouveau."
FUNDED = (Avis.FAVOURABLE, Avis.RESERVED)


class SittingForm(forms.ModelForm):
    """When and where."""

    class Meta:
        model = Sitting
        fields = ["starts_at", "place"]
        field_classes = {"place": LineField}
        widgets = {"starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}
        help_texts = {"place": "Salle et adresse, ou « visioconférence »."}
        error_messages = {
            "starts_at": {
                "required": "Donnez la date et l’heure de la séance.",
                "invalid": "Donnez une date et une heure, par exemple 11/12/2026 14:00.",
            },
            "place": {"required": "Dites où la séance a lieu."},
        }


class AttendanceForm(forms.Form):
    """Who sits today."""

    present = forms.ModelMultipleChoiceField(
        label="Membres présents",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un membre présent."},
    )
    remarks = TextField(
        label="Observations à porter au procès-verbal", required=False, max_length=REMARKS_LENGTH, rows=3,
        help_text="Personnes excusées, incidents, points discutés. Ne nommez ici aucun dossier dont un membre s’est déporté.",
    )  # fmt: skip

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["present"].queryset = panel.jurors.select_related("user")
        self.fields["present"].label_from_instance = lambda juror: (
            f"{juror.user}{f' – {juror.body}' if juror.body else ''}" + (" (présidence)" if juror.is_chair else "")
        )


class OpinionForm(forms.Form):
    """The opinion on one application, prefilled with what the ranking and the envelope allow."""

    avis = forms.ChoiceField(label="Avis", choices=[("", "À délibérer"), *Avis.choices], required=False)
    amount = AmountField(label="Montant proposé (€)", required=False, min_value=0)
    reservations = TextField(label="Réserve", required=False, max_length=REASON_LENGTH, rows=2)
    inversion_reason = TextField(label="Motif de l’écart au classement", required=False, max_length=REASON_LENGTH, rows=2)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        row: RankedApplication,
        opinion: Opinion | None,
        proposal: Decimal | None,
        reserve: bool,
        **kwargs: Any,
    ) -> None:
        self.row, self.opinion = row, opinion
        super().__init__(
            *args,
            prefix=row.application.public_id.hex,
            label_suffix="",
            initial=_recorded(opinion) if opinion else _proposed(row, proposal, reserve),
            **kwargs,
        )

    @property
    def application(self) -> Application:
        return self.row.application

    @property
    def seen_at(self) -> datetime | None:
        return self.cleaned_data["seen"]

    def clean_seen(self) -> datetime | None:
        """When the opinion shown had been recorded. The page writes it: anything unreadable is a page gone wrong."""
        value = self.cleaned_data["seen"]
        try:
            found = parse_datetime(value) if value else None
        except ValueError:
            found = None
        if value and (found is None or is_naive(found)):
            raise forms.ValidationError(UNREADABLE)
        return found

    def show_stamp(self) -> None:
        """Make the row, as it is sent back to its reader, speak of the opinion recorded now."""
        stamp = self.opinion.recorded_at.isoformat() if self.opinion else ""
        self.data = {**self.data.dict(), self.add_prefix("seen"): stamp}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("avis") in FUNDED and "amount" in data and not data["amount"]:
            self.add_error("amount", "Un avis favorable propose un montant supérieur à zéro.")
        if data.get("avis") == Avis.RESERVED and not data.get("reservations", "").strip():
            self.add_error("reservations", "Dites quelle est la réserve.")
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "avis": data["avis"],
            "proposed_amount": (data["amount"] or Decimal(0)) if data["avis"] in FUNDED else Decimal(0),
            "reservations": data["reservations"] if data["avis"] == Avis.RESERVED else "",
            "inversion_reason": data["inversion_reason"] if data["avis"] not in FUNDED else "",
        }


def _short(amount: Decimal) -> Decimal:
    """« 9000 » rather than « 9000,00 » in a field."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def _recorded(opinion: Opinion) -> dict[str, Any]:
    return {
        "avis": opinion.avis,
        "amount": _short(opinion.proposed_amount) or None,
        "reservations": opinion.reservations,
        "inversion_reason": opinion.inversion_reason,
        "seen": opinion.recorded_at.isoformat(),
    }


def _proposed(row: RankedApplication, proposal: Decimal | None, reserve: bool) -> dict[str, Any]:
    if proposal:
        return {"avis": Avis.FAVOURABLE, "amount": _short(proposal)}
    if reserve:
        return {"avis": Avis.RESERVE_LIST}
    return {"avis": Avis.UNFAVOURABLE if row.rank is not None and not row.standing.fundable else ""}
