"""The page of a call says the right thing before, during and after the deposits, without anyone's hand."""

import re

import pytest
import time_machine
from django.urls import reverse

from aap.calls.models import Call
from tests.cms.conftest import AFTER, BEFORE, DURING
from tests.cms.test_content import text_of


def read(client, page, moment):
    with time_machine.travel(moment, tick=False):
        return client.get(page.url).content.decode()


def dates(html):
    """State and label of each date of the calendar."""
    return re.findall(r'<li class="key-date(?: is-)?(\w*)">.*?<p class="key-date-label">([^<]*?)\s*<', html, re.DOTALL)


def test_call_page_before_the_opening(client, make_call_page):
    html = read(client, make_call_page(), BEFORE)
    text = text_of(html)
    assert "À venir" in text
    assert "Ouverture le lundi 3 mars 2025 à 9 h 00 (heure de Paris)" in text
    assert "Les dépôts ne sont pas encore ouverts. Vous pourrez déposer un dossier à partir du 3 mars 2025 à 9 h 00. Vous pouvez déjà réunir les pièces demandées." in text  # fmt: skip
    assert "Comment déposer un dossier" in text
    assert "Les pièces à préparer" in text
    assert "btn-primary" not in html
    assert dates(html) == [
        ("next", "Ouverture de l’appel"),
        ("", "Clôture des dépôts"),
        ("", "Commission permanente, date prévue"),
    ]


def test_call_page_during_the_deposits(client, make_call_page):
    page = make_call_page()
    html = read(client, page, DURING)
    text = text_of(html)
    assert "Ouvert Le Département peut soutenir votre projet." in text
    assert "Clôture le lundi 14 avril 2025 à 12 h 00 (heure de Paris)" in text
    assert "Les dépôts" not in text
    assert "Enveloppe de l’appel 120 000 €" in text
    assert "Montant demandé de 1 000 € à 20 000 €" in text
    assert "Part prise en charge jusqu’à 80 % du coût du projet" in text
    assert "Statuts" in text
    assert "Devis (facultatif)" in text
    assert [state for state, _ in dates(html)] == ["past", "next", ""]


def test_call_page_offers_one_action_while_open(client, make_call_page):
    page = make_call_page()
    start = reverse("portal:start", args=[page.call.slug])
    html = read(client, page, DURING)
    assert re.findall(r'<a class="btn btn-primary" href="([^"]*)">([^<]*)</a>', html) == [(start, "Déposer un dossier")]


def test_call_page_after_the_closing(client, make_call_page):
    html = read(client, make_call_page(), AFTER)
    text = text_of(html)
    assert "Clos" in text
    assert "Les dépôts sont clos depuis le 14 avril 2025 à 12 h 00. Vous avez déposé un dossier ? Suivez-le dans votre espace, à la rubrique « Mes dossiers ». La Commission permanente doit se prononcer le 20 juin 2025." in text  # fmt: skip
    assert "Comment déposer un dossier" not in text
    assert "Les pièces qui étaient demandées" in text
    assert "btn-primary" not in html
    assert [state for state, _ in dates(html)] == ["past", "past", "next"]


def test_call_page_forgets_the_committee_once_past(client, make_call_page):
    page = make_call_page()
    text = text_of(read(client, page, AFTER.replace(month=7)))
    assert "doit se prononcer" not in text


@pytest.mark.parametrize(
    ("floor", "ceiling", "said"),
    [
        (0, 20000, "Montant demandé jusqu’à 20 000 €"),
        (2000, None, "Montant demandé à partir de 2 000 €"),
    ],
)
def test_call_page_says_amounts_in_words_that_fit(client, make_call_page, floor, ceiling, said):
    page = make_call_page(floor=floor, ceiling=ceiling)
    assert said in text_of(read(client, page, DURING))


def test_call_page_without_limits_says_no_amount_asked(client, make_call_page):
    page = make_call_page(floor=0, ceiling=None)
    assert "Montant demandé" not in text_of(read(client, page, DURING))


def test_unpublishing_the_page_never_closes_the_call(make_call_page):
    page = make_call_page()
    page.unpublish()
    with time_machine.travel(DURING, tick=False):
        assert Call.objects.get(pk=page.call_id).is_open is True


def test_calls_are_listed_open_first_then_coming_then_closed(client, make_call_page):
    make_call_page("Clos ancien", opens_at=BEFORE.replace(year=2023), closes_at=DURING.replace(year=2023))
    make_call_page("Clos récent", opens_at=BEFORE.replace(year=2024), closes_at=DURING.replace(year=2024))
    make_call_page("À venir lointain", opens_at=BEFORE.replace(year=2027), closes_at=DURING.replace(year=2027))
    make_call_page("À venir proche", opens_at=BEFORE.replace(year=2026), closes_at=DURING.replace(year=2026))
    make_call_page("Ouvert")
    with time_machine.travel(DURING, tick=False):
        html = client.get("/appels-a-projets/").content.decode()
    titles = re.findall(
        r'<h[23][^>]*>(?:<a href="/appels-a-projets/[^"]*">)?([^<]+)', html.partition("<main")[2].partition("<footer")[0]
    )
    assert titles == [
        "Ouverts",
        "Ouvert",
        "À venir",
        "À venir proche",
        "À venir lointain",
        "Clos",
        "Clos récent",
        "Clos ancien",
    ]


def test_list_without_any_call_says_so(client, site):
    text = text_of(client.get("/appels-a-projets/").content.decode())
    assert "Aucun appel à projets ouvert en ce moment Le prochain sera annoncé ici et dans les actualités." in text


def home_action(client, moment):
    with time_machine.travel(moment, tick=False):
        html = client.get("/").content.decode()
    return re.findall(r'<a class="btn btn-primary" href="([^"]*)">([^<]*)</a>', html)


def test_home_leads_to_the_open_call_and_to_nothing_else_first(client, make_call_page):
    page = make_call_page()
    assert home_action(client, BEFORE) == []
    assert home_action(client, DURING) == [(page.url, "Répondre à l’appel à projets")]
    assert home_action(client, AFTER) == []


def test_home_shows_the_latest_call_when_none_is_open(client, make_call_page):
    make_call_page()
    with time_machine.travel(AFTER, tick=False):
        text = text_of(client.get("/").content.decode())
    assert "Les appels à projets Tous les appels à projets Clos Appel à projets 2025" in text


def test_home_without_any_call_says_so(client, site):
    assert "Aucun appel à projets en ce moment" in text_of(client.get("/").content.decode())
