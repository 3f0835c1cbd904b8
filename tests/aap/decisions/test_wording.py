"""Amounts, dates, ranks and people as a French letter writes them."""

from datetime import date
from decimal import Decimal

import pytest

from aap.decisions import wording
from aap.money import decimal


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zéro euro"),
        ("1", "un euro"),
        ("0.01", "un centime"),
        ("0.80", "quatre-vingts centimes"),
        ("12.50", "douze euros et cinquante centimes"),
        ("71", "soixante et onze euros"),
        ("80", "quatre-vingts euros"),
        ("281.01", "deux cent quatre-vingt-un euros et un centime"),
        ("1000", "mille euros"),
        ("5000", "cinq mille euros"),
        ("80000", "quatre-vingt mille euros"),
        ("200000", "deux cent mille euros"),
        ("1000000", "un million d’euros"),
        ("2000000.05", "deux millions d’euros et cinq centimes"),
        ("1000001", "un million un euros"),
    ],
)
def test_amount_in_words_follows_french_spelling(amount, words):
    assert wording.amount_in_words(Decimal(amount)) == words


def test_long_date_writes_the_first_of_a_month_as_ordinal():
    assert wording.long_date(date(2025, 3, 1)) == "1er\u00a0mars\u00a02025"
    assert wording.long_date(date(2025, 8, 21)) == "21\u00a0août\u00a02025"
    assert wording.long_date(None) == ""


@pytest.mark.parametrize(
    ("title", "role", "salutation"),
    [
        ("Madame", "Présidente", "Madame la Présidente"),
        ("Monsieur", "président", "Monsieur le Président"),
        ("Madame", "Administratrice", "Madame l’Administratrice"),
        ("Monsieur", "élu", "Monsieur l’Élu"),
        ("Madame", "", "Madame"),
    ],
)
def test_salutation_agrees_with_the_person(title, role, salutation):
    assert wording.salutation(title, role) == salutation


def test_decimal_and_ordinal_drop_what_says_nothing():
    assert [decimal(Decimal(value)) for value in ("72.35", "50.00", "42.50", "100")] == ["72,35", "50", "42,5", "100"]
    assert [wording.ordinal(rank) for rank in (1, 2, None)] == ["1er", "2e", ""]


@pytest.mark.parametrize(
    ("outcome", "number", "words"),
    [
        ("awarded", 1, "attribuée"),
        ("awarded", 2, "attribuées"),
        ("reserve", 3, "sur la liste d’attente"),
        ("refused", 2, "refusées"),
        ("inadmissible", 2, "irrecevables"),
        ("ineligible", 1, "inéligible"),
    ],
)
def test_outcomes_agree_with_their_number(outcome, number, words):
    assert wording.outcome_count(outcome, number) == words


def test_counted_agrees_with_its_number():
    assert [wording.counted(number, "lettre") for number in (0, 1, 2)] == ["0\u00a0lettre", "1\u00a0lettre", "2\u00a0lettres"]
    assert wording.counted(2, "décision attend", "décisions attendent") == "2\u00a0décisions attendent"


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Appel à projets 2025 – Inclusion numérique", "l’appel à projets 2025 – Inclusion numérique"),
        ("Inclusion numérique 2025", "l’appel à projets «\u00a0Inclusion numérique 2025\u00a0»"),
    ],
)
def test_a_call_is_named_without_saying_appel_twice(title, quoted):
    assert wording.quoted_call(title) == quoted


def test_french_spaces_keep_sign_and_word_together():
    assert wording.french_spaces("« Le village » : 23 000 €, n° 12 ; fin ! 04 90 16 15 00") == (
        "«\u00a0Le village\u00a0»\u00a0: 23\u202f000\u00a0€, n°\u00a012\u00a0; fin\u00a0! 04 90 16 15 00"
    )
