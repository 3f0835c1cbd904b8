"""Look at what an uploaded file is, whatever its name says."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import filetype

from aap.errors import DomainError
from aap.files import archives
from aap.files.images import FORMATS, check_image
from aap.files.pdfs import check_pdf

# Kinds a volunteer may attach: a document, a phone photo, a spreadsheet. Extended by the rooms that need more.
KINDS: dict[str, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
DEFAULT_ALLOWED = tuple(KINDS)
SAME_EXTENSION = {"jpeg": "jpg", "jpe": "jpg"}
OLD_OFFICE = "doc"
HEAD = 8192
CHUNK = 256 * 1024


class Upload(Protocol):
    """What we need of Django's UploadedFile."""

    name: str | None

    @property
    def size(self) -> int | None: ...
    @property
    def file(self) -> Any: ...


@dataclass(frozen=True)
class Inspection:
    """What the content is: extension and type decided by the content, size in bytes, SHA-256 in hexadecimal."""

    extension: str
    content_type: str
    size: int
    sha256: str


def inspect(upload: Upload, *, max_bytes: int, allowed: Iterable[str] = DEFAULT_ALLOWED) -> Inspection:
    """Decide by its content whether `upload` may be kept. Raises DomainError, in French, when it may not."""
    allowed = tuple(allowed)
    size = upload.size or 0
    if size == 0:
        raise DomainError("Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre appareil, puis joignez-le de nouveau.")
    if size > max_bytes:
        raise DomainError(
            f"Ce fichier est trop lourd ({_megabytes(size)} Mo) : la limite est de {_megabytes(max_bytes)} Mo. "
            "Vous pouvez réduire les photos ou séparer le document en deux."
        )
    file = upload.file
    file.seek(0)
    found = _found(file)
    if found not in allowed:
        raise DomainError(_refusal(upload.name or "", found, allowed))
    _check(file, found)
    return Inspection(found, KINDS[found], size, _sha256(file))


def _refusal(name: str, found: str | None, allowed: tuple[str, ...]) -> str:
    claimed = name.rpartition(".")[2].lower()
    if found == OLD_OFFICE:
        return (
            "Ce document est protégé par un mot de passe, ou d’un format ancien (.doc, .xls). "
            "Enregistrez-le en PDF, sans mot de passe, puis joignez le PDF."
        )
    accepted = ", ".join(extension.upper() for extension in allowed)
    if found and SAME_EXTENSION.get(claimed, claimed) in allowed:
        return f"Ce fichier est un .{found} renommé en .{claimed}. Formats acceptés : {accepted}."
    return f"Ce type de fichier n’est pas accepté. Formats acceptés : {accepted}."


def _found(file: BinaryIO) -> str | None:
    """What the content is, by its first bytes; an archive says by its own entries which document it is."""
    head = file.read(HEAD)
    if head.startswith(archives.SIGNATURE):
        return archives.kind_of(file)
    if head.startswith(archives.OLD_OFFICE_SIGNATURE):
        return OLD_OFFICE
    kind = filetype.guess(head)
    return kind.extension if kind else None


def _check(file: BinaryIO, extension: str) -> None:
    """Open it whole: a truncated or protected document is refused now, not on the jury's table."""
    file.seek(0)
    if extension == "pdf":
        check_pdf(file)
    elif extension in FORMATS:
        check_image(file, extension)
    else:
        archives.check_content(file)


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")
