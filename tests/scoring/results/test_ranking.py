"""Ranks, ties, thresholds."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.results.notes import Weighting
from scoring.results.ranking import Place, rank
from scoring.results.standing import Ballot, standings

GRID = (Weighting("needs", Fraction(1), 5, eliminatory=True), Weighting("quality", Fraction(1), 5))


def ballots(*marks):
    return [Ballot({"needs": needs, "quality": quality}, GRID) for needs, quality in marks]


def test_rank_is_one_two_two_four():
    places = rank({"a": Fraction(90), "b": Fraction(80), "c": Fraction(160, 2), "d": Fraction(70)})
    assert places == {"a": Place(1, False), "b": Place(2, True), "c": Place(2, True), "d": Place(4, False)}


def test_rank_tells_apart_notes_that_display_alike():
    places = rank({"a": Fraction(200, 3), "b": Fraction(6667, 100)})
    assert places == {"b": Place(1, False), "a": Place(2, False)}


def test_rank_separates_ties_by_the_declared_values():
    notes = {"a": Fraction(80), "b": Fraction(80), "c": Fraction(80)}
    values = {"a": [Fraction(3), Fraction(1)], "b": [Fraction(4), Fraction(1)], "c": [Fraction(3), Fraction(2)]}
    assert rank(notes, values) == {"b": Place(1, False), "c": Place(2, False), "a": Place(3, False)}


def test_rank_ignores_a_tie_value_that_one_of_the_tied_lacks():
    notes = {"a": Fraction(80), "b": Fraction(80)}
    assert rank(notes, {"a": [Fraction(3)], "b": [None]}) == {"a": Place(1, True), "b": Place(1, True)}


@given(st.dictionaries(st.integers(0, 40), st.fractions(0, 100, max_denominator=20), max_size=20), st.randoms())
def test_rank_does_not_depend_on_the_order_of_applications(notes, random):
    shuffled = list(notes.items())
    random.shuffle(shuffled)
    places = rank(dict(shuffled))
    assert places == rank(notes)
    for key, place in places.items():
        assert place.rank == 1 + sum(other > notes[key] for other in notes.values())
        assert place.tied == (sum(other == notes[key] for other in notes.values()) > 1)


@given(
    st.dictionaries(st.integers(0, 9), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=5), max_size=8),
    st.randoms(),
)
def test_standings_do_not_depend_on_the_order_of_jurors(marks, random):
    straight = standings({key: ballots(*cast) for key, cast in marks.items()}, required=2, pass_mark=Fraction(50))
    shuffled = {key: random.sample(cast, len(cast)) for key, cast in marks.items()}
    again = standings({key: ballots(*cast) for key, cast in shuffled.items()}, required=2, pass_mark=Fraction(50))
    assert again == straight


def test_standing_with_too_few_reviews_holds_no_rank():
    first, second = standings({"few": ballots((5, 5)), "enough": ballots((3, 3), (4, 4))}, required=2, pass_mark=Fraction(50))
    assert (first.key, first.place) == ("enough", Place(1, False))
    assert (second.key, second.place, second.note, second.reviews) == ("few", None, 100, 1)
    assert not second.fundable


def test_standing_shows_spread_pass_mark_and_elimination():
    (standing,) = standings({"a": ballots((0, 5), (0, 3))}, required=2, pass_mark=Fraction(50))
    assert (standing.note, standing.lowest, standing.highest) == (40, 30, 50)
    assert standing.below_pass_mark
    assert standing.eliminated_by == ("needs",)
    assert standing.place == Place(1, False)
    assert not standing.fundable


def test_standing_at_the_pass_mark_passes_and_one_mark_above_zero_does_not_eliminate():
    (standing,) = standings({"a": ballots((0, 5), (1, 4))}, required=2, pass_mark=Fraction(50))
    assert standing.note == 50
    assert not standing.below_pass_mark
    assert standing.eliminated_by == ()
    assert standing.fundable
