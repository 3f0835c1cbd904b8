"""Fill a questionnaire and its documents as a volunteer would, question after question."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from aap import clock
from aap.applications.models import Application
from aap.applications.services import attach_document, save_section
from aap.pdf.rendering import html_to_pdf
from aap.questionnaires.definition import Question, QuestionType, Section
from aap.text import sort_key
from config.demonstration.budgets import budget
from config.demonstration.material import TEXTS
from config.demonstration.projects import Project


def fill(application: Application, project: Project, *, half: bool = False) -> None:
    """Answer every section and attach every required document, through the services of the applicant's space.

    `half`: only the first half of the sections, and one document.
    """
    sections = application.questionnaire_version.definition.sections
    for section in sections[: len(sections) // 2] if half else sections:
        save_section(application, section.key, _answers(application, section, project), by=project.member)
    required = [requirement for requirement in application.call.document_requirements.all() if requirement.required]
    for requirement in required[:1] if half else required:
        upload = SimpleUploadedFile(f"{requirement.key}.pdf", _fictitious_document(requirement.label), "application/pdf")
        attach_document(application, requirement, upload, by=project.member)


def _answers(application: Application, section: Section, project: Project) -> dict[str, Any]:
    return {question.key: _answer(question, application, project) for question in section.questions}


def _answer(question: Question, application: Application, project: Project) -> Any:  # noqa: C901, PLR0911, PLR0912 - one line a type
    match question.type:
        case QuestionType.TITLE:
            return project.title
        case QuestionType.THEME:
            return _theme_key(application, project)
        case QuestionType.COMMUNE:
            return project.place.commune.code
        case QuestionType.BUDGET:
            return budget(asked=project.asked, cost=project.cost)
        case QuestionType.LONG_TEXT:
            return _long_text(question, project)[: question.max_length]
        case QuestionType.SHORT_TEXT:
            return _short_text(question, project)[: question.max_length]
        case QuestionType.INTEGER:
            return _number(question, project)
        case QuestionType.AMOUNT:
            return project.cost
        case QuestionType.DATE | QuestionType.PROJECT_START | QuestionType.PROJECT_END:
            return (clock.today() + timedelta(days=_delay(question))).isoformat()
        case QuestionType.YES_NO:
            return True
        case QuestionType.CHOICE:
            return _choice(question, project)
        case QuestionType.CHOICES:
            return list(question.choices[: 1 + project.people % len(question.choices)])
        case QuestionType.INDICATORS:
            return [
                {"label": "Personnes accompagnées", "target": str(project.people), "unit": "personnes"},
                {"label": "Séances tenues", "target": str(project.people // 3), "unit": "séances"},
                {"label": "Démarches menées à bien", "target": str(project.people * 2), "unit": "démarches"},
            ]
        case QuestionType.ATTESTATION:
            return {"accepted": True, "text": question.legal_text, "at": clock.now().isoformat()}


def _theme_key(application: Application, project: Project) -> str:
    """The axis of the call that the project is about; a call with other axes gets them in turn."""
    keys = [theme.key for theme in application.call.themes.all()]
    return next((key for key in keys if project.theme in key), keys[project.people % len(keys)])


def _long_text(question: Question, project: Project) -> str:
    words = sort_key(f"{question.key} {question.label}")
    pattern = next(text for keyword, text in TEXTS.items() if keyword in words)
    return pattern.format(
        place=project.place.at, name=project.place.commune.name, people=project.people, sessions=project.people // 3
    )


def _number(question: Question, project: Project) -> int:
    words = sort_key(f"{question.key} {question.label}")
    of = project.people
    numbers = {
        "personnes": of,
        "benevoles": 6 + of % 23,
        "volontaires": of % 3,
        "salaries projet": 1 + of % 2,
        "salaries": 2 + of % 9,
    }
    return next((number for keyword, number in numbers.items() if keyword in words), 3 + of % 17)


def _choice(question: Question, project: Project) -> str:
    """The cast is made of associations known for years, most of which ask nothing of those who come."""
    words = sort_key(f"{question.key} {question.label}")
    if "nature" in words:
        return question.choices[0]
    if "existe" in words:
        return question.choices[-1]
    if "paient" in words:
        return question.choices[0 if project.people % 4 else 1]
    return question.choices[project.people % len(question.choices)]


def _short_text(question: Question, project: Project) -> str:
    words = sort_key(f"{question.key} {question.label}")
    if "site" in words:
        return "https://www.exemple.fr"
    if "territoire" in words or "lieu" in words:
        return f"{project.place.commune.name} et communes voisines"
    if "nom" in words or "contact" in words or "responsable" in words:
        return f"{project.member.first_name} {project.member.last_name}"
    return "Voir la description du projet."


def _delay(question: Question) -> int:
    """Days from the writing to the date asked: the project starts in four months and lasts one year."""
    words = sort_key(f"{question.key} {question.label}")
    return 480 if "fin" in words else 120


@lru_cache(maxsize=32)
def _fictitious_document(label: str) -> bytes:
    """A one-page PDF that says what it stands for."""
    return html_to_pdf(
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{label}</title></head>'
        f"<body><h1>{label}</h1><p>Document fictif, pour la démonstration.</p></body></html>"
    )
