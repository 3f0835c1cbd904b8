"""Office documents are zip archives: what they hold is read here with a bound on everything, and never unpacked on disk."""

import re
import struct
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from aap.errors import DomainError

SIGNATURE = b"PK\x03\x04"
# Word and Excel up to 2003, and what they make of a document with a password.
OLD_OFFICE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# A thesis with hundreds of pictures has a thousand entries.
MAX_ENTRIES = 5_000
MAX_DIRECTORY_BYTES = 1_000_000
MAX_UNPACKED_BYTES = 150_000_000
# Sheets compress well, a hundred times at most; deflate itself stops at a thousand.
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20_000_000
MAX_TYPES_BYTES = 1_000_000
CHUNK = 256 * 1024

# By the type that the archive itself declares: extension, and the entry without which there is nothing to read.
OPEN_XML = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": ("docx", "word/document.xml"),
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ("xlsx", "xl/workbook.xml"),
    b"application/vnd.ms-word.document.macroEnabled.main+xml": ("docm", ""),
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml": ("xlsm", ""),
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}

DAMAGED = "Ce document est abîmé ou incomplet. Ouvrez-le sur votre appareil, enregistrez-le de nouveau, puis joignez-le."
TOO_BIG = "Une fois ouvert, ce document serait trop volumineux. Enregistrez-le en PDF, puis joignez le PDF."
PROTECTED = "Ce document est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis joignez-le."

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_LOCAL_HEADER_BYTES = 30


def kind_of(file: BinaryIO) -> str:
    """« docx », « xlsx », « odt », « ods » or another word that is nobody's: « zip », « docm »… Raises DomainError."""
    try:
        _check_directory_size(file)
        with ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, archive.start_dir)
            return _declared_kind(archive)
    except DomainError:
        raise
    except Exception as error:  # zipfile lets struct, zlib, value and runtime errors out on hostile archives
        raise DomainError(DAMAGED) from error


def check_content(file: BinaryIO) -> None:
    """Read every entry to its end, a piece at a time: its length and its check sum must be those announced."""
    try:
        with ZipFile(file) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as content:
                    while content.read(CHUNK):
                        pass
    except Exception as error:
        raise DomainError(DAMAGED) from error


def _check_directory_size(file: BinaryIO) -> None:
    """Before the directory is read, because each of its lines costs memory. An archive ends with its directory, exactly."""
    size = file.seek(0, 2)
    signature, _, _, _, entries, directory, _, comment = _END.unpack(_at(file, size - _END.size, _END.size))
    if signature != b"PK\x05\x06" or comment:
        raise DomainError(DAMAGED)
    before_end = size - _END.size - _LOCATOR_64.size
    if before_end > 0:
        locator = _LOCATOR_64.unpack(_at(file, before_end, _LOCATOR_64.size))
        if locator[0] == b"PK\x06\x07":
            record = _END_64.unpack(_at(file, before_end - _END_64.size, _END_64.size))
            if record[0] != b"PK\x06\x06":
                raise DomainError(DAMAGED)
            entries, directory = record[7], record[8]
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY_BYTES:
        raise DomainError(TOO_BIG)


def _at(file: BinaryIO, position: int, length: int) -> bytes:
    if position < 0:
        raise DomainError(DAMAGED)
    file.seek(position)
    return file.read(length)


def _check_entries(entries: list[ZipInfo], directory_starts: int) -> None:
    """What the directory says must be possible, reasonable, and without trap for whoever opens the document later."""
    if not entries or len(entries) > MAX_ENTRIES or len({entry.filename for entry in entries}) != len(entries):
        raise DomainError(DAMAGED)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise DomainError(PROTECTED)
    if any(_unsafe(entry.orig_filename) or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise DomainError(DAMAGED)
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO):
        raise DomainError(TOO_BIG)
    # One after the other from the first byte: entries that share their bytes are how a small archive becomes endless,
    # and an archive hidden behind something else begins later.
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end or (end == 0 and entry.header_offset != 0):
            raise DomainError(DAMAGED)
        end = entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size
    if end > directory_starts:
        raise DomainError(DAMAGED)


def _unsafe(name: str) -> bool:
    """Whether the name would be written elsewhere than inside the folder where someone unpacks the archive."""
    return name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")


def _declared_kind(archive: ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names:
        found = OPEN_DOCUMENT.get(_beginning(archive, "mimetype", 200).strip(), "zip")
        if found != "zip":
            _require("content.xml", names)
            if "META-INF/manifest.xml" in names and b"encryption-data" in _beginning(
                archive, "META-INF/manifest.xml", MAX_TYPES_BYTES
            ):
                raise DomainError(PROTECTED)
        return found
    if "[Content_Types].xml" in names:
        types = _beginning(archive, "[Content_Types].xml", MAX_TYPES_BYTES)
        for declared, (extension, main) in OPEN_XML.items():
            if declared in types:
                if main:
                    _require(_part_of(types, declared) or main, names)
                return extension
    return "zip"


def _part_of(types: bytes, declared: bytes) -> str:
    """The entry that `[Content_Types].xml` says is of this type: nearly always the usual one."""
    for override in re.findall(rb"<Override\b[^>]*>", types):
        part = re.search(rb"PartName=[\"']/([^\"']+)[\"']", override)
        if part and declared in override:
            return part[1].decode("utf-8", "replace")
    return ""


def _require(name: str, names: set[str]) -> None:
    if name not in names:
        raise DomainError(DAMAGED)


def _beginning(archive: ZipFile, name: str, length: int) -> bytes:
    with archive.open(name) as content:
        return content.read(length)
