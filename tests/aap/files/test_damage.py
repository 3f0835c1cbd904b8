"""Files cut or spoilt on their way: a French refusal or a file that is kept, never anything else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from aap.errors import DomainError
from aap.files.inspection import KINDS, inspect
from tests.aap.files import samples

SAMPLES = samples.all_kinds()
NEVER_CUT = tuple(extension for extension in KINDS if extension != "pdf")


def kept(content: bytes) -> bool:
    try:
        inspect(SimpleUploadedFile("fichier", content), max_bytes=10_000_000)
    except DomainError as error:
        refusal = error.message
    else:
        return True
    # What happened, then what to do: two sentences.
    assert refusal.count(". ") >= 1
    return False


@pytest.mark.parametrize("extension", NEVER_CUT)
@settings(max_examples=60)
@given(data=st.data())
def test_file_cut_anywhere_is_refused(extension, data):
    content = SAMPLES[extension]
    assert kept(content[: data.draw(st.integers(0, len(content) - 1))]) is False


@pytest.mark.parametrize("extension", NEVER_CUT)
@pytest.mark.parametrize("missing", [1, 2, 3, 4, 12, 22])
def test_file_that_lacks_its_last_bytes_is_refused(extension, missing):
    assert kept(SAMPLES[extension][:-missing]) is False


@pytest.mark.parametrize("extension", list(KINDS))
@settings(max_examples=60)
@given(data=st.data())
def test_file_with_spoilt_bytes_is_kept_or_refused_and_nothing_else(extension, data):
    content = bytearray(SAMPLES[extension])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] ^= data.draw(st.integers(1, 255))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    assert kept(bytes(content)) in (True, False)


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
@settings(max_examples=60)
@given(rest=st.binary(max_size=400))
def test_noise_after_a_true_beginning_is_refused(start, rest):
    assert kept(start + rest) is False


def test_inspection_reads_what_comes_from_a_disk_as_from_memory(tmp_path):
    class Stored:
        name, size = "statuts.docx", len(SAMPLES["docx"])

        def __init__(self) -> None:
            self.file = (tmp_path / "f").open("w+b")
            self.file.write(SAMPLES["docx"])

    upload = Stored()
    with upload.file:
        assert inspect(upload, max_bytes=10_000_000).extension == "docx"
    assert io.BytesIO(SAMPLES["docx"]).read(2) == b"PK"
