"""What people type or paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aap.questionnaires.typed import clean_line, clean_text, whole_number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1234", 1234), ("1 234", 1234), ("1\u00a0234", 1234), ("1\u202f234", 1234), ("12\u202f345\u00a0€", 12345), (" 0 ", 0),
        ("1234,00", 1234), ("1234.0", 1234), ("007", 7), ("10 000 000", 10_000_000), ("5€", 5),
    ],
)  # fmt: skip
def test_whole_number_reads_french_notation(typed, expected):
    assert whole_number(typed) == expected


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1 234,50", "Écrivez un montant en euros entiers, sans les centimes, par exemple 1500 ou 1\u202f500."),
        ("1234.5", "Écrivez un montant en euros entiers, sans les centimes, par exemple 1500 ou 1\u202f500."),
        ("-5", "Le montant ne peut pas être négatif. Écrivez-le sans signe moins."),
        ("−5", "Le montant ne peut pas être négatif. Écrivez-le sans signe moins."),
        ("10000001", "Ce montant dépasse 10\u202f000\u202f000\u00a0€. Vérifiez le nombre de zéros."),
        ("9" * 55, "Ce montant dépasse 10\u202f000\u202f000\u00a0€. Vérifiez le nombre de zéros."),
        ("9" * 61, "Écrivez le montant en chiffres, par exemple 1500 ou 1\u202f500."),
        ("1.000", "« 1.000 » peut se lire de deux façons. Écrivez le montant sans point ni virgule, par exemple 1500 ou 1\u202f500."),
        ("12 34", "Écrivez le montant en chiffres, par exemple 1500 ou 1\u202f500."),
        ("1e5", "Écrivez le montant en chiffres, par exemple 1500 ou 1\u202f500."),
        ("١٢", "Écrivez le montant en chiffres, par exemple 1500 ou 1\u202f500."),
        ("", "Écrivez le montant en chiffres, par exemple 1500 ou 1\u202f500."),
    ],
)  # fmt: skip
def test_whole_number_refuses_in_words(typed, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole message is compared
        whole_number(typed, what="montant")
    assert str(refusal.value) == message


@given(st.integers(min_value=0, max_value=10_000_000))
def test_whole_number_reads_what_the_site_writes(number):
    assert whole_number(f"{number:,}".replace(",", "\u202f")) == number


def test_clean_text_removes_what_is_not_seen():
    hostile = "a\u202eb\u2066c\u200bd\x00e\ufeff\u3164\U000e0101\ud800f"
    assert clean_text(hostile) == "abcdef"


def test_clean_text_keeps_lines_and_composes_letters():
    assert clean_text("  e\u0301te\u0301 \r\n\r\nfin\u2028suite\t1\v ") == "été\n\nfin\nsuite 1"


def test_clean_line_keeps_one_no_break_space():
    assert clean_line("Un\u00a0projet \n  simple") == "Un\u00a0projet simple"


@given(st.text(max_size=200))
def test_clean_text_is_stable(text):
    assert clean_text(clean_text(text)) == clean_text(text)
