"""A paper rendered once for one content: the next to ask for it is handed the same file."""

import contextlib
import hashlib
import uuid
from functools import lru_cache

from django.core.files.base import ContentFile

from aap.errors import DomainError
from aap.files.storage import private_storage
from aap.files.turns import turn_of
from aap.pdf.rendering import html_to_pdf, static_path
from aap.people.models import User

FOLDER = "papers"
# To be raised when the rendering itself changes in a way that neither the words nor the style sheets tell.
RENDERING = 1
BASE_STYLES = "css/pdf/base.css"
NAMESPACE = 7_302
BUSY = "Ce PDF est en préparation. Attendez quelques secondes, puis demandez-le de nouveau."


class BusyError(DomainError):
    """The person already has a paper in the making."""


def kept_pdf(owner: uuid.UUID, html: str, *, stylesheets: tuple[str, ...], by: User | None = None) -> bytes:
    """The PDF of `html`, rendered unless the last paper kept for `owner` is already that one.

    `by` is who asks: one rendering at a time for each person, raises BusyError after a short wait. Nobody waits for a
    paper that is already there, nor does the site's own work (None).
    """
    folder = f"{FOLDER}/{owner}"
    name = f"{folder}/{fingerprint(html, stylesheets)}.pdf"
    if found := _read(name):
        return found
    if by is None:
        return _render(folder, name, html, stylesheets)
    try:
        with turn_of(by.pk, namespace=NAMESPACE, busy=BUSY):
            # A second click waited while the first was served.
            return _read(name) or _render(folder, name, html, stylesheets)
    except DomainError as error:
        raise BusyError(error.message) from None


def fingerprint(html: str, stylesheets: tuple[str, ...]) -> str:
    """What the paper is made of: its words, its style, the way of rendering."""
    parts = [str(RENDERING), *(_style(name) for name in (BASE_STYLES, *stylesheets)), html]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@lru_cache(maxsize=16)
def _style(name: str) -> str:
    return hashlib.sha256(static_path(name).read_bytes()).hexdigest()


def _read(name: str) -> bytes | None:
    try:
        with private_storage().open(name, "rb") as file:
            data: bytes = file.read()
    except FileNotFoundError:
        return None
    # One that another process is still writing, or that a full disk cut, is not a paper.
    return data if b"%%EOF" in data[-32:] else None


def _render(folder: str, name: str, html: str, stylesheets: tuple[str, ...]) -> bytes:
    data = html_to_pdf(html, stylesheets=stylesheets)
    storage = private_storage()
    # A paper that cannot be kept is handed over all the same.
    with contextlib.suppress(OSError):
        _forget(folder)
        storage.save(name, ContentFile(data))
    return data


def _forget(folder: str) -> None:
    """Only the last paper is kept: an earlier draft is nobody's business any more."""
    storage = private_storage()
    with contextlib.suppress(FileNotFoundError):
        for each in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{each}")
