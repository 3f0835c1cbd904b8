"""What the page of one application shows around its answers."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from aap.applications.models import Application, SupportingDocument
from aap.calls.models import DocumentRequirement
from aap.decisions.models import Decision, Outcome
from aap.people.models import User

SHOWN = ("call", "organisation", "theme", "commune", "officer", "questionnaire_version", "receipt")


def application_for(user: User, public_id: UUID) -> Application | None:
    """The application with what its page needs; None when the person may not see it."""
    return Application.objects.visible_to(user).select_related(*SHOWN).filter(public_id=public_id).first()


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


def other_applications(application: Application, user: User) -> QuerySet[Application]:
    """The other applications of the organisation, all calls together, newest first, with what was granted."""
    granted = Decision.objects.filter(application=OuterRef("pk"), outcome=Outcome.AWARDED, replaced_by=None).values("amount")[:1]
    return (
        Application.objects.visible_to(user)
        .filter(organisation=application.organisation_id)
        .exclude(pk=application.pk)
        .select_related("call")
        .annotate(granted_amount=Subquery(granted))
        .order_by("-submitted_at", "-pk")[:50]
    )


def granted_total(others: list[Application]) -> Decimal:
    """The sum of what the listed applications were granted, in euros."""
    return sum((other.granted_amount for other in others if other.granted_amount), Decimal(0))
