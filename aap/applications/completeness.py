"""What is left to do before the deposit: questions and documents together, in reading order."""

from collections.abc import Iterable, Mapping
from typing import Any

from aap import clock
from aap.applications.errors import MissingPiece
from aap.applications.models import Application
from aap.questionnaires.crosschecks import crosschecks
from aap.questionnaires.forms import missing
from aap.questionnaires.problems import Problem


def missing_pieces(application: Application) -> list[MissingPiece]:
    """Every reason why the application cannot be deposited; empty when it is complete. Five queries at most."""
    answers = dict(application.answers.values_list("question_key", "value"))
    return [*missing_answers(application, answers), *missing_documents(application)]


def missing_answers(application: Application, answers: Mapping[str, Any]) -> list[MissingPiece]:
    """What the questionnaire still wants: each answer by itself, then with the others."""
    definition, call = application.questionnaire_version.definition, application.call
    problems = missing(definition, call, dict(answers))
    wrong = {problem.question_key for problem in problems}
    problems += [
        each
        for each in crosschecks(definition, call, answers, on=clock.today())
        if each.blocking and each.question_key not in wrong
    ]
    places = {key: place for place, key in enumerate(definition.questions)}
    return _pieces(sorted(problems, key=lambda problem: places[problem.question_key]))


def doubts(application: Application, answers: Mapping[str, Any]) -> list[MissingPiece]:
    """What deserves a second look before the deposit, and does not prevent it. No query."""
    definition = application.questionnaire_version.definition
    found = crosschecks(definition, application.call, answers, on=clock.today())
    return _pieces(problem for problem in found if not problem.blocking)


def _pieces(problems: Iterable[Problem]) -> list[MissingPiece]:
    return [
        MissingPiece(each.label, each.message, section_key=each.section_key, question_key=each.question_key)
        for each in problems
    ]


def missing_documents(application: Application) -> list[MissingPiece]:
    """The compulsory documents that are not attached."""
    present = application.documents.filter(removed_at__isnull=True).values("requirement")
    required = application.call.document_requirements.filter(required=True).exclude(pk__in=present).order_by("position", "pk")
    return [
        MissingPiece(each.label, "Cette pièce est obligatoire\u00a0: joignez-la.", requirement_key=each.key)
        for each in required
    ]
