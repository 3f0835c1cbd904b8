"""The one way to type euros and cents."""

from decimal import Decimal
from typing import Any

from django import forms

EXAMPLE = "Écrivez un montant en euros, par exemple 5 000 ou 5 000,50."


class AmountField(forms.DecimalField):
    """Euros and cents as people type them: « 5 000,50 », « 5000.5 », « 5 000 € »."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=12, decimal_places=2, widget=widget, **kwargs)
        self.error_messages["invalid"] = EXAMPLE

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(character for character in value if not character.isspace() and character != "€").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".removesuffix(".00").replace(".", ",") if isinstance(value, Decimal) else value
