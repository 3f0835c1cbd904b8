"""One form field for each simple type of question.

Each knows two writings of an answer: what the browser sends (`to_raw`) and what is kept as JSON (`to_answer`).
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from aap import clock
from aap.questionnaires.typed import clean_line, clean_text, whole_number

MAX_TEXT = 20_000
MAX_LINE = 500
# A text pasted from elsewhere is shortened here, evening after evening; what is longer still is not meant for this question.
TOO_LONG_BY = 4
MISSING = "Cette réponse est obligatoire."
NO_SUCH_CHOICE = "Ce choix n’est plus proposé. Choisissez dans la liste."
TYPED_DAY = re.compile(r"(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2}))|(?:([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}))")


def spaced(number: int) -> str:
    """« 12 345 », with narrow no-break spaces."""
    return f"{number:,}".replace(",", "\u202f")


class ToCorrectError(ValidationError):
    """A refusal that loses nothing: a draft keeps `kept` meanwhile. `whole` is whether that is all that was typed."""

    def __init__(self, message: Any, *, kept: Any, whole: bool, code: str = "invalid") -> None:
        super().__init__(message, code=code)
        self.kept, self.whole = kept, whole


class AnswerField(forms.Field):
    """What every field of a questionnaire can do beside validating."""

    default_error_messages = {"required": MISSING, "invalid_choice": NO_SUCH_CHOICE}
    # A draft may leave compulsory questions for later; `required` still says that they are, for the reader.
    draft = False
    # The answer kept so far, for a field that keeps it in part.
    previous: Any = None
    # What the page shows instead of what was sent, when somebody else's answer was taken.
    shown: Any = None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data if self.shown is None else self.shown

    def located(self, errors: Iterable[str], bound: forms.BoundField) -> list[tuple[str, str]]:
        """Each error with the id of the input where it is corrected."""
        return [(text, bound.id_for_label or f"{bound.auto_id}_0") for text in errors]

    def forget_problems(self) -> None:
        """Nothing is wrong any more with what is shown."""
        if hasattr(self.widget, "problems"):
            self.widget.problems = {}

    def validate(self, value: Any) -> None:
        if value or not self.draft:
            super().validate(value)

    def to_raw(self, answer: Any) -> Any:
        """The kept answer as the browser would send it."""
        return "" if answer is None else answer

    def to_answer(self, value: Any, previous: Any = None) -> Any:
        """The validated value as plain JSON; None when there is no answer. `previous` is the answer kept so far."""
        return None if value in self.empty_values else value


class LineField(AnswerField, forms.CharField):
    """Text on one line."""

    def __init__(self, *, maximum: int, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.maximum = maximum

    def to_raw(self, answer: Any) -> str:
        return answer if isinstance(answer, str) else ""

    def clean_value(self, text: str) -> str:
        return clean_line(text)

    def to_python(self, value: Any) -> str:
        text = value if isinstance(value, str) else ""
        # Measured before it is cleaned: ten megabytes are refused without being normalised.
        cleaned = self.clean_value(text) if len(text) <= 4 * MAX_TEXT else text
        if len(cleaned) > self.maximum:
            message = (
                f"Votre texte compte {spaced(len(cleaned))} caractères ; le maximum est {spaced(self.maximum)}. "
                f"Retirez-en {spaced(len(cleaned) - self.maximum)}."
            )
            if len(cleaned) > min(TOO_LONG_BY * self.maximum, MAX_TEXT):
                raise ValidationError(message, code="max_length")
            raise ToCorrectError(message, kept=cleaned, whole=True, code="max_length")
        return cleaned


class TextField(LineField):
    """Text on several lines. No maxlength attribute: a browser would cut what is pasted without a word."""

    widget = forms.Textarea

    def clean_value(self, text: str) -> str:
        return clean_text(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"rows": 4 if self.maximum <= 600 else 8, "data-maximum": self.maximum} if hasattr(self, "maximum") else {}


class WholeNumberField(AnswerField):
    """A whole number in French notation; with `what="montant"`, whole euros."""

    def __init__(self, *, what: str = "nombre", **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **kwargs)
        self.what = what

    def to_raw(self, answer: Any) -> str:
        return spaced(answer) if isinstance(answer, int) and not isinstance(answer, bool) else ""

    def to_python(self, value: Any) -> int | None:
        text = value if isinstance(value, str) else ""
        if not text.strip():
            return None
        try:
            return whole_number(text, what=self.what)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


class DayField(AnswerField, forms.Field):
    """A day: the browser's own chooser, or « 30/06/2026 » typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_raw(self, answer: Any) -> str:
        return answer if isinstance(answer, str) else ""

    def to_python(self, value: Any) -> date | None:
        text = clean_line(value[:60]) if isinstance(value, str) else ""
        if not text:
            return None
        match = TYPED_DAY.fullmatch(text)
        if match is None:
            raise ValidationError("Écrivez la date avec le jour, le mois et l’année, par exemple 30/06/2026.", code="invalid")
        parts = match.group(1, 2, 3) if match.group(1) else match.group(6, 5, 4)
        year, month, day = (int(part) for part in parts)
        try:
            typed = date(year, month, day)
        except ValueError:
            raise ValidationError(
                f"Le {day:02d}/{month:02d}/{year} n’existe pas dans le calendrier. Vérifiez le jour et le mois.", code="invalid"
            ) from None
        if not 1900 <= typed.year <= clock.today().year + 30:
            raise ValidationError(
                f"L’année {year} semble fausse. Écrivez-la avec quatre chiffres, par exemple 2026.", code="invalid"
            )
        return typed

    def to_answer(self, value: Any, previous: Any = None) -> str | None:
        return value.isoformat() if value else None


class OneOfField(AnswerField, forms.ChoiceField):
    """One value of a list."""

    def to_raw(self, answer: Any) -> str:
        return answer if isinstance(answer, str) else ""


YES_NO = [("oui", "Oui"), ("non", "Non")]


class YesNoField(OneOfField):
    """Yes or no, kept as a boolean; no is an answer, nothing is not."""

    def to_raw(self, answer: Any) -> str:
        return {True: "oui", False: "non"}.get(answer, "") if isinstance(answer, bool) else ""

    def to_answer(self, value: Any, previous: Any = None) -> bool | None:
        return {"oui": True, "non": False}.get(value)


class SeveralOfField(AnswerField, forms.MultipleChoiceField):
    """Several values of a list, kept in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def to_raw(self, answer: Any) -> list[str]:
        return [each for each in answer if isinstance(each, str)] if isinstance(answer, list) else []

    def to_answer(self, value: Any, previous: Any = None) -> list[str] | None:
        return [key for key, _label in cast(Iterable[tuple[str, str]], self.choices) if key in value] or None


class AttestationField(AnswerField, forms.BooleanField):
    """A declaration to tick. The words that were accepted, and when, are kept with the answer."""

    default_error_messages = {
        "required": "Lisez ce texte, puis cochez la case : sans elle, la demande ne peut pas être déposée."
    }

    def __init__(self, *, legal_text: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.legal_text = legal_text

    def to_raw(self, answer: Any) -> bool:
        """Accepted, and in the very words of today: other words must be accepted again."""
        return isinstance(answer, dict) and answer.get("accepted") is True and answer.get("text") == self.legal_text

    def to_answer(self, value: Any, previous: Any = None) -> dict[str, Any] | None:
        if not value:
            return None
        if self.to_raw(previous):
            return previous
        return {"accepted": True, "text": self.legal_text, "at": clock.now().isoformat()}
