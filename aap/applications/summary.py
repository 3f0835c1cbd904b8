"""The columns read from the answers, so that no list ever opens the answers."""

from decimal import Decimal
from typing import Any

from aap.applications.models import Application
from aap.questionnaires.budget import Budget
from aap.questionnaires.definition import QuestionType
from aap.territories.models import Commune
from aap.text import sort_key

SUMMARY_FIELDS = ["title", "title_key", "theme", "commune", "requested_amount", "project_cost"]


def refresh_summary(application: Application) -> None:
    """Set the columns from the answers stored, without saving. What is not answered, or not known, is empty."""
    definition = application.questionnaire_version.definition
    asked = {kind: question.key for kind in QuestionType if (question := definition.first_of(kind))}
    kinds = (QuestionType.TITLE, QuestionType.THEME, QuestionType.COMMUNE, QuestionType.BUDGET)
    keys = {kind: asked[kind] for kind in kinds if kind in asked}
    stored = dict(application.answers.filter(question_key__in=keys.values()).values_list("question_key", "value"))
    answers = {kind: stored.get(key) for kind, key in keys.items()}
    application.title = str(answers.get(QuestionType.TITLE) or "")[:200]
    application.title_key = sort_key(application.title)[:200]
    theme, commune = answers.get(QuestionType.THEME), answers.get(QuestionType.COMMUNE)
    application.theme = application.call.themes.filter(key=theme).first() if theme else None
    application.commune = Commune.objects.filter(code=commune).first() if commune else None
    application.requested_amount, application.project_cost = _amounts(answers.get(QuestionType.BUDGET))


def _amounts(value: Any) -> tuple[Decimal | None, Decimal | None]:
    try:
        budget = Budget.from_json(value)
    except ValueError:
        return None, None
    return Decimal(budget.asked) or None, Decimal(budget.total_charges) or None
