"""Irrecevable or inéligible: the reason that the letter will give, and the delegation it will cite."""

from typing import Any

from django import forms

from aap import clock
from aap.applications.models import Application
from aap.decisions.models import Outcome
from aap.decisions.selectors import delegations_of
from aap.decisions.services import DelegationDraft
from aap.decisions.suggestions import suggest_admissibility
from aap.decisions.wording import long_date
from aap.examination.rules import REASON_LENGTH
from aap.fields import DayField, LineField, TextField
from aap.people.models import User

NUMBER = "Indiquez le numéro de la délégation : la lettre doit la citer."
SIGNED_ON = "Indiquez la date de la délégation : la lettre doit la citer."
BOTH = "Indiquez la qualité et le nom du signataire, ou aucun des deux : c’est alors l’autorité qui signe."


class DelegationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"n° {obj.number} du {long_date(obj.adopted_on)}"


class AdmissibilityForm(forms.Form):
    """The whole page. What is compulsory depends on the delegation chosen: the errors say it, not a mark."""

    hide_optional_mark = True

    outcome = forms.ChoiceField(
        label="Décision",
        widget=forms.RadioSelect,
        choices=[
            (Outcome.INADMISSIBLE.value, "Irrecevable : une condition de forme manque (délai, pièces, voie de dépôt)"),
            (Outcome.INELIGIBLE.value, "Inéligible : une condition de fond du règlement n’est pas remplie"),
        ],
        error_messages={
            "required": "Choisissez entre irrecevable et inéligible.",
            "invalid_choice": "Choisissez entre irrecevable et inéligible.",
        },
    )
    article = LineField(
        label="Article du règlement",
        max_length=120,
        help_text="Par exemple « article 4 ».",
        error_messages={"required": "Indiquez l’article du règlement : la lettre le cite."},
    )
    reason = TextField(
        label="Motif",
        max_length=REASON_LENGTH,
        rows=6,
        help_text=(
            "Il figurera tel quel dans la lettre : des faits, exacts et courts. Irrecevable, par exemple : « Le budget "
            "prévisionnel n’a pas été joint avant la clôture. » Inéligible : « Le projet se déroule hors du département. »"
        ),
        error_messages={
            "required": "Écrivez le motif : il figurera dans la lettre, et la structure doit comprendre quelle condition manque."
        },
    )
    delegation: DelegationField = DelegationField(
        label="Délégation",
        queryset=None,
        required=False,
        empty_label="Une autre délégation, à préciser ci-dessous",
        error_messages={"invalid_choice": "Choisissez une délégation de la liste, ou précisez-en une autre."},
    )
    number = LineField(label="Numéro de la délégation", max_length=40, required=False, error_messages={"required": NUMBER})
    adopted_on = DayField(label="Date de la délégation", what="la date de la délégation", required=False)
    signatory_role = LineField(
        label="Qualité du signataire",
        max_length=120,
        required=False,
        help_text="Par exemple « La directrice de l’inclusion numérique ». Sans signataire, l’autorité signe la lettre.",
    )
    signatory_name = LineField(label="Prénom et nom du signataire", max_length=120, required=False)

    def __init__(self, data: Any = None, *, application: Application, user: User) -> None:
        super().__init__(data, initial=suggest_admissibility(application))
        recorded = delegations_of(application.call, user)
        choice = self.fields["delegation"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = recorded
        self.initial["delegation"] = recorded.first()
        if not recorded:
            del self.fields["delegation"]

    @property
    def describes_delegation(self) -> bool:
        """Whether the fields of a new delegation are to be shown open: nothing to choose from, or something typed there."""
        own = ("number", "adopted_on", "signatory_role", "signatory_name")
        return "delegation" not in self.fields or any(self[name].value() or name in self.errors for name in own)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delegation") or "delegation" in self.errors:
            return cleaned
        for name, sentence in (("number", NUMBER), ("adopted_on", SIGNED_ON)):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if cleaned.get("adopted_on") and cleaned["adopted_on"] > clock.today():
            self.add_error("adopted_on", "Cette date est dans le futur. Indiquez le jour où la délégation a été signée.")
        if bool(cleaned.get("signatory_role")) != bool(cleaned.get("signatory_name")):
            self.add_error("signatory_role" if cleaned.get("signatory_name") else "signatory_name", BOTH)
        return cleaned

    def delegation_chosen(self) -> Any:
        """The recorded delegation, or the one to record."""
        typed = self.cleaned_data
        return typed.get("delegation") or DelegationDraft(
            typed["number"], typed["adopted_on"], typed["signatory_role"], typed["signatory_name"]
        )
