"""Answers compared with one another, and with what the call allows. Each answer is well formed by itself. No form here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aap.calls.models import Call
from aap.moments import add_months, french_day
from aap.questionnaires.definition import Definition, QuestionType
from aap.questionnaires.problems import Problem


@dataclass(frozen=True)
class Concern:
    """What is wrong with the answer to the question of that type. `blocking` as in Problem."""

    type: QuestionType
    message: str
    blocking: bool = True


def crosschecks(definition: Definition, call: Call, answers: Mapping[str, Any], *, on: date) -> list[Problem]:
    """What does not hold together if the application is deposited on that day, in the order of the checks below."""
    start = _day(definition, answers, QuestionType.PROJECT_START)
    end = _day(definition, answers, QuestionType.PROJECT_END)
    found = []
    for concern in project_dates(start, end, call=call, on=on):
        for section in definition.sections:
            found += [
                Problem(section.key, question.key, question.label, concern.message, concern.blocking)
                for question in section.questions
                if question.type == concern.type
            ]
    return found


def project_dates(start: date | None, end: date | None, *, call: Call, on: date) -> Iterator[Concern]:
    """The dates of the project: in order, no longer than the call allows, not before the deposit."""
    if start and start < on:
        yield _early_start(start, call=call, on=on)
    if start and end and end < start:
        yield Concern(
            QuestionType.PROJECT_END,
            f"La fin du projet ({french_day(end)}) vient avant son début ({french_day(start)}). Vérifiez les deux dates.",
        )
    elif start and end and call.max_months and end > (latest := add_months(start, call.max_months)):
        yield Concern(
            QuestionType.PROJECT_END,
            f"Cet appel soutient des projets de {call.max_months}\u00a0mois au plus. Commencé le {french_day(start)}, le vôtre "
            f"se termine au plus tard le {french_day(latest)}.",
        )


def _early_start(start: date, *, call: Call, on: date) -> Concern:
    if call.starts_after_deposit:
        message = (
            f"Le projet commence le {french_day(start)}, et nous sommes le {french_day(on)}. Cet appel ne soutient que des "
            "projets qui commencent après le dépôt. Corrigez cette date."
        )
    else:
        message = (
            f"Le projet commence le {french_day(start)}, avant le dépôt. Vérifiez cette date, et ce que l’appel dit des dépenses "
            "déjà faites."
        )
    return Concern(QuestionType.PROJECT_START, message, blocking=call.starts_after_deposit)


def _day(definition: Definition, answers: Mapping[str, Any], kind: QuestionType) -> date | None:
    question = definition.first_of(kind)
    answer = answers.get(question.key) if question else None
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        # Badly formed: the question's own check says so.
        return None
