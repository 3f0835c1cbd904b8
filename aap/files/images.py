"""Photos and scans: decoded to the last pixel, within a bound on memory."""

import struct
import zlib
from typing import BinaryIO

from PIL import Image, ImageFile

from aap.errors import DomainError

# A phone's photo has 12 to 50 million pixels. An ordinary JPEG is decoded at an eighth of its size: it costs little.
MAX_PIXELS = 80_000_000
# Other images are held whole, four bytes a pixel; an A4 page scanned at 600 dots per inch has 35 million.
MAX_HELD_PIXELS = 40_000_000
# A progressive JPEG says the same picture about ten times, sharper and sharper; each one costs a pass over the whole.
MAX_SCANS = 50
MAX_PIECES = 20_000
EIGHTH = 8

FORMATS = {"jpg": "JPEG", "png": "PNG"}

DAMAGED = "Cette image est abîmée ou incomplète. Reprenez la photo, puis joignez-la."
TOO_BIG = "Cette image a trop de pixels pour être ouverte. Réduisez-la, puis joignez-la de nouveau."


def check_image(file: BinaryIO, extension: str) -> None:
    """Decode the image and find its end. Raises DomainError: too large, truncated, unreadable."""
    # WeasyPrint, as soon as it is imported, has Pillow fill in what is missing of any picture.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        held = extension != "jpg" or _check_jpeg_end(file)
        if extension == "png":
            _check_png_end(file)
        file.seek(0)
        # One format only: the library would try fifty others, each with its own traps.
        with Image.open(file, formats=[FORMATS[extension]]) as image:
            width, height = image.size
            if width * height > (MAX_HELD_PIXELS if held else MAX_PIXELS):
                raise DomainError(TOO_BIG)
            if extension == "jpg":
                image.draft(None, (max(1, width // EIGHTH), max(1, height // EIGHTH)))
            image.load()
    except DomainError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DomainError(TOO_BIG) from error
    except Exception as error:  # Pillow lets IndexError, struct.error and others out on hostile files
        raise DomainError(DAMAGED) from error


def _check_png_end(file: BinaryIO) -> None:
    """Every piece of a PNG has its length and its check sum; the last one is named IEND."""
    size = file.seek(0, 2)
    position = 8
    for _ in range(MAX_PIECES):
        file.seek(position)
        header = file.read(8)
        if len(header) < 8:
            break
        length, kind = struct.unpack(">L4s", header)
        position += 12 + length
        if position > size:
            break
        if zlib.crc32(file.read(length), zlib.crc32(kind)).to_bytes(4, "big") != file.read(4):
            break
        if kind == b"IEND":
            return
    raise DomainError(DAMAGED)


def _check_jpeg_end(file: BinaryIO) -> bool:
    """Look for the end of the picture, after its beginning: a thumbnail has its own, before. Whether it is progressive."""
    file.seek(0)
    content = file.read()
    progressive, position = False, 2
    for _ in range(MAX_PIECES):
        position = content.find(b"\xff", position)
        marker = content[position + 1 : position + 2]
        if position < 0 or not marker:
            break
        if marker == b"\xda":
            if content.find(b"\xff\xd9", position) < 0 or content.count(b"\xff\xda", position) > MAX_SCANS:
                break
            return progressive
        progressive |= marker == b"\xc2"
        if marker in (b"\xff", b"\x00", b"\x01") or b"\xd0" <= marker <= b"\xd9":
            position += 1
        else:
            position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    raise DomainError(DAMAGED)
