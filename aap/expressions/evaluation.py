"""The truth of a condition: yes, no, or not yet determined while an answer is missing.

Kleene's strong logic of indeterminacy (S. C. Kleene, Introduction to Metamathematics, 1952, §64): what is determined
stays so whatever the missing answers turn out to be.
"""

import operator
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from aap.expressions.tree import All, Among, Answer, Compare, Comparison, Condition, Constant, Not, Share, Some, Term, Value

# True, False, or None: not yet determined.
Truth = bool | None

ORDERS = {
    Comparison.LT: operator.lt,
    Comparison.LE: operator.le,
    Comparison.GT: operator.gt,
    Comparison.GE: operator.ge,
}


def evaluate(condition: Condition, answers: Mapping[str, Value | None]) -> Truth:
    """The truth of `condition`. `answers` has the values by key; a key absent or None is an answer not given yet.

    Never raises: two values that cannot be compared (a number and a text) leave the comparison undetermined; publishing a
    questionnaire refuses such conditions (`aap.questionnaires.rules`).
    """
    match condition:
        case All(parts):
            truths = [evaluate(part, answers) for part in parts]
            return False if False in truths else None if None in truths else True
        case Some(parts):
            truths = [evaluate(part, answers) for part in parts]
            return True if True in truths else None if None in truths else False
        case Not(part):
            truth = evaluate(part, answers)
            return None if truth is None else not truth
        case Compare(comparison, left, right):
            return _compare(comparison, value_of(left, answers), value_of(right, answers))
        case Among(term, values):
            return _among(value_of(term, answers), values)


def value_of(term: Term, answers: Mapping[str, Value | None]) -> Value | None:
    """The value of a term, or None while it is unknown."""
    match term:
        case Constant(value):
            return value
        case Answer(key):
            return answers.get(key)
        case Share(factor, part):
            whole = value_of(part, answers)
            return factor * whole if isinstance(whole, Decimal) else None


def _compare(comparison: Comparison, left: Value | None, right: Value | None) -> Truth:
    if left is None or right is None or kind_of(left) is not kind_of(right):
        return None
    if comparison is Comparison.EQ:
        return left == right
    if comparison is Comparison.NE:
        return left != right
    if isinstance(left, Decimal | date):
        return bool(ORDERS[comparison](left, right))
    return None


def _among(value: Value | None, values: frozenset[str]) -> Truth:
    if isinstance(value, frozenset):
        return bool(value & values)
    return value in values if isinstance(value, str) else None


def kind_of(value: Value) -> type:
    """What may be compared with what: a text, yes or no, a number, a day, several choices."""
    return next(kind for kind in (bool, Decimal, date, frozenset, str) if isinstance(value, kind))
