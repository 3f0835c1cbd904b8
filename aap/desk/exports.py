"""The list of a call as a file for a French spreadsheet: semicolons, decimal commas, UTF-8 with its mark."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils import timezone

from aap.applications.models import Application
from aap.examination.hints import rate_of
from aap.organisations.rules import spaced_siret

BOM = "\ufeff"
HEADER = (
    "Numéro",
    "Structure",
    "SIRET",
    "Projet",
    "Axe",
    "Commune",
    "Montant demandé",
    "Coût du projet",
    "Taux demandé (%)",
    "État",
    "Suivi par",
    "Déposé le",
)
# A spreadsheet runs a cell that begins so, whatever the quotes around it (CWE-1236).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """A file that gives back what is written: the csv module wants one."""

    def write(self, text: str) -> str:
        return text


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: an apostrophe before what would start one."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def csv_lines(applications: Iterable[Application]) -> Iterator[tuple[str, ...]]:
    """The lines of the file, cells ready to be written: the header, then one line an application."""
    yield HEADER
    for application in applications:
        yield tuple(harmless(cell) for cell in _cells(application))


def csv_text(lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The file piece by piece, so that 5 000 lines never stand in memory together."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield BOM
    for line in lines:
        yield writer.writerow(line)


def _cells(application: Application) -> tuple[str, ...]:
    return (
        application.number or "",
        application.organisation.name,
        spaced_siret(application.organisation.siret),
        application.title,
        application.theme.title if application.theme else "",
        application.commune.name if application.commune else "",
        _decimal(application.requested_amount),
        _decimal(application.project_cost),
        _decimal(rate_of(application)),
        application.get_state_display(),
        str(application.officer) if application.officer else "",
        timezone.localtime(application.submitted_at).strftime("%d/%m/%Y %H:%M") if application.submitted_at else "",
    )


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}".replace(".", ",")
