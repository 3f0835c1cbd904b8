"""What an uploaded file is, whatever its name says."""

import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from aap.errors import DomainError
from aap.files.inspection import MAX_PIXELS, inspect

MEGABYTE = 1_000_000


def pdf_bytes(pages: int = 1, **options) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def image_bytes(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "navy").save(buffer, kind)
    return buffer.getvalue()


def refused(name: str, content: bytes, *, max_bytes: int = MEGABYTE, **options) -> str:
    with pytest.raises(DomainError) as error:
        inspect(SimpleUploadedFile(name, content), max_bytes=max_bytes, **options)
    return error.value.message


def test_inspect_gives_type_size_and_hash_of_a_pdf():
    content = pdf_bytes()
    found = inspect(SimpleUploadedFile("statuts.pdf", content), max_bytes=MEGABYTE)
    assert found.extension == "pdf"
    assert found.content_type == "application/pdf"
    assert found.size == len(content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_inspect_decides_by_content_not_by_name():
    found = inspect(SimpleUploadedFile("photo.pdf", image_bytes("JPEG")), max_bytes=MEGABYTE)
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
    message = refused("gros.pdf", pdf_bytes() + b"\n" * 1_500_000, max_bytes=MEGABYTE)
    assert message.startswith("Ce fichier est trop lourd (1,5 Mo) : la limite est de 1 Mo.")


def test_inspect_refuses_a_truncated_pdf():
    message = refused("coupe.pdf", pdf_bytes(3)[:60])
    assert message == "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez-le."


def test_inspect_refuses_a_pdf_with_a_password():
    content = pdf_bytes(encryption=pikepdf.Encryption(owner="secret", user="secret"))
    assert refused("secret.pdf", content).startswith("Ce PDF est protégé par un mot de passe.")


def test_inspect_refuses_an_image_of_too_many_pixels_without_decoding_it():
    # A PNG whose header promises 20,000 × 20,000 pixels and whose data never comes.
    header = bytearray(image_bytes("PNG", (1, 1)))
    side = (20_000).to_bytes(4, "big")
    header[16:24] = side + side
    import zlib

    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    assert MAX_PIXELS < 20_000 * 20_000
    assert refused("immense.png", bytes(header)).startswith(("Cette image a trop de pixels", "Cette image est abîmée"))


def test_inspect_leaves_the_file_at_its_beginning():
    upload = SimpleUploadedFile("statuts.pdf", pdf_bytes())
    inspect(upload, max_bytes=MEGABYTE)
    assert upload.file.tell() == 0


def test_inspect_respects_the_kinds_allowed():
    message = refused("photo.png", image_bytes("PNG"), allowed=("pdf",))
    assert message == "Ce type de fichier n’est pas accepté. Formats acceptés : PDF."


def test_inspect_refuses_a_pdf_cut_in_the_middle():
    content = pdf_bytes(40)
    assert refused("moitie.pdf", content[: len(content) // 2]) == (
        "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez-le."
    )


@pytest.mark.parametrize("cut", range(9, 60, 3))
def test_inspect_never_fails_on_a_png_cut_anywhere(cut):
    message = refused("coupee.png", image_bytes("PNG")[:cut])
    assert message.startswith(("Cette image est abîmée", "Ce type de fichier n’est pas accepté", "Ce fichier est un .png"))
