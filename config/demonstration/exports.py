"""Write what a played call produced: receipts, applications, minutes, letters, exports."""

import csv
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.db.models.fields.files import FieldFile

from aap.applications.documents import application_pdf
from aap.applications.models import Application, Receipt
from aap.applications.states import DEPOSITED
from aap.calls.models import Call
from aap.decisions.models import DecisionLetter
from aap.desk.exports import csv_lines
from scoring.deliberations.models import Minutes

FOLDERS = ("receipts", "applications", "minutes", "letters", "exports")


def write_everything(call: Call, output: Path) -> None:
    """Write every PDF and export of `call` under `output`, replacing those of an earlier play."""
    for folder in FOLDERS:
        shutil.rmtree(output / folder, ignore_errors=True)
        (output / folder).mkdir(parents=True)
    deposited = Application.objects.filter(call=call, state__in=DEPOSITED).order_by("organisation__siret")
    for application in deposited.select_related("call", "organisation", "theme"):
        (output / "applications" / f"{application.organisation.siret}.pdf").write_bytes(application_pdf(application))
    receipts = Receipt.objects.filter(application__call=call).exclude(pdf="").select_related("application__organisation")
    _copy(((receipt.pdf, receipt.application.organisation.siret) for receipt in receipts), output / "receipts")
    letters = DecisionLetter.objects.filter(decision__application__call=call)
    letters = letters.select_related("decision__application__organisation")
    _copy(
        ((letter.pdf, f"{letter.decision.outcome}-{letter.decision.application.organisation.siret}") for letter in letters),
        output / "letters",
    )
    minutes = Minutes.objects.filter(sitting__panel__call=call).exclude(pdf="")
    _copy(((each.pdf, "proces-verbal") for each in minutes), output / "minutes")
    _write_list(deposited, output / "exports" / "dossiers.csv")


def _copy(files: Iterable[tuple[FieldFile, str]], folder: Path) -> None:
    for file, name in files:
        with file.open("rb") as source:
            (folder / f"{name}.pdf").write_bytes(source.read())


def _write_list(applications: Iterable[Application], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(csv_lines(applications))
