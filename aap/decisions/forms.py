"""What officers type: the resolution, a decision on admissibility."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from aap import clock
from aap.amounts import AmountField
from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call, EligibilityRule
from aap.decisions.models import Outcome
from aap.decisions.selectors import delegations_of
from aap.decisions.services import DecisionDraft, DelegationDraft, ResolutionRefusedError
from aap.decisions.suggestions import Suggestion
from aap.examination.selectors import checklist

COMMITTEE_OUTCOMES = (Outcome.AWARDED, Outcome.RESERVE, Outcome.REFUSED)


class DateField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ResolutionForm(forms.Form):
    """The act itself: its number and its dates."""

    number = forms.CharField(label="Numéro de la délibération", max_length=40)
    adopted_on = DateField(label="Date de la délibération", help_text="Jour de la séance de la Commission permanente.")
    executory_on = DateField(
        label="Date exécutoire",
        required=False,
        help_text="Après transmission à la préfecture et publication, si vous la connaissez.",
    )
    reserve_until = DateField(
        label="Liste d’attente valable jusqu’au",
        required=False,
        help_text="Nécessaire si un dossier est inscrit sur la liste d’attente.",
    )


class RulingForm(forms.Form):
    """What the resolution says of one application."""

    # Which fields are needed depends on the decision chosen: the service says what is missing.
    hide_optional_mark = True

    outcome = forms.ChoiceField(label="Décision", required=False)
    amount = AmountField(label="Montant attribué", required=False, min_value=Decimal(0))
    reserve_rank = forms.IntegerField(label="Rang sur la liste d’attente", required=False, min_value=1)
    reason = forms.CharField(label="Motif du refus", required=False, widget=forms.Textarea(attrs={"rows": 4}))

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
        for ruling in self.rulings:
            link = f"#{ruling['outcome'].id_for_label}"
            found += [
                {"text": f"{ruling.application.organisation} : {error}", "href": link}
                for errors in ruling.errors.values()
                for error in errors
            ]
        return found


class DelegationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"n° {obj.number} du {obj.adopted_on:%d/%m/%Y}"


class AdmissibilityForm(forms.Form):
    """Irrecevable or inéligible, with the reason that the letter will give and the delegation it will cite."""

    outcome = forms.ChoiceField(
        label="Décision",
        widget=forms.RadioSelect,
        choices=[
            (Outcome.INADMISSIBLE.value, "Irrecevable : une condition de forme manque (délai, pièces, voie de dépôt)"),
            (Outcome.INELIGIBLE.value, "Inéligible : une condition de fond du règlement n’est pas remplie"),
        ],
    )
    article = forms.CharField(label="Article du règlement", max_length=120, help_text="Par exemple « article 4 ».")
    reason = forms.CharField(
        label="Motif",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Il figurera tel quel dans la lettre : des faits, exacts et courts.",
    )
    delegation: DelegationField = DelegationField(
        label="Délégation", queryset=None, required=False, empty_label="Une autre délégation, à préciser ci-dessous"
    )
    number = forms.CharField(label="Numéro de la délégation", max_length=40, required=False)
    adopted_on = DateField(label="Date de la délégation", required=False)
    signatory_role = forms.CharField(
        label="Qualité du signataire",
        max_length=120,
        required=False,
        help_text="Par exemple « La directrice de l’inclusion numérique ».",
    )
    signatory_name = forms.CharField(label="Prénom et nom du signataire", max_length=120, required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recorded = delegations_of(call)
        choice = self.fields["delegation"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = recorded
        self.initial.setdefault("delegation", recorded.first())
        if not recorded:
            del self.fields["delegation"]
            self.fields["number"].required = self.fields["adopted_on"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("delegation"):
            for name in ("number", "adopted_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "La lettre doit citer la délégation : indiquez son numéro et sa date.")
            if cleaned.get("adopted_on") and cleaned["adopted_on"] > clock.today():
                self.add_error("adopted_on", "Cette date est dans le futur.")
        return cleaned

    def delegation_chosen(self) -> Any:
        """The recorded delegation, or the one to record."""
        typed = self.cleaned_data
        return typed.get("delegation") or DelegationDraft(
            typed["number"], typed["adopted_on"], typed["signatory_role"], typed["signatory_name"]
        )


def suggested_admissibility(application: Application) -> dict[str, str]:
    """What the officers' findings already say: nature, articles, reason."""
    unmet = checklist(application).unmet
    formal = any(point.rule.kind == EligibilityRule.Kind.FORMAL for point in unmet)
    articles = dict.fromkeys(point.rule.article for point in unmet if point.rule.article)
    lines = []
    for point in unmet:
        note = f" {point.check.note}" if point.check and point.check.note else ""
        lines.append(f"« {point.rule.label} » : cette condition n’est pas remplie.{note}")
    return {
        "outcome": Outcome.INADMISSIBLE if formal or not unmet else Outcome.INELIGIBLE,
        "article": ", ".join(articles),
        "reason": "\n".join(lines),
    }
