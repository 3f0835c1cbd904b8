"""What is typed before and during the sitting."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime

from aap.amounts import AmountField
from aap.applications.models import Application
from aap.decisions.models import Avis
from scoring.deliberations.models import Opinion, Sitting
from scoring.deliberations.selectors import RankedApplication
from scoring.panels.models import Panel

FUNDED = (Avis.FAVOURABLE, Avis.RESERVED)


class SittingForm(forms.ModelForm):
    """When and where."""

    class Meta:
        model = Sitting
        fields = ["starts_at", "place"]
        widgets = {"starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}
        help_texts = {"place": "Salle et adresse, ou « visioconférence »."}


class AttendanceForm(forms.Form):
    """Who sits today."""

    present = forms.ModelMultipleChoiceField(label="Membres présents", queryset=None, widget=forms.CheckboxSelectMultiple)
    remarks = forms.CharField(
        label="Observations à porter au procès-verbal", required=False, widget=forms.Textarea(attrs={"rows": 3}),
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
    reservations = forms.CharField(label="Réserve", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    inversion_reason = forms.CharField(
        label="Motif de l’écart au classement", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
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
        return parse_datetime(self.cleaned_data["seen"]) if self.cleaned_data.get("seen") else None

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
