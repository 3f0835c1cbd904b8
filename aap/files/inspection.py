"""Look at what an uploaded file is, whatever its name says."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import filetype
import pikepdf
from PIL import Image

from aap.errors import DomainError

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
# A phone's photo has 12 to 50 million pixels; beyond, opening it could exhaust the memory.
MAX_PIXELS = 80_000_000
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
    kind = filetype.guess(file.read(8192))
    found = kind.extension if kind else None
    if found not in allowed:
        raise DomainError(_refusal(upload.name or "", found, allowed))
    _open(file, found)
    return Inspection(found, KINDS[found], size, _sha256(file))


def _refusal(name: str, found: str | None, allowed: tuple[str, ...]) -> str:
    claimed = name.rpartition(".")[2].lower()
    accepted = ", ".join(extension.upper() for extension in allowed)
    if found and SAME_EXTENSION.get(claimed, claimed) in allowed:
        return f"Ce fichier est un .{found} renommé en .{claimed}. Formats acceptés : {accepted}."
    return f"Ce type de fichier n’est pas accepté. Formats acceptés : {accepted}."


def _open(file: BinaryIO, extension: str) -> None:
    """Open what can be opened: a truncated or protected document is refused now, not on the jury's table."""
    file.seek(0)
    if extension == "pdf":
        _open_pdf(file)
    elif extension in {"jpg", "png"}:
        _open_image(file)


def _open_pdf(file: BinaryIO) -> None:
    try:
        # No repair: rebuilding a document made to be slow takes seconds for each copy sent.
        with pikepdf.open(file, attempt_recovery=False) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise DomainError(
            "Ce PDF est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis joignez-le."
        ) from error
    except Exception as error:  # whatever the library says of a hostile file, it is not to be kept
        raise DomainError("Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez-le.") from error
    if pages == 0:
        raise DomainError("Ce PDF n’a aucune page. Enregistrez-le de nouveau, puis joignez-le.")


def _open_image(file: BinaryIO) -> None:
    try:
        # The size is in the header: nothing is decoded before it is known to be reasonable.
        with Image.open(file) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise DomainError("Cette image a trop de pixels pour être ouverte. Réduisez-la, puis joignez-la de nouveau.")
            image.verify()
    except DomainError:
        raise
    except Exception as error:  # Pillow lets IndexError, struct.error and others out on hostile files
        raise DomainError("Cette image est abîmée ou incomplète. Reprenez la photo, puis joignez-la.") from error


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")
