"""Supporting documents: what may be attached, how it is kept, what is refused."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from aap.applications import services
from aap.applications.models import SupportingDocument
from aap.applications.services.documents import clean_name
from aap.errors import DomainError
from aap.files.inspection import Inspection
from aap.organisations.models import MemberRole
from tests.factories.calls import DocumentRequirementFactory
from tests.factories.deposits import complete_draft, draft, pdf_upload
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def files_on_disk() -> set[Path]:
    return {path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()}


def requirement_of(application, key="statuts"):
    return application.call.document_requirements.get(key=key)


def test_document_is_kept_privately_under_an_opaque_name():
    application = draft()
    document = services.attach_document(
        application, requirement_of(application), pdf_upload("Statuts signés.pdf"), by=application.created_by
    )
    assert (document.original_name, document.content_type) == ("Statuts signés.pdf", "application/pdf")
    assert (document.file.name.startswith("documents/"), "tatuts" in document.file.name) == (True, False)
    with document.file.open() as kept:
        assert kept.read(5) == b"%PDF-"


def test_document_replaces_the_former_one_whose_row_stays():
    application = draft()
    for name in ("un.pdf", "deux.pdf"):
        services.attach_document(application, requirement_of(application), pdf_upload(name), by=application.created_by)
    kept = [(document.original_name, document.removed_at is None) for document in application.documents.order_by("pk")]
    assert kept == [("un.pdf", False), ("deux.pdf", True)]


def test_document_of_a_requirement_with_several_files_is_added_up_to_ten():
    application = draft()
    for n in range(10):
        services.attach_document(
            application, requirement_of(application, "devis"), pdf_upload(f"{n}.pdf"), by=application.created_by
        )
    before = files_on_disk()
    with pytest.raises(DomainError):
        services.attach_document(
            application, requirement_of(application, "devis"), pdf_upload("11.pdf"), by=application.created_by
        )
    assert application.documents.filter(removed_at__isnull=True).count() == 10
    assert files_on_disk() == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("facture.pdf", b"MZ\x90\x00" + b"\x00" * 400, "Ce fichier est un .exe renommé en .pdf."),
        ("logo.svg", SVG, "Ce type de fichier n’est pas accepté."),
        ("logo.png", SVG, "Ce type de fichier n’est pas accepté."),
        ("vide.pdf", b"", "Ce fichier est vide."),
        ("long.pdf", b"%PDF-1.7\n" + b"x" * 2_000_000, "Ce fichier est trop lourd (2 Mo) : la limite est de 1 Mo."),
    ],
)
def test_document_of_a_wrong_kind_is_refused_and_leaves_nothing(name, content, message):
    application = draft()
    requirement = requirement_of(application)
    requirement.max_megabytes = 1
    requirement.save()
    before = files_on_disk()
    with pytest.raises(DomainError) as refusal:
        services.attach_document(application, requirement, SimpleUploadedFile(name, content), by=application.created_by)
    assert refusal.value.message.startswith(message)
    assert (SupportingDocument.objects.count(), files_on_disk()) == (0, before)


def test_document_refused_by_the_rules_leaves_no_file_behind():
    application = complete_draft()
    before = files_on_disk()
    with time_machine.travel(application.call.closes_at + timedelta(hours=1), tick=False), pytest.raises(DomainError):
        services.attach_document(application, requirement_of(application), pdf_upload("tard.pdf"), by=application.created_by)
    reader = MembershipFactory(organisation=application.organisation, role=MemberRole.READER).user
    with pytest.raises(DomainError):
        services.attach_document(application, requirement_of(application), pdf_upload("lecture.pdf"), by=reader)
    assert files_on_disk() == before
    assert list(application.documents.values_list("original_name", "removed_at")) == [("statuts.pdf", None)]


def test_document_of_another_call_is_refused():
    application = draft()
    with pytest.raises(DomainError):
        services.attach_document(application, DocumentRequirementFactory(), pdf_upload(), by=application.created_by)


def test_document_removed_keeps_its_row_and_its_content():
    application = complete_draft()
    document = application.documents.get()
    services.remove_document(document, by=application.created_by)
    services.remove_document(document, by=application.created_by)
    document.refresh_from_db()
    assert (document.removed_at is not None, document.file.storage.exists(document.file.name)) == (True, True)


def test_document_of_a_deposited_application_cannot_be_removed():
    application = complete_draft()
    services.submit(application, by=application.created_by, arrived_at=application.call.opens_at)
    with pytest.raises(DomainError):
        services.remove_document(application.documents.get(), by=application.created_by)
    assert application.documents.get().removed_at is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Documents\\statuts.pdf", "statuts.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("fac\u202efdp.exe", "facfdp.pdf"),
        ("sans extension", "sans extension.pdf"),
        ("photo.jpeg", "photo.pdf"),
        ("RIB.PDF", "RIB.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
        ("<img src=x>.pdf", "<img src=x>.pdf"),
    ],
)
def test_clean_name_is_safe_to_show(given, kept):
    assert clean_name(given, Inspection("pdf", "application/pdf", 1, "0")) == kept
