"""The deposited version of an application, laid out for reading: what serves to score, nothing more."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from aap.applications.models import Application, DepositedVersion, SupportingDocument
from aap.people.models import User
from aap.questionnaires.definition import Definition
from aap.questionnaires.reading import ReadSection, readable


def sections_of(application: Application, version: DepositedVersion) -> list[ReadSection]:
    """The answers of the version that the review is pinned to, section by section, without those kept from the jury."""
    definition = application.questionnaire_version.definition
    sections = readable(_shown(definition), application.call, version.content.get("answers", {}))
    return [section for section in sections if section.rows]


def documents_of(application: Application, version: DepositedVersion, user: User) -> QuerySet[SupportingDocument]:
    """The documents of that version, replaced since or not, if the person may see the application.

    Without those kept from the jury, for officers too: they have their own page.
    """
    listed = [document["id"] for document in version.content.get("documents", [])]
    return (
        SupportingDocument.objects.filter(
            application__in=Application.objects.visible_to(user).filter(pk=application.pk),
            public_id__in=listed,
            requirement__hidden_from_jury=False,
        )
        .select_related("requirement")
        .order_by("requirement__position", "uploaded_at")
    )


def readable_document(user: User, public_id: str) -> SupportingDocument | None:
    """One document, in place or deposited once, of an application that the person may see."""
    deposited = Q(application__versions__content__documents__contains=[{"id": str(public_id)}])
    found = SupportingDocument.objects.filter(
        Q(removed_at__isnull=True) | deposited, public_id=public_id, requirement__hidden_from_jury=False
    )
    return found.filter(application__in=Application.objects.visible_to(user)).distinct().first()


def _shown(definition: Definition) -> Definition:
    """The definition without the questions whose answers are kept from the jury."""
    return Definition(
        sections=tuple(
            replace(section, questions=tuple(question for question in section.questions if not question.hidden_from_jury))
            for section in definition.sections
        )
    )
