"""Conditions: what they say, what they cannot say yet, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aap.expressions.evaluation import evaluate, value_of
from aap.expressions.tree import (
    DEEPEST,
    LONGEST,
    All,
    Among,
    Answer,
    Compare,
    Comparison,
    Constant,
    Not,
    Share,
    Some,
    answers_in,
    read,
    write,
)

KEYS = ("nature", "salaries", "debut", "publics", "eligible")
VALUES = {
    "nature": st.sampled_from(["Association", "Commune"]),
    "salaries": st.decimals(-5, 5, places=1),
    "debut": st.dates(date(2025, 1, 1), date(2025, 1, 5)),
    "publics": st.frozensets(st.sampled_from(["Seniors", "Parents", "Jeunes"])),
    "eligible": st.booleans(),
}
answer_sets = st.fixed_dictionaries({key: st.none() | strategy for key, strategy in VALUES.items()})
constants = st.one_of([strategy for key, strategy in VALUES.items() if key != "publics"]).map(Constant)
terms = st.one_of(
    constants, st.sampled_from(KEYS).map(Answer), st.builds(Share, st.decimals(0, 2, places=2), st.just(Answer("salaries")))
)
leaves = st.builds(Compare, st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]).map(Comparison), terms, terms)
leaves |= st.builds(Among, terms, st.frozensets(st.sampled_from(["Association", "Seniors", "Parents"])))
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Some, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=8,
)


@given(conditions)
def test_a_condition_is_read_back_as_it_was_written(condition):
    assert read(write(condition)) == condition


@given(conditions, answer_sets, answer_sets)
def test_what_is_determined_stays_so_when_missing_answers_come(condition, answers, later):
    known = {key: value for key, value in answers.items() if value is not None}
    before = evaluate(condition, known)
    assert before is None or evaluate(condition, {**later, **known}) is before


@given(conditions, conditions, answer_sets)
def test_not_all_is_any_not(left, right, answers):
    assert evaluate(Not(All((left, right))), answers) is evaluate(Some((Not(left), Not(right))), answers)


@given(conditions, answer_sets)
def test_a_condition_reads_only_the_answers_it_names(condition, answers):
    read_keys = set(answers_in(condition))
    named = {key: value for key, value in answers.items() if key in read_keys}
    assert evaluate(condition, named) is evaluate(condition, answers)


@pytest.mark.parametrize(
    ("content", "answers", "truth"),
    [
        ({"compare": "eq", "left": {"answer": "nature"}, "right": {"text": "Commune"}}, {"nature": "Commune"}, True),
        ({"compare": "ne", "left": {"answer": "nature"}, "right": {"text": "Commune"}}, {"nature": "Commune"}, False),
        ({"compare": "eq", "left": {"answer": "nature"}, "right": {"text": "Commune"}}, {}, None),
        ({"compare": "ge", "left": {"answer": "n"}, "right": {"number": "3"}}, {"n": Decimal(3)}, True),
        ({"compare": "lt", "left": {"answer": "n"}, "right": {"number": "3.0"}}, {"n": Decimal(3)}, False),
        ({"compare": "le", "left": {"answer": "d"}, "right": {"date": "2025-02-28"}}, {"d": date(2025, 3, 1)}, False),
        ({"compare": "eq", "left": {"answer": "oui"}, "right": {"yes": True}}, {"oui": True}, True),
        # Not the same kind: 1 is not « oui », a text is not ordered.
        ({"compare": "eq", "left": {"answer": "oui"}, "right": {"number": "1"}}, {"oui": True}, None),
        ({"compare": "lt", "left": {"answer": "a"}, "right": {"text": "b"}}, {"a": "a"}, None),
        ({"among": {"answer": "publics"}, "values": ["Seniors"]}, {"publics": frozenset({"Seniors", "Jeunes"})}, True),
        ({"among": {"answer": "publics"}, "values": ["Seniors"]}, {"publics": frozenset()}, False),
        ({"among": {"answer": "nature"}, "values": ["Commune", "Association"]}, {"nature": "Association"}, True),
        ({"all": []}, {}, True),
        ({"any": []}, {}, False),
        ({"not": {"any": []}}, {}, True),
    ],
)
def test_truth(content, answers, truth):
    assert evaluate(read(content), answers) is truth


def test_one_false_part_decides_all_and_one_true_part_decides_any_whatever_is_missing():
    unknown = {"compare": "eq", "left": {"answer": "absente"}, "right": {"text": "x"}}
    assert evaluate(read({"all": [unknown, {"any": []}]}), {}) is False
    assert evaluate(read({"any": [unknown, {"all": []}]}), {}) is True
    assert evaluate(read({"all": [unknown, {"all": []}]}), {}) is None


def test_eighty_percent_of_the_cost_is_exact():
    share = read({"compare": "gt", "left": {"answer": "asked"}, "right": {"times": "0.8", "of": {"answer": "cost"}}})
    assert evaluate(share, {"asked": Decimal(8000), "cost": Decimal(10000)}) is False
    assert evaluate(share, {"asked": Decimal("8000.01"), "cost": Decimal(10000)}) is True
    assert value_of(share.right, {"cost": Decimal("0.1")}) == Decimal("0.08")
    assert list(answers_in(share)) == ["asked", "cost"]


def nested(depth):
    content = {"all": []}
    for _ in range(depth - 1):
        content = {"not": content}
    return content


def test_the_deepest_and_longest_are_read_and_no_more():
    read(nested(DEEPEST))
    read({"all": [{"any": []}] * (LONGEST - 1)})
    for content in (nested(DEEPEST + 1), {"all": [{"any": []}] * LONGEST}):
        with pytest.raises(ValueError, match="too deep or too long"):
            read(content)


@pytest.mark.parametrize(
    "content",
    [
        None, [], "1 == 1", 1, {}, {"all": {}}, {"all": [1]}, {"any": [], "all": []}, {"not": None}, {"eval": "1"},
        {"compare": "like", "left": {"answer": "a"}, "right": {"text": "b"}},
        {"compare": "eq", "left": {"answer": "a"}},
        {"compare": "eq", "left": {"answer": ""}, "right": {"text": "b"}},
        {"compare": "eq", "left": {"answer": "a"}, "right": {"number": "1e999999"}},
        {"compare": "eq", "left": {"answer": "a"}, "right": {"number": "NaN"}},
        {"compare": "eq", "left": {"answer": "a"}, "right": {"number": "douze"}},
        {"compare": "eq", "left": {"answer": "a"}, "right": {"date": "2025-02-30"}},
        {"compare": "eq", "left": {"answer": "a"}, "right": {"yes": 1}},
        {"among": {"answer": "a"}, "values": [1]},
        {"among": {"answer": "a"}, "values": "abc"},
    ],
)  # fmt: skip
def test_anything_else_is_refused(content):
    with pytest.raises(ValueError, match=r"."):
        read(content)
