"""The arithmetic of the budget."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aap.money import percent
from aap.questionnaires.budget import ASKED, CHARGES, LINES, PRODUITS, Budget, Limits, rate_text

LIMITS = Limits(floor=Decimal(2000), ceiling=Decimal(25000), max_rate=Decimal(80), authority="Département de Vaucluse")
amounts = st.dictionaries(st.sampled_from(list(LINES)), st.integers(min_value=0, max_value=10_000_000))


@given(amounts)
def test_budget_comes_back_from_json(typed):
    budget = Budget(typed)
    assert Budget.from_json(budget.to_json()) == budget
    assert all(budget.to_json().values())


@given(amounts)
def test_budget_totals_add_their_lines(typed):
    budget = Budget(typed)
    assert budget.total_charges == sum(typed.get(line.key, 0) for line in CHARGES)
    assert budget.total_produits == sum(typed.get(line.key, 0) for line in PRODUITS)
    assert budget.balance == budget.total_produits - budget.total_charges


@given(amounts, st.integers(min_value=1, max_value=1_000_000))
def test_budget_contributions_in_kind_change_neither_cost_nor_rate(typed, gift):
    bare = Budget({key: amount for key, amount in typed.items() if not key.endswith("en_nature")})
    given_in_kind = Budget({**bare.amounts, "emplois_en_nature": gift, "contributions_en_nature": gift})
    assert (given_in_kind.total_charges, given_in_kind.balance, given_in_kind.rate) == (
        bare.total_charges,
        bare.balance,
        bare.rate,
    )
    assert given_in_kind.checks(LIMITS) == bare.checks(LIMITS)


@given(st.integers(min_value=2000, max_value=25000), st.integers(min_value=2000, max_value=100_000))
def test_budget_that_is_balanced_and_within_limits_has_no_problem(asked, cost):
    budget = Budget({"personnel": cost, ASKED: min(asked, cost), "communes": cost - min(asked, cost)})
    within = Fraction(budget.asked, cost) <= Fraction(80, 100)
    assert (budget.checks(LIMITS) == []) is within


def test_budget_without_anything_says_what_to_write():
    assert Budget().rate is None
    assert Budget().checks(LIMITS) == [
        "Aucune charge n’est indiquée : écrivez ce que le projet coûte.",
        "Le montant demandé manque : écrivez-le à la ligne « Département de Vaucluse – montant demandé » du compte 74.",
    ]


def test_budget_unbalanced_says_by_how_much():
    budget = Budget({"achats": 12_500, ASKED: 8000, "emplois_en_nature": 500, "contributions_en_nature": 600})
    assert budget.checks(LIMITS) == [
        "Il manque 4\u202f500\u00a0€ de produits pour couvrir les charges : les deux totaux doivent être égaux.",
        "Les contributions volontaires diffèrent : 500\u00a0€ au compte 86 et 600\u00a0€ au compte 87. Écrivez le même total des deux côtés.",
    ]


@pytest.mark.parametrize(
    ("asked", "cost", "message"),
    [
        (
            1999,
            10_000,
            (
                "Vous demandez 1\u202f999\u00a0€ : le minimum de cet appel est 2\u202f000\u00a0€. Un projet plus petit ne peut pas être "
                "retenu : augmentez la ligne « Département de Vaucluse – montant demandé » si votre budget le permet."
            ),
        ),
        (
            25_001,
            100_000,
            (
                "Vous demandez 25\u202f001\u00a0€ : le maximum de cet appel est 25\u202f000\u00a0€. Baissez la ligne « Département de Vaucluse – "
                "montant demandé »."
            ),
        ),
        (
            8001,
            10_000,
            (
                "Vous demandez 80,01\u00a0% du coût du projet : le maximum est 80\u00a0%, soit 8\u202f000\u00a0€ pour ce budget. "
                "Baissez le montant demandé, ou vérifiez les charges."
            ),
        ),
        (
            24_001,
            30_001,
            (
                "Vous demandez un peu plus de 80\u00a0% du coût du projet : le maximum est 80\u00a0%, soit 24\u202f000\u00a0€ pour ce "
                "budget. Baissez le montant demandé, ou vérifiez les charges."
            ),
        ),
    ],
)
def test_budget_outside_the_limits_is_told(asked, cost, message):
    assert Budget({"achats": cost, ASKED: asked, "ventes": cost - asked}).checks(LIMITS) == [message]


def test_budget_at_the_limits_is_accepted():
    assert Budget({"achats": 31_250, ASKED: 25_000, "ventes": 6250}).checks(LIMITS) == []
    assert Budget({"achats": 2500, ASKED: 2000, "ventes": 500}).checks(LIMITS) == []


@pytest.mark.parametrize(
    ("asked", "cost", "text"),
    [
        (80001, 100000, "80\xa0%"),
        (2, 3, "66,67\xa0%"),
        (40, 100, "40\xa0%"),
        (7317, 10000, "73,17\xa0%"),
        (30, 41, "73,17\xa0%"),
        (73175, 100000, "73,18\xa0%"),
        (73174999, 100000000, "73,17\xa0%"),
    ],
)
def test_rate_is_written_as_the_desk_and_the_letter_write_it(asked, cost, text):
    rate = Budget({"achats": cost, ASKED: asked}).rate
    assert (rate_text(rate), percent(Decimal(asked) * 100 / Decimal(cost))) == (text, text)


@pytest.mark.parametrize(
    "value", [{"inconnue": 5}, {"achats": -1}, {"achats": "12"}, {"achats": 1.5}, {"achats": True}, [], "x"]
)
def test_budget_refuses_what_it_did_not_write(value):
    with pytest.raises(ValueError, match=r".+"):
        Budget.from_json(value)
