"""Attach documents to a draft, and take them away."""

import unicodedata

from django.core.files.base import File
from django.db import transaction

from aap import clock
from aap.applications.models import Application, SupportingDocument
from aap.applications.services.locking import locked_for_writing
from aap.calls.models import DocumentRequirement
from aap.errors import DomainError
from aap.files.inspection import SAME_EXTENSION, Inspection, Upload, inspect
from aap.files.storage import opaque_name, private_storage
from aap.files.turns import turn_of
from aap.history.services import record
from aap.people.models import User

NAME_LENGTH = 200
MAX_FILES = 10


def attach_document(
    application: Application, requirement: DocumentRequirement, upload: Upload, *, by: User
) -> SupportingDocument:
    """Keep `upload` for `requirement`. It replaces the file already there, unless the requirement accepts several.

    The content decides of the type. The file is written before the transaction, and removed if the act is refused.
    """
    if requirement.call_id != application.call_id:
        raise DomainError("Cette pièce n’est pas demandée par cet appel à projets.")
    with turn_of(by.pk):
        inspection = inspect(upload, max_bytes=requirement.max_megabytes * 1_000_000)
    storage = private_storage()
    upload.file.seek(0)
    stored = storage.save(opaque_name("documents", inspection.extension), File(upload.file))
    try:
        return _attach(
            application, requirement, stored, clean_name(upload.name or "", inspection), inspection=inspection, by=by
        )
    except BaseException:
        storage.delete(stored)
        raise


@transaction.atomic
def _attach(
    application: Application, requirement: DocumentRequirement, stored: str, name: str, *, inspection: Inspection, by: User
) -> SupportingDocument:
    row = locked_for_writing(application, by=by)
    current = row.documents.filter(requirement=requirement, removed_at__isnull=True)
    if not requirement.multiple:
        for document in current:
            _mark_removed(document, by=by)
    elif current.count() >= MAX_FILES:
        raise DomainError(
            f"Vous avez déjà joint {MAX_FILES} fichiers pour cette pièce. Retirez-en un, ou réunissez-les en un seul PDF."
        )
    document = SupportingDocument.objects.create(
        application=row,
        requirement=requirement,
        file=stored,
        original_name=name,
        content_type=inspection.content_type,
        size=inspection.size,
        sha256=inspection.sha256,
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    record(
        row.chain,
        "document_attached",
        by=by,
        document=str(document.public_id),
        requirement=requirement.key,
        sha256=document.sha256,
    )
    return document


@transaction.atomic
def remove_document(document: SupportingDocument, *, by: User) -> SupportingDocument:
    """Take a file out of a draft. Its row and its content are kept. Doing it twice changes nothing."""
    locked_for_writing(document.application, by=by)
    document = SupportingDocument.objects.select_for_update().get(pk=document.pk)
    if document.removed_at is None:
        _mark_removed(document, by=by)
    return document


def _mark_removed(document: SupportingDocument, *, by: User) -> None:
    document.removed_at = clock.now()
    document.save(update_fields=["removed_at"])
    record(document.application.chain, "document_removed", by=by, document=str(document.public_id))


def clean_name(name: str, inspection: Inspection) -> str:
    """The person's file name, safe to show: no control nor direction characters, 200 at most, the extension of the content."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C").strip()
    stem, dot, claimed = name.rpartition(".")
    if not dot or len(claimed) > 5 or " " in claimed:
        stem, claimed = name, ""
    claimed = claimed.lower()
    if SAME_EXTENSION.get(claimed, claimed) != inspection.extension:
        claimed = inspection.extension
    stem = stem.strip(" .") or "document"
    return f"{stem[: NAME_LENGTH - len(claimed) - 1]}.{claimed}"
