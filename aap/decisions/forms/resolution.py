"""The « délibération »: the act itself, and what it says of each application."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from aap.amounts import AmountField
from aap.applications.states import State
from aap.decisions.models import Outcome
from aap.decisions.services import DecisionDraft, ResolutionRefusedError
from aap.decisions.services.checks import LAST_RANK
from aap.decisions.suggestions import Suggestion
from aap.examination.rules import REASON_LENGTH
from aap.fields import DayField, LineField, TextField

COMMITTEE_OUTCOMES = (Outcome.AWARDED, Outcome.RESERVE, Outcome.REFUSED)
RANK = f"Le rang est un nombre entier, de 1 à {LAST_RANK}."


class ResolutionForm(forms.Form):
    """The act itself: its number and its dates."""

    number = LineField(
        label="Numéro de la délibération",
        max_length=40,
        error_messages={"required": "Indiquez le numéro de la délibération : les lettres le citent."},
    )
    adopted_on = DayField(
        label="Date de la délibération",
        what="la date de la délibération",
        help_text="Jour de la séance de la Commission permanente.",
    )
    executory_on = DayField(
        label="Date exécutoire",
        what="la date exécutoire",
        required=False,
        help_text="Après transmission à la préfecture et publication, si vous la connaissez.",
    )
    reserve_until = DayField(
        label="Liste d’attente valable jusqu’au",
        what="jusqu’à quand la liste d’attente est valable",
        required=False,
        help_text="Nécessaire si un dossier est inscrit sur la liste d’attente.",
    )


class RulingForm(forms.Form):
    """What the resolution says of one application."""

    # Which fields are needed depends on the decision chosen: the service says what is missing.
    hide_optional_mark = True

    outcome = forms.ChoiceField(
        label="Décision", required=False, error_messages={"invalid_choice": "Choisissez une décision de la liste."}
    )
    amount = AmountField(label="Montant attribué", required=False, min_value=Decimal(0))
    reserve_rank = forms.IntegerField(
        label="Rang sur la liste d’attente",
        required=False,
        min_value=1,
        max_value=LAST_RANK,
        error_messages={"invalid": RANK, "min_value": RANK, "max_value": RANK},
    )
    reason = TextField(label="Motif du refus", required=False, max_length=REASON_LENGTH, rows=4)

    def __init__(self, data: Any = None, *, suggestion: Suggestion) -> None:
        self.suggestion, self.application = suggestion, suggestion.application
        initial = {
            "outcome": suggestion.outcome,
            "amount": suggestion.amount or None,
            "reserve_rank": suggestion.reserve_rank,
            "reason": suggestion.reason,
        }
        super().__init__(data, initial=initial, prefix=f"dossier-{self.application.public_id}")
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101 - for the type checker
        outcome.choices = [("", "À choisir"), *((each.value, each.label) for each in COMMITTEE_OUTCOMES)]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} – {self.application.organisation}"
        if self.is_waiting:
            outcome.choices[0] = ("", "Reste sur la liste d’attente")

    @property
    def is_waiting(self) -> bool:
        """Already on the reserve: a resolution may leave it there."""
        return self.application.state == State.RESERVE

    def summary(self) -> list[dict[str, str]]:
        """Each error with a link to where it is corrected; what the service refuses, to the decision."""
        return [
            {
                "text": f"{self.application.organisation} : {error}",
                "href": f"#{self[name if name in self.fields else 'outcome'].id_for_label}",
            }
            for name, errors in self.errors.items()
            for error in errors
        ]


class ResolutionForms:
    """The whole page: one resolution, one ruling per application."""

    def __init__(self, suggestions: Iterable[Suggestion], data: Any = None) -> None:
        self.resolution = ResolutionForm(data)
        self.rulings = [RulingForm(data, suggestion=suggestion) for suggestion in suggestions]

    def is_valid(self) -> bool:
        return all([self.resolution.is_valid(), *(ruling.is_valid() for ruling in self.rulings)])

    def drafts(self) -> list[DecisionDraft]:
        """What was typed, for the service. What the chosen decision does not use is left out."""
        until = self.resolution.cleaned_data["reserve_until"]
        drafts = []
        for ruling in self.rulings:
            typed = ruling.cleaned_data
            outcome = typed["outcome"]
            if not outcome and ruling.is_waiting:
                continue
            reserve = outcome == Outcome.RESERVE
            drafts.append(
                DecisionDraft(
                    application=ruling.application,
                    outcome=outcome,
                    amount=(typed["amount"] or Decimal(0)) if outcome == Outcome.AWARDED else Decimal(0),
                    reason=typed["reason"] if outcome == Outcome.REFUSED else "",
                    reserve_rank=typed["reserve_rank"] if reserve else None,
                    reserve_until=until if reserve else None,
                )
            )
        return drafts

    def refuse(self, refused: ResolutionRefusedError) -> None:
        """Put what the service found where it is to be corrected."""
        for sentence in refused.general:
            self.resolution.add_error(None, sentence)
        for ruling in self.rulings:
            for sentence in refused.by_application.get(ruling.application.pk, []):
                ruling.add_error(None, sentence)

    def errors(self) -> list[dict[str, str]]:
        """Every error of the page, each with a link to its field, for the summary at the top."""
        found = [{"text": str(error)} for error in self.resolution.non_field_errors()]
        found += [
            {"text": f"{self.resolution[name].label} : {error}", "href": f"#{self.resolution[name].id_for_label}"}
            for name, errors in self.resolution.errors.items()
            if name in self.resolution.fields
            for error in errors
        ]
        return found + [line for ruling in self.rulings for line in ruling.summary()]
