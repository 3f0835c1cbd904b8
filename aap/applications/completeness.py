"""What is left to do before the deposit: questions and documents together, in reading order."""

from aap.applications.errors import MissingPiece
from aap.applications.models import Application
from aap.questionnaires.forms import missing


def missing_pieces(application: Application) -> list[MissingPiece]:
    """Every reason why the application cannot be deposited; empty when it is complete. Five queries at most."""
    answers = dict(application.answers.values_list("question_key", "value"))
    return [*missing_answers(application, answers), *missing_documents(application)]


def missing_answers(application: Application, answers: dict[str, object]) -> list[MissingPiece]:
    """What the questionnaire still wants."""
    problems = missing(application.questionnaire_version.definition, application.call, answers)
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
