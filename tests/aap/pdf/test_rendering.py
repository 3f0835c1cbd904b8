"""Every PDF is tagged, in French, archivable, and reads nothing it should not."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from aap.pdf.rendering import html_to_pdf

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Lettre d’essai</title></head><body><h1>Décision</h1>
<p>Une subvention de 5\u202f000\u00a0€ à l’œuvre n° 12.</p>
<table><thead><tr><td></td><th scope="col">Montant</th></tr></thead><tbody><tr><th scope="row">Demandé</th><td>1</td></tr></tbody></table>
{more}</body></html>"""


def opened(more: str = "") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(html_to_pdf(PAGE.replace("{more}", more))))


def test_pdf_declares_language_title_and_tags():
    document = opened()
    root = document.Root
    assert str(root.Lang) == "fr"
    assert bool(root.MarkInfo.Marked) is True
    assert bool(root.ViewerPreferences.DisplayDocTitle) is True
    assert "/StructTreeRoot" in root


def test_pdf_declares_archive_and_accessibility_in_one_description():
    document = opened()
    metadata = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert len(re.findall(r"<rdf:RDF\b", metadata)) == 1
    assert "Lettre d’essai" in metadata


def test_pdf_embeds_every_font_with_its_unicode_map():
    document = opened()
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    assert len(fonts) >= 2
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_pdf_text_is_what_was_written():
    document = pypdfium2.PdfDocument(html_to_pdf(PAGE.replace("{more}", "")))
    text = document[0].get_textpage().get_text_bounded()
    # The font draws the narrow no-break space with its space: the glyph's text is a space.
    assert "Une subvention de 5 000\u00a0€ à l’œuvre n° 12." in text


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "static:../manage.py"])
def test_pdf_loads_nothing_but_our_static_files(address, caplog):
    document = opened(f'<img src="{address}" alt="essai">')
    assert list(document.pages[0].Resources.XObject) == []
    assert f"Failed to load image at '{address}'" in caplog.text
