"""Office documents: what the archive holds, and what a trap looks like."""

import io
import struct
from zipfile import ZIP_BZIP2, ZIP_STORED

import pytest

from aap.errors import DomainError
from aap.files import archives
from tests.aap.files import samples


def refusal(content: bytes) -> str:
    with pytest.raises(DomainError) as error:
        archives.kind_of(io.BytesIO(content))
        archives.check_content(io.BytesIO(content))
    return error.value.message


def end_of(content: bytes, **changes: int) -> bytes:
    """`content`, fields of its end record replaced."""
    names = ("signature", "disk", "first", "here", "entries", "directory", "offset", "comment")
    values = dict(zip(names, struct.unpack("<4s4H2LH", content[-22:]), strict=True)) | changes
    return content[:-22] + struct.pack("<4s4H2LH", *values.values())


def test_kind_of_is_what_the_archive_declares():
    found = [
        archives.kind_of(io.BytesIO(content))
        for content in (samples.docx(), samples.xlsx(), samples.odf(samples.TEXT), samples.odf(samples.SHEET))
    ]
    assert found == ["docx", "xlsx", "odt", "ods"]


def test_document_whose_main_part_has_another_name_is_accepted():
    assert archives.kind_of(io.BytesIO(samples.docx(main="word/document2.xml"))) == "docx"


@pytest.mark.parametrize(
    "content",
    [
        samples.zipped(("[Content_Types].xml", f'<Types><Override ContentType="{samples.WORD}"/></Types>')),
        samples.zipped(("mimetype", samples.TEXT)),
    ],
    ids=["docx", "odt"],
)
def test_document_without_what_its_type_promises_is_refused(content):
    assert refusal(content) == archives.DAMAGED


@pytest.mark.parametrize("name", ["../evil.txt", "word/../../evil", "/etc/passwd", "C:\\evil", "a\\..\\b", "word/.."])
def test_document_with_a_name_that_climbs_is_refused(name):
    assert refusal(samples.docx((name, "x"))) == archives.DAMAGED


def test_document_of_too_many_entries_is_refused():
    many = [(f"word/{number}", b"") for number in range(archives.MAX_ENTRIES)]
    assert refusal(samples.docx(*many)) == archives.TOO_BIG


def test_document_whose_end_lies_about_its_entries_is_refused():
    many = [(f"word/{number}", b"") for number in range(archives.MAX_ENTRIES)]
    assert refusal(end_of(samples.docx(*many), here=3, entries=3)) == archives.DAMAGED


def test_document_with_an_endless_directory_is_refused_before_it_is_read():
    assert refusal(end_of(samples.docx(), directory=archives.MAX_DIRECTORY_BYTES + 1)) == archives.TOO_BIG


def test_document_that_unfolds_a_thousand_times_is_refused():
    assert refusal(samples.docx(("word/media/a.bin", bytes(30_000_000)))) == archives.TOO_BIG


def test_document_too_large_once_unfolded_is_refused_from_its_directory():
    content = samples.docx(("word/media/a.bin", bytes(1000)))
    # The directory promises more than the limit; nothing needs to be unfolded to know.
    at = content.rindex(b"PK\x01\x02") + 24
    assert refusal(content[:at] + struct.pack("<L", archives.MAX_UNPACKED_BYTES) + content[at + 4 :]) == archives.TOO_BIG


def test_document_that_lies_about_its_lengths_is_refused():
    content = samples.docx(("word/media/a.bin", bytes(1000)))
    at = content.rindex(b"PK\x01\x02") + 24
    assert refusal(content[:at] + struct.pack("<L", 900) + content[at + 4 :]) == archives.DAMAGED


def test_document_whose_entries_share_their_bytes_is_refused():
    content = samples.docx(("word/a", "x" * 500), ("word/b", "x" * 500))
    last = content.rindex(b"PK\x01\x02")
    before = content.rindex(b"PK\x01\x02", 0, last)
    shared = content[before + 42 : before + 46]
    # Told from the directory alone: nothing is unfolded to know.
    with pytest.raises(DomainError):
        archives.kind_of(io.BytesIO(content[: last + 42] + shared + content[last + 46 :]))


def test_document_hidden_behind_something_else_is_refused():
    assert refusal(b"PK\x03\x04" + b"x" * 100 + samples.docx()) == archives.DAMAGED


def test_document_followed_by_something_else_is_refused():
    assert refusal(samples.docx() + b"<script>") == archives.DAMAGED


def test_document_with_the_same_name_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = samples.docx(("word/document.xml", "other"))
    assert refusal(content) == archives.DAMAGED


def test_document_packed_in_an_unusual_way_is_refused():
    assert refusal(samples.docx(compression=ZIP_BZIP2)) == archives.DAMAGED
    assert archives.kind_of(io.BytesIO(samples.docx(compression=ZIP_STORED))) == "docx"


def test_document_with_a_password_is_refused_and_says_so():
    content = bytearray(samples.docx())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == archives.PROTECTED
    assert refusal(samples.odf(samples.TEXT, manifest="<manifest:encryption-data/>")) == archives.PROTECTED
