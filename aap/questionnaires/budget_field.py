"""The budget as a form field: one input a line, server-made totals, problems beside their line."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aap.money import euros
from aap.questionnaires.budget import (
    ASKED,
    CHARGES,
    IN_KIND_GIVEN,
    IN_KIND_USED,
    LINES,
    PRODUITS,
    Budget,
    Limits,
    Line,
    label_of,
    rate_text,
)
from aap.questionnaires.fields import AnswerField, ToCorrectError, spaced
from aap.questionnaires.typed import whole_number


def table(budget: Budget, authority: str) -> dict[str, Any]:
    """The read-only table, as templates draw it: two sides with their lines and totals, then the figures that follow."""
    return {
        "sides": [
            _side("Charges", CHARGES, budget, authority, total=budget.total_charges, in_kind=IN_KIND_USED),
            _side("Produits", PRODUITS, budget, authority, total=budget.total_produits, in_kind=IN_KIND_GIVEN),
        ],
        "asked": budget.asked,
        "cost": budget.total_charges,
        "rate": rate_text(budget.rate),
        "balance": balance_text(budget),
        "balanced": budget.balance == 0,
    }


def _side(title: str, lines: Iterable[Line], budget: Budget, authority: str, *, total: int, in_kind: Line) -> dict[str, Any]:
    return {
        "title": title,
        "lines": [
            {
                "account": line.account,
                "label": label_of(line, authority),
                "amount": budget.amount(line.key),
                "asked": line.key == ASKED,
            }
            for line in lines
            if budget.amount(line.key)
        ],
        "total": total,
        "in_kind": {"account": in_kind.account, "label": in_kind.label, "amount": budget.amount(in_kind.key)},
    }


def balance_text(budget: Budget) -> str:
    """The state of the balance in words, as budget.js writes it too."""
    if not budget.total_charges and not budget.total_produits:
        return "Le budget est vide."
    if budget.balance > 0:
        return f"Les produits dépassent les charges de {euros(budget.balance)}."
    if budget.balance < 0:
        return f"Il manque {euros(-budget.balance)} de produits."
    return "Les charges et les produits sont égaux."


class BudgetWidget(forms.Widget):
    """Two columns on a wide screen, one under the other on a phone. The values are texts by line key."""

    use_fieldset = True

    class Media:
        css = {"all": ["css/budget.css"]}
        js = [forms.Script("js/budget.js", defer=True)]

    def __init__(self, attrs: dict[str, Any] | None = None, *, limits: Limits | None = None) -> None:
        super().__init__(attrs)
        self.limits = limits or Limits()
        self.problems: dict[str, str] = {}

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{next(iter(LINES))}"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {key: str(data.get(f"{name}-{key}", "")) for key in LINES}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{key}" in data for key in LINES)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        typed = value or {}
        base = (attrs or {}).get("id", f"id_{name}")
        budget = Budget(_readable_amounts(typed))

        def entry(line: Line) -> dict[str, Any]:
            return {
                "line": line,
                "label": label_of(line, self.limits.authority),
                "asked": line.key == ASKED,
                "name": f"{name}-{line.key}",
                "id": f"{base}-{line.key}",
                "value": typed.get(line.key, ""),
                "problem": self.problems.get(line.key, ""),
                "problem_id": f"{base}-{line.key}-problem",
            }

        context = {
            "base": base,
            "sides": [
                {"title": "Charges", "key": "charges", "groups": _groups(CHARGES, entry), "total": budget.total_charges,
                 "in_kind": entry(IN_KIND_USED)},
                {"title": "Produits", "key": "produits", "groups": _groups(PRODUITS, entry), "total": budget.total_produits,
                 "in_kind": entry(IN_KIND_GIVEN)},
            ],
            "budget": budget,
            "rate": rate_text(budget.rate),
            "balance": balance_text(budget),
            "limits": self.limits,
        }  # fmt: skip
        return render_to_string("aap/questionnaires/budget.html", context)


def _groups(lines: Iterable[Line], entry: Any) -> list[dict[str, Any]]:
    """Consecutive lines under the title of their group; those of no group have an empty title."""
    groups: list[dict[str, Any]] = []
    for line in lines:
        if not groups or groups[-1]["title"] != line.group:
            groups.append({"title": line.group, "account": line.account if line.group else "", "entries": []})
        groups[-1]["entries"].append(entry(line))
    return groups


def _readable_amounts(typed: Mapping[str, str]) -> dict[str, int]:
    """The amounts that can be read, for the totals; the others have their own message."""
    amounts = {}
    for key, text in typed.items():
        try:
            amounts[key] = whole_number(text, what="montant") if text.strip() else 0
        except ValueError:
            continue
    return amounts


class BudgetField(AnswerField):
    """Gives a Budget. Unless it is a draft, it must be balanced and within the limits of the call."""

    default_error_messages = {"required": "Remplissez le budget du projet."}

    def __init__(self, *, limits: Limits, **kwargs: Any) -> None:
        super().__init__(widget=BudgetWidget(limits=limits), **kwargs)
        self.limits = limits

    def to_raw(self, answer: Any) -> dict[str, str]:
        amounts = answer if isinstance(answer, dict) else {}
        return {
            key: spaced(amount) if isinstance(amount, int) else str(amount) for key, amount in amounts.items() if key in LINES
        }

    def to_python(self, value: Any) -> Budget:
        self.widget.problems = {}
        amounts = {}
        for key, text in (value or {}).items():
            if not text.strip():
                continue
            try:
                amounts[key] = whole_number(text, what="montant")
            except ValueError as error:
                self.widget.problems[key] = str(error)
        if self.widget.problems:
            raise ToCorrectError(
                [self._told(key) for key in self.widget.problems],
                kept=Budget(self._former(self.widget.problems) | amounts),
                whole=False,
            )
        return Budget(amounts)

    def _told(self, key: str) -> str:
        return f"{_name_of(LINES[key], self.limits.authority)} : {self.widget.problems[key]}"

    def located(self, errors: Iterable[str], bound: forms.BoundField) -> list[tuple[str, str]]:
        if self.widget.problems:
            return [(self._told(key), f"{bound.auto_id}-{key}") for key in self.widget.problems]
        return super().located(errors, bound)

    def _former(self, keys: Iterable[str]) -> dict[str, int]:
        """The amounts kept so far on these lines: one that cannot be read does not erase the one that could."""
        try:
            former = Budget.from_json(self.previous)
        except ValueError:
            return {}
        return {key: former.amount(key) for key in keys}

    def validate(self, value: Budget) -> None:
        if not value and (self.draft or not self.required):
            return
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if not self.draft and (problems := value.checks(self.limits)):
            raise ValidationError(problems, code="incomplete")

    def to_answer(self, value: Budget, previous: Any = None) -> dict[str, int] | None:
        return value.to_json() or None


def _name_of(line: Line, authority: str) -> str:
    label = label_of(line, authority).split(" (")[0]
    return f"{line.account} – {label}" if line.account else label
