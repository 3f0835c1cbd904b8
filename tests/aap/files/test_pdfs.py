"""PDF documents: never repaired, and bounded in memory."""

import io
import zlib

import pytest

from aap.errors import DomainError
from aap.files import pdfs


def built(*objects: bytes) -> bytes:
    """A PDF of these objects, its table of addresses right."""
    content = b"%PDF-1.4\n"
    places = []
    for number, value in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + value + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return content + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>"


def refusal(content: bytes) -> str:
    with pytest.raises(DomainError) as error:
        pdfs.check_pdf(io.BytesIO(content))
    return error.value.message


def test_pdf_built_by_hand_is_accepted():
    pdfs.check_pdf(io.BytesIO(built(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE)))


def test_pdf_without_a_page_is_refused():
    assert refusal(built(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")) == pdfs.DAMAGED


def test_pdf_whose_pages_turn_in_circles_is_refused():
    assert refusal(built(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")) == pdfs.DAMAGED


def test_pdf_with_an_endless_list_is_refused():
    kids = b"<</Type/Pages/Kids[" + b"(a)" * 200_001 + b"3 0 R]/Count 1>>"
    assert refusal(built(CATALOG, kids, PAGE)) == pdfs.DAMAGED


def test_pdf_that_gets_everything_wrong_does_not_fill_the_log(caplog):
    kids = b"<</Type/Pages/Kids[" + b"null " * 500 + b"3 0 R]/Count 1>>"
    pdfs.check_pdf(io.BytesIO(built(CATALOG, kids, PAGE)))
    assert caplog.records == []


def test_pdf_whose_table_unfolds_without_end_is_refused():
    """One hundred thousand bytes that would fill a hundred million."""
    unfolding = zlib.compress(bytes(100_000_000), 9)
    head = b"%PDF-1.5\n1 0 obj\n" + CATALOG + b"\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    table = b"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(unfolding)
    content = head + table + unfolding + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    assert refusal(content) == pdfs.DAMAGED
