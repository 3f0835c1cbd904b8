"""The table of indicators: what will be counted, how much is expected, in which unit."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aap.questionnaires.fields import AnswerField, ToCorrectError
from aap.questionnaires.typed import clean_line

COLUMNS = {"label": ("Indicateur", 200), "target": ("Cible", 60), "unit": ("Unité", 60)}
MAX_ROWS = 20
SPARE_ROWS = 3


class IndicatorsWidget(forms.Widget):
    """Rows of three inputs; without JavaScript, three empty rows are always there to be filled."""

    use_fieldset = True

    class Media:
        css = {"all": ["css/budget.css"]}
        js = [forms.Script("js/indicators.js", defer=True)]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.problems: dict[int, str] = {}

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-label"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        places = re.compile(re.escape(name) + r"-([0-9]{1,2})-(?:label|target|unit)")
        numbers = sorted({int(match.group(1)) for key in data if (match := places.fullmatch(key))})[: MAX_ROWS + SPARE_ROWS]
        return [{column: str(data.get(f"{name}-{number}-{column}", "")) for column in COLUMNS} for number in numbers]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        base = (attrs or {}).get("id", f"id_{name}")
        filled = [row for row in value or [] if any(text.strip() for text in row.values())]
        rows = filled + [dict.fromkeys(COLUMNS, "")] * min(SPARE_ROWS, max(0, MAX_ROWS - len(filled)))
        context = {
            "name": name,
            "maximum": MAX_ROWS,
            "rows": [
                {
                    "number": number + 1,
                    "problem": self.problems.get(number, ""),
                    "problem_id": f"{base}-{number}-problem",
                    "cells": [
                        {
                            "name": f"{name}-{number}-{column}", "id": f"{base}-{number}-{column}", "column": column,
                            "label": label, "value": row[column],
                        }
                        for column, (label, _maximum) in COLUMNS.items()
                    ],
                }
                for number, row in enumerate(rows)
            ],
        }  # fmt: skip
        return render_to_string("aap/questionnaires/indicators.html", context)


class IndicatorsField(AnswerField):
    """A list of {label, target, unit}. Unless it is a draft, each row needs its target."""

    default_error_messages = {"required": "Proposez au moins un indicateur."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=IndicatorsWidget(), **kwargs)

    def to_raw(self, answer: Any) -> list[dict[str, str]]:
        rows = answer if isinstance(answer, list) else []
        return [{column: str(row.get(column, "")) for column in COLUMNS} for row in rows if isinstance(row, dict)]

    def to_python(self, value: Any) -> list[dict[str, str]]:
        rows = [row for row in value or [] if any(text.strip() for text in row.values())]
        if len(rows) > MAX_ROWS:
            raise ValidationError(f"Le tableau compte plus de {MAX_ROWS} indicateurs : gardez les plus utiles.")
        self.widget.problems = {}
        cleaned = [self._clean_row(number, row) for number, row in enumerate(rows)]
        if self.widget.problems:
            messages = [f"Ligne {number + 1} : {text}" for number, text in self.widget.problems.items()]
            if any(len(text) > 4 * COLUMNS[column][1] for row in rows for column, text in row.items()):
                raise ValidationError(messages)
            raise ToCorrectError(messages, kept=cleaned, whole=True)
        return cleaned

    def located(self, errors: Iterable[str], bound: forms.BoundField) -> list[tuple[str, str]]:
        if self.widget.problems:
            return [
                (f"Ligne {number + 1} : {text}", f"{bound.auto_id}-{number}-label")
                for number, text in self.widget.problems.items()
            ]
        return super().located(errors, bound)

    def _clean_row(self, number: int, row: dict[str, str]) -> dict[str, str]:
        cleaned = {column: clean_line(row[column][: 4 * maximum]) for column, (_label, maximum) in COLUMNS.items()}
        for column, (label, maximum) in COLUMNS.items():
            if len(cleaned[column]) > maximum:
                self.widget.problems[number] = f"« {label} » dépasse {maximum} caractères. Écrivez-le plus court."
        if not cleaned["label"]:
            self.widget.problems[number] = "dites ce que vous mesurez, ou videz la ligne."
        elif not self.draft and not cleaned["target"]:
            self.widget.problems[number] = "indiquez la cible, même approximative."
        return cleaned
