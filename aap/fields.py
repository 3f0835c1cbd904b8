"""Form fields for what the service and the jury type: clean text of a bounded length, days of a plausible year."""

from typing import Any

from django import forms

from aap.moments import validate_plausible_date
from aap.text import clean_line, clean_text

TOO_LONG = "Ce texte compte %(show_value)s caractères. Gardez-en %(limit_value)s au plus."


class _Typed(forms.CharField):
    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        # Instead of Django's own words, which are those of a program.
        messages = {"max_length": TOO_LONG, **kwargs.pop("error_messages", {})}
        super().__init__(max_length=max_length, error_messages=messages, **kwargs)


class LineField(_Typed):
    """One line, without control, bidirectional or invisible characters."""

    def to_python(self, value: Any) -> Any:
        return clean_line(super().to_python(value) or "")


class TextField(_Typed):
    """Several lines, cleaned alike."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> Any:
        return clean_text(super().to_python(value) or "")


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar; `what` names it in the errors (« la date de la délibération »)."""

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        say = f"Indiquez {what}"
        kwargs.setdefault("error_messages", {"required": f"{say}.", "invalid": f"{say} : jour, mois et année."})
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, validators=[validate_plausible_date], **kwargs)
