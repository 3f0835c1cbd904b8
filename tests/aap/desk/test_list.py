"""The list of a call: filters, order, pages, counters, cost."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Receipt, Recusal
from aap.applications.states import State
from aap.calls.models import Theme
from aap.history.services import record
from aap.territories.models import Commune
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import OfficerFactory

URL = "/instruction/appel/"
LIST_QUERIES = 11


def numbers(response) -> list[str]:
    """The numbers in the table, in order."""
    return re.findall(r'<span class="cell-sub">(FNE25-\d{4})</span>', response.content.decode())


def chips(response) -> dict[str, int]:
    found = re.findall(r'<a class="chip"[^>]*>(.*?) <span class="count">(\d+)</span>', response.content.decode())
    return {label: int(count) for label, count in found}


def add(call, number: int, state: State = State.SUBMITTED, **fields):
    fields.setdefault("submitted_at", datetime(2025, 3, 1, 12, tzinfo=UTC) + timedelta(days=number))
    return make_application(call=call, state=state, number=f"FNE25-{number:04d}", **fields)


@pytest.fixture
def three(call, officer):
    """Three applications that differ in everything one can sort or filter on."""
    former = Theme.objects.get(key="former")
    apt, orange = (
        Commune.objects.create(code=code, name=name, sort_key=name.lower())
        for code, name in (("84003", "Apt"), ("84087", "Orange"))
    )
    zed = OfficerFactory(first_name="Zoé", last_name="Zed")
    add(
        call,
        1,
        title="Étape du numérique",
        organisation=OrganisationFactory(name="Zoo solidaire"),
        requested_amount=Decimal(300),
    )
    add(
        call,
        2,
        State.EXAMINING,
        title="Zone blanche",
        organisation=OrganisationFactory(name="Éclats d’Apt"),
        requested_amount=Decimal(100),
        officer=officer,
        theme=former,
        commune=orange,
    )
    add(
        call,
        3,
        State.ADMISSIBLE,
        title="Médiathèque mobile",
        organisation=OrganisationFactory(name="Clics"),
        requested_amount=Decimal(200),
        officer=zed,
        theme=former,
        commune=apt,
    )
    return zed


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", [1, 2, 3]),
        ("depot", [1, 2, 3]),
        ("-depot", [3, 2, 1]),
        ("numero", [1, 2, 3]),
        ("-numero", [3, 2, 1]),
        ("projet", [1, 3, 2]),
        ("-projet", [2, 3, 1]),
        ("structure", [3, 2, 1]),
        ("-structure", [1, 2, 3]),
        ("montant", [2, 3, 1]),
        ("-montant", [1, 3, 2]),
        ("axe", [1, 3, 2]),
        ("-axe", [3, 2, 1]),
        ("etat", [1, 2, 3]),
        ("-etat", [3, 2, 1]),
        # What is empty comes last, either way.
        ("commune", [3, 2, 1]),
        ("-commune", [2, 3, 1]),
        ("suivi", [2, 3, 1]),
        ("-suivi", [3, 2, 1]),
    ],
)
def test_list_sorts_on_every_column(desk, three, sort, expected):
    assert numbers(desk.get(URL, {"tri": sort})) == [f"FNE25-{n:04d}" for n in expected]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"etat": "examining"}, [2]),
        ({"axe": "former"}, [2, 3]),
        ({"axe": "former", "etat": "submitted"}, []),
        ({"suivi": "moi"}, [2]),
        ({"suivi": "personne"}, [1]),
        ({"q": "mediatheque"}, [3]),
        ({"q": "ÉTAPE"}, [1]),
        ({"q": "eclats d'apt"}, [2]),
        ({"q": "apt zone"}, [2]),
        ({"q": "FNE25-0003"}, [3]),
        ({"q": "apt introuvable"}, []),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
        ({"q": "!!!"}, []),
        ({"q": "   "}, [1, 2, 3]),
    ],
)
def test_list_filters(desk, three, parameters, expected):
    assert numbers(desk.get(URL, parameters)) == [f"FNE25-{n:04d}" for n in expected]


def test_list_filters_on_one_officer(desk, three):
    assert numbers(desk.get(URL, {"suivi": str(three.public_id)})) == ["FNE25-0003"]


def test_list_counts_the_states_under_the_other_filters(desk, three):
    assert chips(desk.get(URL)) == {"Toutes": 3, "Déposée": 1, "En instruction": 1, "Recevable": 1}
    assert chips(desk.get(URL, {"axe": "former", "etat": "examining"})) == {"Toutes": 2, "En instruction": 1, "Recevable": 1}


def test_list_watches_files_at_rest_and_refusals_coming(desk, call):
    fresh, old = clock.now(), clock.now() - timedelta(days=16)
    still = add(call, 1, submitted_at=old)
    add(call, 2, submitted_at=fresh)
    moved = add(call, 3, State.EXAMINING, submitted_at=old)
    record(moved.chain, "checks_recorded", outcomes={})
    for application, days in ((still, 22), (moved, 21)):
        Receipt.objects.create(
            application=application,
            version=application.versions.get(),
            issued_at=old,
            implicit_refusal_on=clock.today() + timedelta(days=days),
        )
    assert numbers(desk.get(URL, {"alerte": "sans-action"})) == ["FNE25-0001"]
    assert numbers(desk.get(URL, {"alerte": "rejet-proche"})) == ["FNE25-0003"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "9" * 400},
        {"tri": ";drop table aap_application"},
        {"tri": "organisation__email"},
        {"tri": "-"},
        {"etat": "draft"},
        {"etat": "' OR 1=1"},
        {"axe": "inconnu"},
        {"suivi": "not-a-uuid"},
        {"alerte": "tout"},
        {"q": "a" * 10_000},
        {"q": "mot\x00nul"},
        {"inconnu": "1"},
    ],
)
def test_list_answers_a_hostile_address_with_the_whole_list(desk, three, parameters):
    response = desk.get(URL, parameters)
    assert (response.status_code, numbers(response)) == (200, ["FNE25-0001", "FNE25-0002", "FNE25-0003"])


def test_list_says_that_a_search_is_too_long(desk, call):
    assert "Cherchez avec 100 caractères au plus : quelques mots suffisent." in desk.get(URL, {"q": "a" * 101}).content.decode()


def test_list_keeps_the_filters_in_every_link(desk, call):
    for n in range(51):
        make_application(call=call, state=State.SUBMITTED, number=f"FNE25-{n + 1:04d}", title=f"Étape {n}")
    page = desk.get(URL, {"q": "étape", "etat": "submitted", "tri": "-montant"})
    content = page.content.decode()
    kept = "etat=submitted&amp;q=%C3%A9tape&amp;tri=-montant"
    assert len(numbers(page)) == 50
    assert f'<a class="btn btn-outline-primary" rel="next" href="?{kept}&amp;page=2">Page suivante</a>' in content
    assert f'href="/instruction/appel/dossiers.csv?{kept}"' in content
    assert content.count(f'/?{kept}"') == 50
    assert 'href="?etat=submitted&amp;q=%C3%A9tape&amp;tri=projet"' in content
    assert len(numbers(desk.get(URL, {"q": "étape", "page": "2"}))) == 1


def test_list_shows_deposited_applications_only_and_counts_drafts(desk, call):
    add(call, 1)
    make_application(call=call, title="Brouillon secret")
    make_application(call=call, title="Brouillon secret")
    abandoned = make_application(call=call, title="Brouillon secret")
    lifecycle.apply(abandoned, "withdraw", by=abandoned.created_by)
    content = desk.get(URL).content.decode()
    assert "1 dossier, 2 brouillons en cours" in content
    assert "Brouillon secret" not in content


def test_list_without_anything_says_so(desk, call):
    assert "Aucun dossier déposé pour l’instant" in desk.get(URL).content.decode()
    add(call, 1)
    assert "Aucun dossier ne répond à ces filtres" in desk.get(URL, {"q": "introuvable"}).content.decode()


def test_list_is_without_the_applications_one_is_recused_from(desk, call, officer):
    add(call, 1)
    hidden = add(call, 2, title="Projet du cousin")
    Recusal.objects.create(application=hidden, user=officer, ground="lien familial", recorded_by=officer)
    response = desk.get(URL)
    assert (numbers(response), chips(response)) == (["FNE25-0001"], {"Toutes": 1, "Déposée": 1})
    assert "cousin" not in response.content.decode()
    assert numbers(desk.get(URL, {"q": "cousin"})) == []


def test_list_is_without_the_applications_of_another_call(desk, call):
    make_application(call=CallFactory(prefix="FNE25"), state=State.SUBMITTED, number="FNE25-0009")
    assert numbers(desk.get(URL)) == []


@pytest.mark.parametrize("count", [1, 3, 60])
def test_list_costs_the_same_whatever_its_length(desk, call, officer, django_assert_num_queries, count):
    commune = Commune.objects.create(code="84003", name="Apt", sort_key="apt")
    for n in range(count):
        add(call, n + 1, submitted_at=clock.now(), officer=OfficerFactory(), commune=commune)
    desk.get(URL)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(numbers(desk.get(URL))) == min(count, 50)


def test_list_of_an_unknown_call_is_absent(desk):
    assert desk.get("/instruction/inconnu/").status_code == 404


def test_list_escapes_what_applicants_wrote(desk, call):
    add(call, 1, title="<script>alert(1)</script>")
    content = desk.get(URL).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


def test_list_address_is_under_instruction():
    assert reverse("desk:call", args=["appel"]) == URL
