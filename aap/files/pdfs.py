"""PDF documents: opened as they are, never repaired, within a bound on memory."""

import logging
from typing import BinaryIO

import pikepdf

from aap.errors import DomainError

# A stream of one megabyte may unfold into a thousand, and a list of nothing into millions: qpdf refuses beyond these.
# They hold for the whole process; what the site itself writes stays far below.
pikepdf.settings.set_qpdf_limits(flate_max_memory=64_000_000, parser_max_container_size=200_000, doc_max_warnings=1_000)

# Each object that a hostile document gets wrong is told in a line, millions of times: our own refusal says enough.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL + 1)

PROTECTED = "Ce PDF est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis joignez-le."
DAMAGED = "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez-le."


def check_pdf(file: BinaryIO) -> None:
    """Open the document and count its pages. Raises DomainError: protected, unreadable, empty."""
    try:
        # No repair: rebuilding a document made to be slow takes seconds for each copy sent.
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True) as document:
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise DomainError(PROTECTED) from error
    except Exception as error:  # whatever the library says of a hostile file, it is not to be kept
        raise DomainError(DAMAGED) from error
    if pages == 0:
        raise DomainError(DAMAGED)
