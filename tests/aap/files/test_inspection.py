"""What an uploaded file is, whatever its name says."""

import hashlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aap.errors import DomainError
from aap.files.inspection import inspect
from tests.aap.files import samples

MEGABYTE = 1_000_000


def refused(name: str, content: bytes, *, max_bytes: int = MEGABYTE, **options) -> str:
    with pytest.raises(DomainError) as error:
        inspect(SimpleUploadedFile(name, content), max_bytes=max_bytes, **options)
    return error.value.message


def test_inspect_gives_type_size_and_hash_of_a_pdf():
    content = samples.pdf()
    found = inspect(SimpleUploadedFile("statuts.pdf", content), max_bytes=MEGABYTE)
    assert found.extension == "pdf"
    assert found.content_type == "application/pdf"
    assert found.size == len(content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_inspect_decides_by_content_not_by_name():
    found = inspect(SimpleUploadedFile("photo.pdf", samples.image("JPEG")), max_bytes=MEGABYTE)
    assert (found.extension, found.content_type) == ("jpg", "image/jpeg")


def test_inspect_refuses_a_program_renamed_in_pdf():
    message = refused("devis.pdf", b"MZ" + b"\x00" * 200)
    assert message.startswith("Ce fichier est un .exe renommé en .pdf.")


def test_inspect_refuses_an_svg_with_a_script():
    message = refused("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    assert message.startswith("Ce type de fichier n’est pas accepté. Formats acceptés : PDF, JPG, PNG")


def test_inspect_refuses_an_empty_file():
    assert refused("vide.pdf", b"").startswith("Ce fichier est vide.")


def test_inspect_refuses_a_file_over_the_limit_and_says_the_limit():
    message = refused("gros.pdf", samples.pdf() + b"\n" * 1_500_000, max_bytes=MEGABYTE)
    assert message.startswith("Ce fichier est trop lourd (1,5 Mo) : la limite est de 1 Mo.")


def test_inspect_refuses_a_truncated_pdf():
    message = refused("coupe.pdf", samples.pdf(3)[:60])
    assert message == "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez-le."


def test_inspect_refuses_a_pdf_with_a_password():
    content = samples.pdf(encryption=pikepdf.Encryption(owner="secret", user="secret"))
    assert refused("secret.pdf", content).startswith("Ce PDF est protégé par un mot de passe.")


def test_inspect_leaves_the_file_at_its_beginning():
    upload = SimpleUploadedFile("statuts.pdf", samples.pdf())
    inspect(upload, max_bytes=MEGABYTE)
    assert upload.file.tell() == 0


def test_inspect_respects_the_kinds_allowed():
    message = refused("photo.png", samples.image("PNG"), allowed=("pdf",))
    assert message == "Ce type de fichier n’est pas accepté. Formats acceptés : PDF."


def test_inspect_refuses_a_pdf_cut_in_the_middle():
    content = samples.pdf(40)
    assert refused("moitie.pdf", content[: len(content) // 2]) == (
        "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez-le."
    )


@pytest.mark.parametrize(("extension", "content"), samples.all_kinds().items())
def test_inspect_recognises_each_kind_whatever_its_name(extension, content):
    assert inspect(SimpleUploadedFile("sans-nom", content), max_bytes=MEGABYTE).extension == extension


def test_inspect_refuses_a_document_of_old_office_and_says_what_to_do():
    message = refused("budget.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert message.endswith("Enregistrez-le en PDF, sans mot de passe, puis joignez le PDF.")


def test_inspect_refuses_a_document_with_macros():
    message = refused("budget.docx", samples.docx(declared=samples.MACRO))
    assert message.startswith("Ce fichier est un .docm renommé en .docx.")


def test_inspect_refuses_an_archive_renamed_in_docx():
    assert refused("tout.docx", samples.zipped(("a.txt", "bonjour"))).startswith("Ce fichier est un .zip renommé en .docx.")
