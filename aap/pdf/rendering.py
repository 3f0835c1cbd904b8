"""HTML to one tagged, archivable PDF: PDF/A-3a with PDF/UA-1 metadata (ADR 0005)."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

UA_DECLARATION = Path(__file__).with_name("ua.xml").read_bytes()
STATIC_SCHEME = "static:"


class StaticOnlyFetcher(URLFetcher):
    """A document may only use our static files (`static:css/…`) and data: addresses; never the network or the disk."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith(STATIC_SCHEME):
            raise ValueError(f"Adresse refusée dans un document : {url[:80]}")
        return super().fetch(static_path(url.removeprefix(STATIC_SCHEME)).as_uri(), headers)


def static_path(name: str) -> Path:
    """Where a static file lies: in the sources, or in STATIC_ROOT once collected."""
    found = finders.find(name) or Path(settings.STATIC_ROOT) / name
    return Path(found)


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=16)
def _stylesheet(name: str) -> CSS:
    # Parsing the style sheet again for each letter costs 7 ms of 50.
    return CSS(url=STATIC_SCHEME + name, font_config=_fonts(), url_fetcher=StaticOnlyFetcher())


@lru_cache(maxsize=1)
def _images() -> dict[str, Any]:
    # One cache for the process: the logo is decoded once for a thousand letters.
    return {}


def render_pdf(
    template: str, context: dict[str, Any], *, stylesheets: tuple[str, ...] = (), attachments: tuple[Attachment, ...] = ()
) -> bytes:
    """Render `template` (which extends pdf/base.html) as a PDF. Raises what the template or WeasyPrint raises."""
    return html_to_pdf(render_to_string(template, context), stylesheets=stylesheets, attachments=attachments)


def html_to_pdf(html: str, *, stylesheets: tuple[str, ...] = (), attachments: tuple[Attachment, ...] = ()) -> bytes:
    """The same from ready HTML: a letter keeps the HTML it was made of."""
    document = HTML(string=html, base_url=STATIC_SCHEME, url_fetcher=StaticOnlyFetcher())
    return document.write_pdf(
        stylesheets=[_stylesheet(name) for name in ("css/pdf/base.css", *stylesheets)],
        font_config=_fonts(),
        cache=_images(),
        pdf_variant="pdf/a-3a",
        finisher=_declare_ua,
        attachments=list(attachments) or None,
    )


def _declare_ua(_document: Any, pdf: Any) -> None:
    """Say in the metadata that the file is PDF/UA-1 too: WeasyPrint writes one variant, ours are both.

    Inside the one rdf:RDF of the packet: a second one, as `xmp_metadata` would add, is not valid XMP.
    """
    reference = pdf.catalog["Metadata"]
    stream = next(each for each in pdf.objects if getattr(each, "number", None) is not None and each.reference == reference)
    stream.stream = [b"".join(stream.stream).replace(b"</rdf:RDF>", UA_DECLARATION + b"</rdf:RDF>", 1)]


@contextmanager
def batch() -> Iterator[None]:
    """Suspend the garbage collector while many documents are rendered: 13 % of the time of a letter."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
            gc.collect()
