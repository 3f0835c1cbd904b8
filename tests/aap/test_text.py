"""Text, telephone numbers and forms: what people paste comes out as it is shown."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from aap.phone import INVALID, PhoneField, clean_phone
from aap.text import clean_line, clean_text
from aap.tidied import INVALID_EMAIL, Tidied

HOSTILE = "As\u202eso\u200bcia\ufefftion\x00 d\u200de\u2066 la\x07 Sor\udc80gue"


class Form(Tidied, forms.Form):
    name = forms.CharField(max_length=40)
    address = forms.CharField(widget=forms.Textarea)
    email = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)


def test_form_keeps_what_is_shown_and_nothing_else():
    form = Form({"name": HOSTILE, "address": f"{HOSTILE}\r\ne\u0301tage 2\n", "email": "zoe@exe\u200bmple.fr"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "name": "Association de la Sorgue",
        "address": "Association de la Sorgue\nétage 2",
        "email": "zoe@exemple.fr",
        "password": "",
    }


def test_form_of_invisible_characters_only_is_empty():
    form = Form({"name": "\u200b\u202e\u2060", "address": "x"})
    assert form.has_error("name", "required")


def test_form_leaves_a_password_as_it_is():
    assert Form({"name": "x", "address": "x", "password": " é\u200b "}).fields["password"].clean(" é\u200b ") == " é\u200b "


def test_form_measures_a_long_text_before_cleaning_it():
    form = Form({"name": "\u200b" * 161, "address": "x"})
    assert list(form.errors) == ["name"]


def test_address_that_is_not_one_is_refused_in_our_words():
    assert Form({"name": "x", "address": "x", "email": "zoé"}).errors == {"email": [INVALID_EMAIL]}


@given(st.text())
def test_clean_text_of_a_clean_text_is_itself(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0490161500", "04 90 16 15 00"),
        ("04 90 16 15 00", "04 90 16 15 00"),
        ("04.90.16.15.00", "04 90 16 15 00"),
        ("04-90-16-15-00", "04 90 16 15 00"),
        ("04\u00a090\u202f16/15/00", "04 90 16 15 00"),
        ("+33490161500", "04 90 16 15 00"),
        ("+33 (0)4 90 16 15 00", "04 90 16 15 00"),
        ("+33 04 90 16 15 00", "04 90 16 15 00"),
        ("0033 4 90 16 15 00", "04 90 16 15 00"),
        ("3646", "3646"),
        ("39 39", "3939"),
        ("115", "115"),
        ("+32 2 123 45 67", "+3221234567"),
    ],
)
def test_phone_is_kept_as_it_is_read_aloud(typed, kept):
    assert clean_phone(typed) == kept
    assert clean_phone(kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["04 90 16 15", "04 90 16 15 000", "appelez-moi", "00", "+33", "0490161500 / 0490161501", "٠٤٩٠١٦١٥٠٠", "+3", "9" * 500],
)
def test_phone_that_cannot_be_dialled_is_refused(typed):
    with pytest.raises(ValueError, match="Ce numéro de téléphone n’est pas complet"):
        clean_phone(typed)


@given(st.text())
def test_phone_field_says_what_to_write_or_keeps_a_number(text):
    field = PhoneField(required=False)
    try:
        kept = field.clean(text)
    except ValidationError as error:
        kept = error.messages[0]
    assert kept in ("", INVALID) or kept[0] in "0123456789+" or "caract" in kept
