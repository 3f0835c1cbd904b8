"""The deposited version of an application, laid out for reading."""

from django.db.models import Q, QuerySet

from aap.applications.models import Application, DepositedVersion, SupportingDocument
from aap.people.models import User
from aap.questionnaires.reading import ReadSection, readable


def sections_of(application: Application, version: DepositedVersion) -> list[ReadSection]:
    """The answers of the version that the review is pinned to, section by section."""
    return readable(application.questionnaire_version.definition, application.call, version.content.get("answers", {}))


def documents_of(application: Application, version: DepositedVersion, user: User) -> QuerySet[SupportingDocument]:
    """The documents of that version, replaced since or not, if the person may see the application."""
    listed = [document["id"] for document in version.content.get("documents", [])]
    return (
        SupportingDocument.objects.filter(
            application__in=Application.objects.visible_to(user).filter(pk=application.pk), public_id__in=listed
        )
        .select_related("requirement")
        .order_by("requirement__position", "uploaded_at")
    )


def readable_document(user: User, public_id: str) -> SupportingDocument | None:
    """One document, in place or deposited once, of an application that the person may see."""
    deposited = Q(application__versions__content__documents__contains=[{"id": str(public_id)}])
    found = SupportingDocument.objects.filter(Q(removed_at__isnull=True) | deposited, public_id=public_id)
    return found.filter(application__in=Application.objects.visible_to(user)).distinct().first()
