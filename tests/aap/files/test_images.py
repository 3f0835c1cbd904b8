"""Photos and scans: decoded whole, within a bound on memory."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from aap.errors import DomainError
from aap.files import images
from aap.files.images import check_image
from tests.aap.files import samples


def png(width: int, height: int, packed: bytes) -> bytes:
    """A PNG of grey pixels whose header says what one likes."""

    def piece(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", header) + piece(b"IDAT", packed) + piece(b"IEND", b"")


def refusal(content: bytes, extension: str) -> str:
    with pytest.raises(DomainError) as error:
        check_image(io.BytesIO(content), extension)
    return error.value.message


def test_image_whole_is_accepted():
    check_image(io.BytesIO(samples.image("JPEG")), "jpg")
    check_image(io.BytesIO(samples.image("JPEG", progressive=True)), "jpg")
    check_image(io.BytesIO(samples.image("PNG")), "png")
    check_image(io.BytesIO(samples.image("JPEG", (1, 1))), "jpg")


@pytest.mark.parametrize("size", [(20_000, 20_000), (10_000, 9_000), (8_000, 6_000), (2**31 - 1, 2**31 - 1)])
def test_image_of_too_many_pixels_is_refused_without_being_decoded(size):
    # The content is a thousand bytes: if it were decoded, the refusal would be « abîmée ».
    assert refusal(png(*size, zlib.compress(bytes(1000))), "png") == images.TOO_BIG


def test_jpeg_of_a_large_phone_is_accepted():
    content = io.BytesIO()
    Image.new("L", (9_000, 8_000), 90).save(content, "JPEG", quality=30)
    check_image(content, "jpg")


def test_progressive_jpeg_is_held_whole_and_so_limited_like_a_png():
    content = io.BytesIO()
    Image.new("L", (9_000, 8_000), 90).save(content, "JPEG", quality=30, progressive=True)
    assert refusal(content.getvalue(), "jpg") == images.TOO_BIG


def test_jpeg_of_endless_scans_is_refused():
    content = samples.image("JPEG", progressive=True)
    scan = content[content.index(b"\xff\xda") : -2]
    assert refusal(content[:-2] + scan * images.MAX_SCANS + content[-2:], "jpg") == images.DAMAGED


def test_photo_of_several_views_is_accepted():
    """What recent telephones write: a JPEG followed by another."""
    content = io.BytesIO()
    views = [Image.new("RGB", (60, 40), colour) for colour in ("navy", "teal")]
    views[0].save(content, "MPO", save_all=True, append_images=views[1:])
    check_image(content, "jpg")


def test_photo_with_a_thumbnail_is_refused_when_only_its_last_byte_is_missing():
    """The thumbnail has its own end mark, which is not the photo's."""
    segment = samples.image("JPEG", (16, 16))
    photo = samples.image("JPEG")
    thumbnail = b"\xff\xe2" + (len(segment) + 2).to_bytes(2, "big") + segment
    whole = photo[:2] + thumbnail + photo[2:]
    check_image(io.BytesIO(whole), "jpg")
    assert refusal(whole[:-1], "jpg") == images.DAMAGED


def test_png_with_a_wrong_check_sum_is_refused():
    content = bytearray(samples.image("PNG"))
    content[-1] ^= 0xFF
    assert refusal(bytes(content), "png") == images.DAMAGED


def test_png_whose_pixels_cannot_be_read_is_refused(monkeypatch):
    """Every piece is whole and well summed: only decoding tells that there is no picture."""
    # As in a process that has made a PDF.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    check_image(io.BytesIO(png(40, 30, zlib.compress(bytes(41 * 30)))), "png")
    assert refusal(png(40, 30, b"not a picture" * 20), "png") == images.DAMAGED


def test_photo_whose_middle_is_missing_is_refused(monkeypatch):
    """It has its end mark, as a copy that a telephone resumed after a cut."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    photo = samples.image("PNG", (400, 300))
    assert refusal(photo[: len(photo) // 2] + photo[-12:], "png") == images.DAMAGED


def test_image_of_another_format_is_not_opened():
    assert refusal(samples.image("GIF"), "png") == images.DAMAGED
