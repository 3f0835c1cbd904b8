"""The waterfall: to the cent, by rank, never above the envelope."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.results.funding import Choice, Request, Waterfall, capped, passed_over, waterfall

EURO = Decimal(1)


def request(key, rank, requested, cost=None, *, fundable=True):
    return Request(key, rank, Decimal(requested), Decimal(cost if cost is not None else 1_000_000), fundable)


def run(*requests, envelope, floor=0, ceiling=None, max_rate=80):
    return waterfall(
        requests,
        envelope=Decimal(envelope),
        floor=Decimal(floor),
        ceiling=ceiling and Decimal(ceiling),
        max_rate=Decimal(max_rate),
    )


def test_capped_takes_the_smallest_of_three_to_the_cent():
    assert capped(Decimal(5000), Decimal(100_000), ceiling=Decimal(9000), max_rate=Decimal(80)) == Decimal("5000.00")
    assert capped(Decimal(12_000), Decimal(100_000), ceiling=Decimal(9000), max_rate=Decimal(80)) == Decimal("9000.00")
    assert capped(Decimal(12_000), Decimal("1000.01"), ceiling=None, max_rate=Decimal(80)) == Decimal("800.00")


def test_waterfall_stops_at_the_first_that_does_not_fit():
    result = run(request("a", 1, 6000), request("b", 2, 5000), request("c", 3, 1000), envelope=10_000)
    assert result == Waterfall({"a": Decimal("6000.00")}, ("b", "c"), Decimal(4000))


def test_waterfall_leaves_a_tie_across_the_line_to_the_jury():
    result = run(request("a", 1, 3000), request("b", 2, 4000), request("c", 2, 4000), envelope=10_000)
    assert result == Waterfall({"a": Decimal("3000.00")}, ("b", "c"), Decimal(7000), ("b", "c"))


def test_waterfall_proposes_nothing_under_the_floor_nor_under_the_thresholds():
    result = run(
        request("a", 1, 900), request("b", 2, 4000, fundable=False), request("c", 3, 2000), envelope=10_000, floor=1000
    )
    assert result == Waterfall({"c": Decimal("2000.00")}, (), Decimal(8000))


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.decimals(0, 30_000, places=2), st.decimals(0, 60_000, places=2), st.booleans()),
        max_size=20,
    ),
    st.decimals(0, 100_000, places=2),
)
def test_waterfall_never_exceeds_the_envelope_nor_departs_from_the_ranking(rows, envelope):
    requests = [Request(index, *row) for index, row in enumerate(rows)]
    result = waterfall(requests, envelope=envelope, floor=Decimal(500), ceiling=Decimal(20_000), max_rate=Decimal(80))
    assert sum(result.proposals.values(), Decimal(0)) + result.remaining == envelope
    assert result.remaining >= 0
    assert not set(result.proposals) & set(result.reserve)
    ranks = {each.key: each.rank for each in requests}
    assert all(ranks[kept] < ranks[left] for kept in result.proposals for left in result.reserve)
    for each in requests:
        if each.key in result.proposals:
            assert each.fundable
            assert (
                Decimal(500) <= result.proposals[each.key] <= min(each.requested, Decimal(20_000), each.cost * Decimal("0.8"))
            )


def test_passed_over_lists_each_unfunded_better_one_with_those_funded_below():
    choices = [
        Choice("a", 1, Decimal(5000)),
        Choice("b", 2, Decimal(0)),
        Choice("tied", 3, Decimal(0)),
        Choice("c", 3, Decimal(1000)),
        Choice("excluded", 2, Decimal(0), fundable=False),
        Choice("last", 6, Decimal(0)),
    ]
    assert passed_over(choices) == {"b": ("c",)}
