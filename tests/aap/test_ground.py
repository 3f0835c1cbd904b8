"""Text keys, amounts, the clock: the smallest pieces, asserted to the character."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from aap import clock
from aap.moments import validate_plausible_date
from aap.money import euros, percent
from aap.templatetags.french import dialled, file_size
from aap.text import sort_key

ROOT = Path(__file__).resolve().parent.parent.parent


def test_sort_key_orders_as_a_french_reader_expects():
    names = ["zoo", "Étampes", "Œuvre sociale", "L’Isle-sur-la-Sorgue", "cote", "côté", "Eu", "ovale"]
    assert sorted(names, key=sort_key) == [
        "cote",
        "côté",
        "Étampes",
        "Eu",
        "L’Isle-sur-la-Sorgue",
        "Œuvre sociale",
        "ovale",
        "zoo",
    ]


@given(st.text())
def test_sort_key_of_a_key_is_itself(text):
    assert sort_key(sort_key(text)) == sort_key(text)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(5000), "5\u202f000\u00a0€"),
        (Decimal("1234.5"), "1\u202f234,50\u00a0€"),
        (Decimal("0.005"), "0,01\u00a0€"),
        (Decimal(1234567), "1\u202f234\u202f567\u00a0€"),
        (0, "0\u00a0€"),
        (None, ""),
    ],
)
def test_euros_writes_amounts_as_in_a_letter(amount, text):
    assert euros(amount) == text


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Decimal("66.666"), "66,67\u00a0%"),
        (Decimal("91.5"), "91,5\u00a0%"),
        (Decimal(80), "80\u00a0%"),
        (100, "100\u00a0%"),
        (None, ""),
    ],
)
def test_percent_drops_useless_zeros(rate, text):
    assert percent(rate) == text


def test_travelling_moves_now_and_today_then_comes_back():
    moment = datetime(2025, 3, 30, 23, 30, tzinfo=ZoneInfo("Europe/Paris"))
    before = clock.now()
    with clock.travelling(moment):
        assert clock.now() == moment
        assert clock.today().isoformat() == "2025-03-30"
    assert clock.now() >= before


def test_travelling_is_for_the_demonstration_alone():
    users = [
        str(path.relative_to(ROOT))
        for folder in ("aap", "scoring", "cms", "config")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"clock\.travelling|import travelling", path.read_text())
    ]
    assert users == ["config/demonstration/play.py"]


def test_services_never_read_another_clock():
    guilty = [
        str(path.relative_to(ROOT))
        for folder in ("aap", "scoring", "cms")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "clock.py" and re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(|\bNow\(", path.read_text())
    ]
    assert guilty == []


@pytest.mark.parametrize("year", [1, 25, 1999, 2100, 9999])
def test_a_year_typed_wrong_is_refused_with_what_to_check(year):
    for value in (date(year, 6, 1), datetime(year, 6, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))):
        with pytest.raises(ValidationError, match="Vérifiez l’année : elle doit être comprise entre 2000 et 2099"):
            validate_plausible_date(value)


@pytest.mark.parametrize("year", [2000, 2025, 2099])
def test_a_plausible_year_passes(year):
    validate_plausible_date(date(year, 1, 1))
    validate_plausible_date(datetime(year, 12, 31, 23, 59, tzinfo=ZoneInfo("Europe/Paris")))


def test_file_sizes_are_told_in_the_units_of_the_limits():
    sizes = [0, 950, 10_700, 999_949, 999_950, 10_000_000, 5_240_000]
    expected = ["0", "0,9", "10,7", "999,9", "1", "10", "5,2"]
    units = ["ko", "ko", "ko", "ko", "Mo", "Mo", "Mo"]
    assert [file_size(size) for size in sizes] == [f"{n}\u00a0{unit}" for n, unit in zip(expected, units, strict=True)]
    assert file_size(None) == ""


def test_a_phone_link_has_only_what_is_dialled():
    assert [dialled(each) for each in ("04\u00a090 16.15-00", "+33 4 90", "")] == ["0490161500", "+33490", ""]
