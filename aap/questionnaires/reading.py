"""Kept answers as people read them: on the review page, on the officer's and the juror's desk, in a PDF."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from aap.calls.models import Call
from aap.moments import french_day
from aap.money import euros
from aap.questionnaires.budget import Budget
from aap.questionnaires.budget_field import table
from aap.questionnaires.definition import Definition, Question, QuestionType
from aap.questionnaires.fields import spaced
from aap.questionnaires.paragraphs import paragraphs
from aap.territories.selectors import commune_name

NO_LONGER = "Réponse illisible"


@dataclass(frozen=True)
class ReadRow:
    """One question and its answer. `kind` says which template part draws it.

    short, long: `text`; choices: `choices`; budget: `budget`; indicators: `indicators`; attestation: `text` and `moment`; empty.
    """

    key: str
    label: str
    kind: str
    text: str = ""
    choices: tuple[str, ...] = ()
    budget: dict[str, Any] | None = None
    indicators: tuple[dict[str, str], ...] = ()
    moment: datetime | None = None
    value: Any = None

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The text as templates lay it out."""
        return paragraphs(self.text)


@dataclass(frozen=True)
class ReadSection:
    """One section with its rows."""

    key: str
    title: str
    rows: tuple[ReadRow, ...] = field(default=())


def readable(definition: Definition, call: Call, answers: dict[str, Any]) -> list[ReadSection]:
    """Every section in order, unanswered questions included. At most two queries (axes, commune)."""
    return [
        ReadSection(
            section.key, section.title, tuple(_row(question, call, answers.get(question.key)) for question in section.questions)
        )
        for section in definition.sections
    ]


def _row(question: Question, call: Call, answer: Any) -> ReadRow:
    try:
        content = READERS[question.type](answer, call) if answer not in (None, "", [], {}) else {"kind": "empty"}
    except (ValueError, TypeError, KeyError, AttributeError):
        # An answer kept in another shape must not hide the whole file from whoever examines it.
        content = {"kind": "short", "text": NO_LONGER}
    return ReadRow(key=question.key, label=question.label, value=answer, **content)


def _short(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "short", "text": str(answer)}


def _long(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "long", "text": str(answer)}


def _theme(answer: Any, call: Call) -> dict[str, Any]:
    titles = {theme.key: theme.title for theme in call.themes.all()}
    return {"kind": "short", "text": titles.get(answer, str(answer))}


def _commune(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "short", "text": commune_name(str(answer)[:5]) or str(answer)}


def _integer(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "short", "text": spaced(int(answer))}


def _amount(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "short", "text": euros(int(answer))}


def _day(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "short", "text": french_day(date.fromisoformat(answer))}


def _yes_no(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "short", "text": "Oui" if answer else "Non"}


def _choices(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "choices", "choices": tuple(str(each) for each in answer)}


def _budget(answer: Any, call: Call) -> dict[str, Any]:
    return {"kind": "budget", "budget": table(Budget.from_json(answer), call.authority)}


def _indicators(answer: Any, call: Call) -> dict[str, Any]:
    return {
        "kind": "indicators",
        "indicators": tuple({"label": row["label"], "target": row["target"], "unit": row["unit"]} for row in answer),
    }


def _attestation(answer: Any, call: Call) -> dict[str, Any]:
    moment = datetime.fromisoformat(answer["at"]) if answer.get("at") else None
    return {"kind": "attestation", "text": answer["text"], "moment": moment}


READERS: dict[QuestionType, Callable[[Any, Call], dict[str, Any]]] = {
    QuestionType.TITLE: _short,
    QuestionType.THEME: _theme,
    QuestionType.COMMUNE: _commune,
    QuestionType.BUDGET: _budget,
    QuestionType.PROJECT_START: _day,
    QuestionType.PROJECT_END: _day,
    QuestionType.SHORT_TEXT: _short,
    QuestionType.LONG_TEXT: _long,
    QuestionType.INTEGER: _integer,
    QuestionType.AMOUNT: _amount,
    QuestionType.DATE: _day,
    QuestionType.YES_NO: _yes_no,
    QuestionType.CHOICE: _short,
    QuestionType.CHOICES: _choices,
    QuestionType.INDICATORS: _indicators,
    QuestionType.ATTESTATION: _attestation,
}
