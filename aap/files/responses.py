"""Serve a private file to someone who has the right to it: the view has checked, this only hands it over."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def private_file(file: FieldFile, *, name: str, content_type: str, inline: bool = False) -> FileResponse:
    """The file as an attachment (or inline, for our own PDFs), never cached by anyone in between."""
    response = FileResponse(file.open("rb"), as_attachment=not inline, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    # Nothing inside a file may run with our address, whatever it holds.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
