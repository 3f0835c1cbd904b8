"""What officers type in: filters, findings, who follows."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q

from aap.applications.models import Application
from aap.applications.states import DEPOSITED
from aap.calls.models import Call
from aap.desk.selectors.listing import DEFAULT_SORT, MINE, NOBODY, REFUSAL, SORTS, STALE, ListQuery
from aap.examination.models import EligibilityCheck
from aap.examination.rules import NOTE_LENGTH
from aap.examination.selectors import Checklist, Point, officers, officers_of
from aap.fields import TextField
from aap.people.models import User

Outcome = EligibilityCheck.Outcome


class ListForm(forms.Form):
    """The filters and the order of a list, read from the address; its parameters are French, as every address is."""

    hide_optional_mark = True

    text = forms.CharField(
        label="Projet, structure ou numéro",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": "Cherchez avec 100 caractères au plus : quelques mots suffisent."},
    )
    theme = forms.ChoiceField(label="Axe", required=False)
    officer = forms.ChoiceField(label="Suivi par", required=False)
    watch = forms.ChoiceField(
        label="À surveiller",
        required=False,
        choices=[("", "Tous les dossiers"), (STALE, "Sans action depuis 15 jours"), (REFUSAL, "Rejet implicite sous 21 jours")],
    )
    state = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(state.value, state.label) for state in DEPOSITED]
    )
    sort = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(sign + name, name) for name in SORTS for sign in ("", "-")]
    )

    def __init__(self, call: Call, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filtre_%s")
        cast("forms.ChoiceField", self.fields["theme"]).choices = [
            ("", "Tous les axes"),
            *call.themes.order_by("position").values_list("key", "title"),
        ]
        cast("forms.ChoiceField", self.fields["officer"]).choices = [
            ("", "Tout le monde"),
            (MINE, "Moi"),
            (NOBODY, "Personne"),
            *((str(officer.public_id), str(officer)) for officer in officers_of(call)),
        ]

    def add_prefix(self, field_name: str) -> str:
        return ListQuery.PARAMETERS.get(field_name, field_name)

    def query(self) -> ListQuery:
        """What is looked for: what the address says well; what it says badly counts for nothing."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return ListQuery(**{"sort": DEFAULT_SORT, **found})


class ChecklistForm(forms.Form):
    """The findings on every point of a call, saved together."""

    hide_optional_mark = True

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, found: Checklist, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="verification_%s")
        self.checklist = found
        self.fields["stamp"].initial = found.stamp
        for point in found.points:
            self._add(point)

    def _add(self, point: Point) -> None:
        key, article = point.rule.key, point.rule.article.replace(" ", "\u00a0")
        self.fields[f"outcome-{key}"] = forms.ChoiceField(
            label=f"{point.rule.label} ({article})" if article else point.rule.label,
            help_text=f"Constat automatique : {point.hint.sentence}" if point.hint else "",
            choices=Outcome.choices,
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": "Choisissez « Conforme » ou « Non conforme »."},
            initial=point.outcome,
        )
        self.fields[f"note-{key}"] = TextField(
            label="Précision",
            required=False,
            max_length=NOTE_LENGTH,
            rows=1,
            initial=point.check.note if point.check else "",
        )

    def rows(self, points: list[Point]) -> list[dict[str, Any]]:
        """The points with their two fields, for the template."""
        return [
            {"point": point, "outcome": self[f"outcome-{point.rule.key}"], "note": self[f"note-{point.rule.key}"]}
            for point in points
        ]

    def formal_rows(self) -> list[dict[str, Any]]:
        return self.rows(self.checklist.formal)

    def substantive_rows(self) -> list[dict[str, Any]]:
        return self.rows(self.checklist.substantive)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for point in self.checklist.points:
            key = point.rule.key
            outcome, note = cleaned.get(f"outcome-{key}"), (cleaned.get(f"note-{key}") or "").strip()
            if note and not outcome:
                self.add_error(f"outcome-{key}", "Choisissez un constat pour que votre précision soit enregistrée.")
            elif outcome == Outcome.NOT_MET and not note and f"note-{key}" not in self.errors:
                self.add_error(
                    f"note-{key}", "Dites en une phrase ce qui n’est pas conforme : la structure devra le comprendre."
                )
        return cleaned

    def findings(self) -> dict[str, tuple[str, str]]:
        """Only the points on which something was chosen."""
        chosen = {point.rule.key: self.cleaned_data[f"outcome-{point.rule.key}"] for point in self.checklist.points}
        return {key: (outcome, self.cleaned_data[f"note-{key}"]) for key, outcome in chosen.items() if outcome}


class OfficerForm(forms.Form):
    """Who follows the application from now on."""

    hide_optional_mark = True

    officer = forms.ModelChoiceField(
        label="Personne qui suit le dossier",
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="Personne",
    )

    def __init__(self, application: Application, data: Mapping[str, Any] | None = None) -> None:
        initial = {"officer": application.officer.public_id if application.officer else None}
        super().__init__(data, auto_id="suivi_%s", initial=initial)
        linked = Q(recusals__application=application) | Q(memberships__organisation=application.organisation_id)
        cast("forms.ModelChoiceField", self.fields["officer"]).queryset = officers().exclude(linked)
