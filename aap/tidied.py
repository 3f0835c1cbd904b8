"""Forms whose text is made clean as it is read: what is kept is what is shown."""

from collections.abc import Callable
from typing import Any

from django import forms

from aap.text import clean_line, clean_text

# A text much longer than what is accepted is refused as it is: cleaning megabytes would only cost time.
MARGIN = 4
LONGEST = 100_000
INVALID_EMAIL = "Cette adresse électronique n’est pas complète. Elle s’écrit en un seul mot, par exemple nom@exemple.fr."
NOT_TYPED = (forms.PasswordInput, forms.HiddenInput)


class Tidied(forms.BaseForm):
    """Every text that one types in the form, without control, bidirectional or invisible characters, in NFC.

    Not passwords, which are what they are; nor what a script writes (rich text, keys): it has its own rules.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(self)


def tidy(form: forms.BaseForm) -> None:
    """The same for a form that is already made: those of a formset, those of a library."""
    for field in form.fields.values():
        if isinstance(field, forms.EmailField):
            # Django's own French says « adresse de courriel »; this site, « adresse électronique », everywhere.
            field.error_messages["invalid"] = INVALID_EMAIL
        if isinstance(field, forms.CharField) and not isinstance(field.widget, NOT_TYPED):
            field.to_python = _cleaned(field)  # type: ignore[method-assign,assignment]


def _cleaned(field: forms.CharField) -> Callable[[Any], Any]:
    to_python = field.to_python
    clean = clean_text if isinstance(field.widget, forms.Textarea) else clean_line
    longest = MARGIN * field.max_length if field.max_length else LONGEST

    def cleaned(value: Any) -> Any:
        if isinstance(value, str) and len(value) <= longest:
            value = clean(value)
        return to_python(value)

    return cleaned
