"""The dates of the project, compared with each other and with what the call allows."""

from datetime import date

import pytest

from aap.calls.models import Call
from aap.questionnaires.crosschecks import crosschecks
from aap.questionnaires.definition import Definition, Question, Section
from aap.questionnaires.definition import QuestionType as T
from aap.questionnaires.rules import flaws

TODAY = date(2026, 3, 10)
DEFINITION = Definition(
    (
        Section("projet", "Projet", questions=(Question("debut", T.PROJECT_START, "Début"),)),
        Section("suite", "Suite", questions=(Question("fin", T.PROJECT_END, "Fin"),)),
    )
)


def found(start, end, **call):
    problems = crosschecks(DEFINITION, Call(**call), {"debut": start, "fin": end}, on=TODAY)
    return [(problem.section_key, problem.question_key, problem.blocking) for problem in problems]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-10", "2026-03-10", []),
        ("2026-04-01", "2027-03-31", []),
        ("2026-04-01", "2027-04-01", []),
        ("2026-04-01", "2027-04-02", [("suite", "fin", True)]),
        ("2026-04-01", "2026-03-31", [("suite", "fin", True)]),
        ("2026-03-09", "2026-06-01", [("projet", "debut", False)]),
        ("2026-03-09", "2026-03-01", [("projet", "debut", False), ("suite", "fin", True)]),
        (None, "2020-01-01", []),
        ("2026-04-01", None, []),
        ("demain", "hier", []),
        (5, ["2026-04-01"], []),
        ("9999-12-31", "0001-01-01", [("suite", "fin", True)]),
    ],
)
def test_project_dates_are_compared(start, end, expected):
    assert found(start, end, max_months=12) == expected


def test_project_that_starts_before_the_deposit_is_refused_where_the_call_says_so():
    assert found("2026-03-09", "2026-06-01", starts_after_deposit=True) == [("projet", "debut", True)]
    assert found("2026-03-10", "2026-06-01", starts_after_deposit=True) == []


def test_project_is_as_long_as_it_likes_where_the_call_does_not_say():
    assert found("2026-04-01", "2039-04-01") == []


def test_project_dates_are_told_in_french():
    call = Call(max_months=12, starts_after_deposit=True)
    answers = {"debut": "2026-03-01", "fin": "2027-04-01"}
    assert [problem.message.replace("\u00a0", " ") for problem in crosschecks(DEFINITION, call, answers, on=TODAY)] == [
        (
            "Le projet commence le 1er mars 2026, et nous sommes le 10 mars 2026. Cet appel ne soutient que des projets qui commencent "
            "après le dépôt. Corrigez cette date."
        ),
        (
            "Cet appel soutient des projets de 12 mois au plus. Commencé le 1er mars 2026, le vôtre se termine au plus tard le "
            "1er mars 2027."
        ),
    ]


def test_project_start_is_asked_once():
    twice = Definition(
        (Section("s", "S", questions=(Question("a", T.PROJECT_START, "A"), Question("b", T.PROJECT_START, "B"))),)
    )
    assert flaws(twice) == ["Une seule question de ce type est possible, gardez-en une : « A », « B »."]
