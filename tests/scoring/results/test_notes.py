"""The arithmetic of notes: exact, neutral to what is empty."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.results.notes import Empty, Weighting, criterion_means, display, juror_note, mean

GRID = [Weighting("needs", Fraction(25), 5), Weighting("quality", Fraction(25), 5), Weighting("budget", Fraction(15), 5)]

weights = st.fractions(min_value="1/100", max_value=100, max_denominator=100)
grids = st.lists(st.tuples(weights, st.integers(1, 20)), min_size=1, max_size=8).map(
    lambda pairs: [Weighting(f"c{index}", weight, maximum) for index, (weight, maximum) in enumerate(pairs)]
)


@st.composite
def marked(draw):
    grid = draw(grids)
    return grid, {criterion.key: draw(st.integers(0, criterion.maximum)) for criterion in grid}


def test_juror_note_is_the_weighted_mean_on_100():
    assert juror_note({"needs": 3, "quality": 5, "budget": 0}, GRID) == Fraction(8000, 130)


def test_juror_note_of_maximum_everywhere_is_100_and_of_zero_is_0():
    assert juror_note({"needs": 5, "quality": 5, "budget": 5}, GRID) == 100
    assert juror_note({"needs": 0, "quality": 0, "budget": 0}, GRID) == 0


def test_three_kinds_of_empty_behave_apart():
    full = juror_note({"needs": 3, "quality": 4}, GRID)
    assert juror_note({"needs": 3, "quality": 4, "budget": Empty.NOT_APPLICABLE}, GRID) == full == 70
    assert juror_note({"needs": 3, "quality": 4, "budget": Empty.NO_OPINION}, GRID) == full
    assert juror_note({"needs": 3, "quality": 4, "budget": Empty.NOT_SCORED}, GRID) is None


def test_juror_note_of_nothing_is_none():
    assert juror_note({}, GRID) is None
    assert juror_note({"needs": Empty.NO_OPINION}, GRID) is None
    assert mean([]) is None


@given(marked(), weights)
def test_juror_note_is_unchanged_when_all_weights_are_scaled(case, factor):
    grid, marks = case
    scaled = [Weighting(each.key, each.weight * factor, each.maximum) for each in grid]
    assert juror_note(marks, scaled) == juror_note(marks, grid)


@given(grids, st.data())
def test_empty_criterion_is_neutral_when_the_marks_are_even(grid, data):
    even = [Weighting(each.key, each.weight, 20) for each in grid]
    level = data.draw(st.integers(0, 20))
    left_out = data.draw(st.sets(st.sampled_from([each.key for each in even]), max_size=len(even) - 1))
    marks = {each.key: Empty.NO_OPINION if each.key in left_out else level for each in even}
    assert juror_note(marks, even) == Fraction(level * 100, 20)


@given(marked())
def test_juror_note_stays_between_0_and_100_and_ignores_the_order_of_criteria(case):
    grid, marks = case
    note = juror_note(marks, grid)
    assert 0 <= note <= 100
    assert juror_note(marks, list(reversed(grid))) == note


def test_criterion_means_leave_out_who_did_not_mark():
    reviews = [{"needs": 3, "quality": 0}, {"needs": 4, "quality": Empty.NO_OPINION}]
    assert criterion_means(reviews, GRID) == {"needs": Fraction(7, 2), "quality": Fraction(0)}


def test_display_rounds_half_up_to_the_hundredth():
    assert display(Fraction(200, 3)) == Decimal("66.67")
    assert display(Fraction(12345, 1000)) == Decimal("12.35")
    assert display(Fraction(125, 1000)) == Decimal("0.13")
    assert display(Fraction(100)) == Decimal("100.00")
    assert display(None) is None
