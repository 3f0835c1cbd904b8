"""What the minutes say when the amounts do not simply follow the ranking and the requests."""

import pytest

from scoring.deliberations.departures import departures

TOP = {"rank": 1, "amount": "8000.00"}


def row(number, *, rank=1, amount="8000.00", requested="8000.00", allowed="8000.00", **more):
    return {
        "id": f"id-{number}", "number": number, "organisation": f"Structure {number}", "rank": rank, "amount": amount,
        "requested": requested, "allowed": allowed, "below_pass_mark": False, "eliminated_by": [], "inversion_reason": "",
    } | more  # fmt: skip


def reductions(*rows):
    return [(each["number"], each["cause"]) for each in departures(list(rows))["reductions"]]


def test_amounts_that_follow_everything_leave_nothing_to_say():
    assert departures([row("A"), row("B", rank=2), row("C", rank=3, amount="0")]) == {
        "inversions": [], "exceptions": [], "reductions": [],
    }  # fmt: skip


def test_inversion_is_named_with_its_reason_and_a_reason_alone_is_none():
    rows = [row("A", amount="0", inversion_reason="Aidé par ailleurs."), row("B", rank=2)]
    assert departures(rows)["inversions"] == [
        {"number": "A", "organisation": "Structure A", "rank": 1, "reason": "Aidé par ailleurs."}
    ]
    assert departures([row("A", inversion_reason="Écrit puis sans objet"), row("B", rank=2)])["inversions"] == []


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"rank": None}, "faute d’évaluations en nombre suffisant, il n’est pas classé"),
        ({"below_pass_mark": True}, "sa note est sous la note minimale"),
        ({"eliminated_by": ["Besoins"]}, "note éliminatoire (Besoins)"),
    ],
)
def test_money_outside_the_thresholds_is_an_exception_that_is_told(fields, because):
    assert [each["because"] for each in departures([row("A", **fields)])["exceptions"]] == [because]
    assert departures([row("A", amount="0", **fields)])["exceptions"] == []


def test_reduction_says_by_whom():
    assert reductions(row("A", amount="6000.00", allowed="6000.00")) == [("A", "montant plafonné par les règles de l’appel")]
    assert reductions(row("A", amount="5000.00")) == [("A", "montant réduit par le jury")]
    assert reductions(row("A", amount="5000.00", allowed="6000.00")) == [
        ("A", "montant réduit par le jury (l’appel permettait 6\u202f000\u00a0€)")
    ]
    assert reductions(row("A", amount="5000.00"), row("B", rank=2)) == [
        ("A", "montant réduit par le jury, alors qu’un dossier moins bien classé est aidé")
    ]
