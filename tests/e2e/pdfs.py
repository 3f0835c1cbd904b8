"""Read a PDF as its reader would."""

import re

import pypdfium2


def text_of(pdf: bytes) -> str:
    """The words of all its pages, each space a plain one, hyphens of line ends kept."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))
