"""`make demo` on a small call: the same seed tells the same story, and every PDF is what it should be."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pikepdf
import psycopg
import pypdfium2
import pytest

from tests.e2e.site import Site

STORY = """
SELECT o.siret, o.name, a.title, a.state, a.requested_amount, a.project_cost, r.rank, r.exact_score, r.avis, r.proposed_amount,
       d.outcome, d.amount
FROM aap_application a JOIN aap_organisation o ON o.id = a.organisation_id
LEFT JOIN aap_recommendation r ON r.application_id = a.id LEFT JOIN aap_decision d ON d.application_id = a.id
ORDER BY o.siret
"""
PLAY = ["play_call", "--applications", "12", "--jurors", "4", "--seed", "3", "--today", "2026-03-02"]


@pytest.fixture(scope="module")
def plays(running_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[dict, list, Path]]]:
    """Two plays of the same call, each in an empty database: the JSON line, the story, the folder."""
    databases = running_site.databases
    empty, name = f"{running_site.name}_empty", f"{running_site.name}_play"
    databases.create(empty)
    running_site.manage("migrate", "--no-input", database=empty)
    running_site.manage("createcachetable", database=empty)
    told = []
    for _ in range(2):
        databases.create(name, template=empty)
        folder = tmp_path_factory.mktemp("demo")
        output = running_site.manage(*PLAY, "--output", str(folder), database=name)
        with psycopg.connect(databases.url(name)) as connection:
            story = connection.execute(STORY).fetchall()
        told.append((json.loads(output.strip().splitlines()[-1]), story, folder))
    yield told
    for each in (name, empty):
        databases.drop(each)


def test_play_call_tells_the_same_story_for_the_same_seed(plays):
    (first, story, _), (second, again, _) = plays
    assert {**first, "seconds": 0} == {**second, "seconds": 0}
    assert story == again
    assert list(first) == ["applications", "states", "reviews", "letters", "seconds"]
    assert first["applications"] == 12
    assert sum(first["states"].values()) == 12
    assert first["letters"] == 12 - first["states"].get("withdrawn", 0)


def test_play_call_writes_every_document(plays):
    summary, _story, folder = plays[0]
    count = {
        name: len(list((folder / name).iterdir())) for name in ("receipts", "applications", "minutes", "letters", "exports")
    }
    assert count == {"receipts": 12, "applications": 12, "minutes": 1, "letters": summary["letters"], "exports": 1}


def test_every_letter_is_one_tagged_page_in_french(plays):
    for path in (plays[0][2] / "letters").iterdir():
        with pikepdf.open(path) as document:
            assert (path.name, len(document.pages)) == (path.name, 1)
            root = document.Root
            assert (str(root.Lang), bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle)) == (
                "fr",
                True,
                True,
            )
            assert "/StructTreeRoot" in root


def test_every_award_says_its_amount_in_figures_and_in_words(plays):
    from aap.decisions.wording import amount_in_words

    _summary, story, folder = plays[0]
    awarded = [(row[0], row[11]) for row in story if row[10] == "awarded"]
    assert awarded
    for siret, amount in awarded:
        document = pypdfium2.PdfDocument(folder / "letters" / f"awarded-{siret}.pdf")
        text = re.sub(r"\s+", " ", document[0].get_textpage().get_text_bounded())
        figures = f"{Decimal(amount):,.0f}".replace(",", " ")
        assert f"{figures} € ({amount_in_words(amount)})" in text


def test_play_call_refuses_a_database_that_holds_a_call(running_site: Site):
    with pytest.raises(AssertionError, match="La base contient déjà un appel"):
        running_site.manage("play_call", "--applications", "2", "--jurors", "1", database=running_site.seed)
