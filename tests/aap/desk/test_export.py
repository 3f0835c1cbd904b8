"""The export: exact content, formulas neutralised, same filters as the list."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from aap.applications.models import Recusal
from aap.applications.states import State
from aap.desk.exports import harmless
from aap.territories.models import Commune
from tests.factories.applications import make_application
from tests.factories.organisations import OrganisationFactory

URL = "/instruction/appel/dossiers.csv"
HEADER = (
    "Numéro;Structure;SIRET;Projet;Axe;Commune;Montant demandé;Coût du projet;Taux demandé (%);État;Suivi par;Déposé le\r\n"
)


def text(response) -> str:
    return b"".join(response.streaming_content).decode()


@time_machine.travel("2025-03-20T12:00:00Z", tick=False)
def test_export_is_exact(desk, call, officer):
    make_application(
        call=call,
        state=State.EXAMINING,
        number="FNE25-0001",
        title="=cmd|' /C calc'!A0",
        officer=officer,
        organisation=OrganisationFactory(name="Clics; “et” déclics", siret="90000000100015"),
        submitted_at=datetime(2025, 3, 14, 22, 30, tzinfo=UTC),
        requested_amount=Decimal("8000.50"),
        project_cost=Decimal(12000),
        commune=Commune.objects.create(code="84003", name="Apt", sort_key="apt"),
    )
    make_application(
        call=call,
        state=State.SUBMITTED,
        number="FNE25-0002",
        title='Un "bus"',
        organisation=OrganisationFactory(name="=cmd()", siret="90000000200013"),
        submitted_at=datetime(2025, 3, 15, 8, tzinfo=UTC),
        requested_amount=None,
        project_cost=None,
    )
    response = desk.get(URL)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="dossiers-appel-2025-03-20.csv"'
    assert text(response) == (
        "\ufeff"
        + HEADER
        + "FNE25-0001;\"Clics; “et” déclics\";900\xa0000\xa0001\xa000015;'=cmd|' /C calc'!A0;Aller vers;Apt;8000,50;12000,00;66,67;"
        + "En instruction;Camille Durand;14/03/2025 23:30\r\n"
        + 'FNE25-0002;\'=cmd();900\xa0000\xa0002\xa000013;"Un ""bus""";Aller vers;;;;;Déposée;;15/03/2025 09:00\r\n'
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+33 4 90", "'+33 4 90"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("1=1", "1=1"),
        ("", ""),
    ],
)
def test_harmless_neutralises_what_a_spreadsheet_would_run(cell, expected):
    assert harmless(cell) == expected


def test_export_follows_the_filters_and_the_order(desk, call):
    for n, title in enumerate(("Étape", "Zone", "Étape"), start=1):
        make_application(call=call, state=State.SUBMITTED, number=f"FNE25-{n:04d}", title=title)
    content = text(desk.get(URL, {"q": "etape", "tri": "-numero", "page": "abc"}))
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["FNE25-0003", "FNE25-0001"]


def test_export_is_without_drafts_and_recusals(desk, call, officer):
    make_application(call=call, title="Brouillon secret")
    hidden = make_application(call=call, state=State.SUBMITTED, number="FNE25-0001", title="Projet du cousin")
    Recusal.objects.create(application=hidden, user=officer, ground="lien", recorded_by=officer)
    assert text(desk.get(URL)) == "\ufeff" + HEADER


@pytest.mark.parametrize("count", [1, 3])
def test_export_costs_the_same_whatever_its_length(desk, call, django_assert_num_queries, count):
    for n in range(count):
        make_application(call=call, state=State.SUBMITTED, number=f"FNE25-{n + 1:04d}")
    desk.get(URL)
    with django_assert_num_queries(6):
        assert text(desk.get(URL)).count("\r\n") == count + 1
