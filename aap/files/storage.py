"""Private storage: never under a public address, served only by a view that has checked who asks."""

import uuid

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """The storage named `private` in the settings (a local folder by default)."""
    return storages["private"]


def opaque_name(folder: str, extension: str) -> str:
    """A name that says nothing of the person nor of the original file, e.g. `documents/4f/4f0c….pdf`."""
    token = uuid.uuid4().hex
    return f"{folder}/{token[:2]}/{token}.{extension}"
