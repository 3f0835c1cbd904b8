"""What the page of one application shows around its answers."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Subquery

from aap.applications.models import Application, SupportingDocument
from aap.calls.models import DocumentRequirement
from aap.decisions.models import Decision, Outcome
from aap.people.models import User
from aap.questionnaires.reading import ReadRow, ReadSection, readable

SHOWN = ("call", "organisation", "theme", "commune", "officer", "questionnaire_version", "receipt")


def application_for(user: User, public_id: UUID) -> Application | None:
    """The application with what its page needs; None when the person may not see it."""
    return Application.objects.visible_to(user).select_related(*SHOWN).filter(public_id=public_id).first()


@dataclass(frozen=True)
class ReadAnswers:
    """The answers as one reads them, the budget apart."""

    sections: list[ReadSection]
    budgets: list[ReadRow]


def answers(application: Application) -> ReadAnswers:
    """Every section that holds something else than the budget, and the budget. Three queries at most."""
    given = dict(application.answers.values_list("question_key", "value"))
    sections = readable(application.questionnaire_version.definition, application.call, given)
    budgets = [row for section in sections for row in section.rows if row.kind == "budget"]
    rest = [replace(section, rows=tuple(row for row in section.rows if row.kind != "budget")) for section in sections]
    return ReadAnswers([section for section in rest if section.rows], budgets)


@dataclass(frozen=True)
class RequiredDocument:
    """One document asked for, and what was given."""

    requirement: DocumentRequirement
    given: list[SupportingDocument]


def documents(application: Application) -> list[RequiredDocument]:
    """Every document of the call in order, the missing ones too. Two queries."""
    given: dict[int, list[SupportingDocument]] = {}
    for document in application.documents.filter(removed_at=None).order_by("uploaded_at", "pk"):
        given.setdefault(document.requirement_id, []).append(document)
    requirements = application.call.document_requirements.order_by("position", "pk")
    return [RequiredDocument(requirement, given.get(requirement.pk, [])) for requirement in requirements]


@dataclass(frozen=True)
class OtherApplication:
    """Another application of the same organisation; `granted` in euros, None when nothing was."""

    application: Application
    granted: Decimal | None


def other_applications(application: Application, user: User) -> list[OtherApplication]:
    """The other applications of the organisation, all calls together, newest first, with what was granted. One query."""
    granted = Decision.objects.filter(application=OuterRef("pk"), outcome=Outcome.AWARDED, replaced_by=None).values("amount")[
        :1
    ]
    others = (
        Application.objects.visible_to(user)
        .filter(organisation=application.organisation_id)
        .exclude(pk=application.pk)
        .select_related("call")
        .annotate(granted_amount=Subquery(granted))
        .order_by("-submitted_at", "-pk")[:50]
    )
    return [OtherApplication(other, other.granted_amount) for other in others]


def granted_total(others: list[OtherApplication]) -> Decimal:
    """The sum of what the listed applications were granted, in euros."""
    return sum((other.granted for other in others if other.granted), Decimal(0))
