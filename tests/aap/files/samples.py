"""Small valid files of each accepted kind, made here."""

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import pikepdf
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEXT = "application/vnd.oasis.opendocument.text"
SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def pdf(pages: int = 1, **options) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def image(kind: str, size: tuple[int, int] = (40, 30), **options) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def zipped(*entries: tuple[str, bytes | str], compression: int = ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(*more: tuple[str, bytes | str], declared: str = WORD, main: str = "word/document.xml", **options) -> bytes:
    types = f'<?xml version="1.0"?><Types><Override PartName="/{main}" ContentType="{declared}"/></Types>'
    document = '<?xml version="1.0"?><w:document xmlns:w="w"><w:body/></w:document>'
    return zipped(("[Content_Types].xml", types), ("_rels/.rels", "<Relationships/>"), (main, document), *more, **options)


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Dépenses"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def odf(declared: str, *more: tuple[str, bytes | str], manifest: str = "<manifest/>") -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", declared, ZIP_STORED)
        for name, content in (("content.xml", "<office/>"), ("META-INF/manifest.xml", manifest), *more):
            archive.writestr(name, content)
    return buffer.getvalue()


def all_kinds() -> dict[str, bytes]:
    """By extension."""
    return {
        "pdf": pdf(2),
        "jpg": image("JPEG"),
        "png": image("PNG"),
        "docx": docx(),
        "xlsx": xlsx(),
        "odt": odf(TEXT),
        "ods": odf(SHEET),
    }
