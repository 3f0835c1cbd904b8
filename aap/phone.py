"""Telephone numbers as people of this country type them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aap.text import clean_line

INVALID = (
    "Ce numéro de téléphone n’est pas complet, ou il contient autre chose que des chiffres. "
    "Écrivez un seul numéro\u00a0: 04\u00a090\u00a016\u00a015\u00a000, ou +33\u00a04\u00a090\u00a016\u00a015\u00a000."
)
# What people put between the figures; « (0) » is written inside international numbers and never dialled.
BETWEEN = re.compile(r"[\s./\-\u2010-\u2013]")
OPTIONAL_ZERO = "(0)"
NATIONAL = re.compile(r"0[1-9][0-9]{8}")
# Numbers of public services: 3646, 115, 39 39.
SHORT = re.compile(r"3[0-9]{3}|1[0-9]{1,2}")
ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")


def clean_phone(text: str) -> str:
    """« 04 90 16 15 00 » for « 0490161500 », « +33 (0)4.90.16.15.00 », « 0033490161500 »; « +32 21234567 » for another country.

    Raises ValueError on anything else.
    """
    typed = BETWEEN.sub("", clean_line(text[:60]).replace(OPTIONAL_ZERO, ""))
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    if typed.startswith("+33"):
        # People also write +33 04…, with the zero that the code replaces.
        typed = "0" + typed[3:].removeprefix("0")
    if NATIONAL.fullmatch(typed):
        return " ".join(re.findall("..", typed))
    if SHORT.fullmatch(typed):
        return typed
    if ABROAD.fullmatch(typed) and len(text) <= 60:
        return typed
    raise ValueError(INVALID)


class PhoneField(forms.CharField):
    """One number, kept as it is read aloud."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "tel", "type": "tel"}
        super().__init__(**{"label": "Téléphone", "max_length": 60, "widget": forms.TextInput(attrs=attributes), **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return clean_phone(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
