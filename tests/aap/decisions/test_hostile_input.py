"""Whatever is posted to the officers' screens, the answer is a page: never an error of the server, never an absurd row."""

import pytest
from django.db import transaction
from django.urls import reverse

from aap import clock
from aap.applications.states import State
from aap.decisions.models import Avis, Decision, Outcome
from aap.decisions.services import record_delegation
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.decisions import prepared, recommend
from tests.factories.people import OfficerFactory

pytestmark = pytest.mark.django_db

JUNK = [
    "x",
    "\x00",
    "a\x00b",
    "-1",
    "40000",
    "9" * 400,
    "1e999",
    "NaN",
    "Infinity",
    "0001-01-01",
    "9999-12-31",
    "2025-13-45",
    "\u202e\u200b",
    "\ud800",
    "é" * 20_000,
    "<script>",
    "00000000-0000-4000-8000-000000000000",
    "[]",
]
ANSWERS = {200, 302, 404, 422}


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def desk(client, sign_in, officer):
    return sign_in(client, officer)


def with_opinion():
    application = make_application(state=State.ADMISSIBLE, call=CallFactory())
    recommend(application, Avis.RESERVE_LIST)
    return application


def ruling(application, **fields):
    return {f"dossier-{application.public_id}-{name}": value for name, value in fields.items()}


def right(application):
    """A resolution that would be recorded."""
    today = clock.today()
    return {
        "number": "2025-118",
        "adopted_on": today.isoformat(),
        "reserve_until": today.replace(year=today.year + 1, day=1).isoformat(),
        **ruling(application, outcome="reserve", amount="", reserve_rank="1", reason=""),
    }


def answer(client, url, data):
    """The status of the answer; what it wrote is undone, so that the next one starts afresh."""
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in data.items()}
    with transaction.atomic():
        status = client.post(url, sent).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("junk", JUNK)
def test_resolution_page_answers_any_field(desk, junk):
    application = with_opinion()
    url = reverse("decisions:resolution", args=[application.call.slug])
    assert answer(desk, url, right(application)) == 302
    statuses = {
        answer(desk, url, right(application) | ruling(application, outcome=outcome) | {name: junk})
        for outcome in ("awarded", "reserve", "refused")
        for name in (*right(application), "executory_on", "inconnu")
    }
    assert statuses <= ANSWERS


@pytest.mark.parametrize("junk", JUNK)
def test_admissibility_page_answers_any_field(desk, officer, junk):
    application = make_application(state=State.EXAMINING)
    delegation = record_delegation(application.call, number="DEL-1", adopted_on=clock.today(), by=officer)
    url = reverse("decisions:declare_inadmissible", args=[application.public_id])
    data = {"outcome": "inadmissible", "article": "article 4", "reason": "Sans budget.", "delegation": str(delegation.pk)}
    assert answer(desk, url, data) == 302
    new = {"delegation": "", "number": "D-2", "adopted_on": "2025-01-02", "signatory_role": "", "signatory_name": ""}
    statuses = {answer(desk, url, data | new | {name: junk}) for name in (*data, *new)}
    assert statuses <= ANSWERS


@pytest.mark.parametrize("junk", JUNK)
def test_batch_pages_answer_any_decision(desk, junk):
    batch = prepared((Outcome.AWARDED,))
    url = reverse("decisions:release_regenerate", args=[batch.public_id])
    assert answer(desk, url, {"decision": junk}) == 404
    for name in ("release_check", "release_publish"):
        assert answer(desk, reverse(f"decisions:{name}", args=[batch.public_id]), {"x": junk}) == 302
    page = reverse("decisions:release", args=[batch.public_id])
    assert desk.get(page, {"page": junk.encode("utf-8", "replace").decode()}).status_code == 200


@pytest.mark.parametrize("path", ["decisions/envoi/x/", "decisions/lettre/1/", "decisions/dossier/x/irrecevabilite/"])
def test_badly_formed_addresses_do_not_exist(desk, path):
    assert (desk.get(f"/{path}").status_code, desk.post(f"/{path}").status_code) == (404, 404)


def test_nothing_typed_is_said_field_by_field(desk):
    application = with_opinion()
    page = desk.post(reverse("decisions:resolution", args=[application.call.slug]), {}).content.decode()
    assert "Numéro de la délibération : Indiquez le numéro de la délibération : les lettres le citent." in page
    assert "Date de la délibération : Indiquez la date de la délibération." in page
    application = make_application(state=State.EXAMINING)
    response = desk.post(reverse("decisions:declare_inadmissible", args=[application.public_id]), {})
    assert response.context["form"].errors == {
        "outcome": ["Choisissez entre irrecevable et inéligible."],
        "article": ["Indiquez l’article du règlement : la lettre le cite."],
        "reason": ["Écrivez le motif : il figurera dans la lettre, et la structure doit comprendre quelle condition manque."],
        "number": ["Indiquez le numéro de la délégation : la lettre doit la citer."],
        "adopted_on": ["Indiquez la date de la délégation : la lettre doit la citer."],
    }
    assert ("facultatif" in response.content.decode(), Decision.objects.count()) == (False, 0)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "adopted_on",
            "0025-03-01",
            "Date de la délibération : Vérifiez l’année : elle doit être comprise entre 2000 et 2099.",
        ),
        ("adopted_on", "x", "Date de la délibération : Indiquez la date de la délibération : jour, mois et année."),
        ("reserve_rank", "40000", "Le rang est un nombre entier, de 1 à 999."),
        ("reserve_rank", "x", "Le rang est un nombre entier, de 1 à 999."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(desk, name, value, said):
    application = with_opinion()
    key = name if name == "adopted_on" else f"dossier-{application.public_id}-{name}"
    response = desk.post(reverse("decisions:resolution", args=[application.call.slug]), right(application) | {key: value})
    errors = response.context["errors"]
    prefix = "" if name == "adopted_on" else f"{application.organisation} : "
    assert errors == [{"text": f"{prefix}{said}", "href": f"#id_{key}"}]


def test_free_text_is_cleaned_and_limited(desk, officer):
    application = make_application(state=State.EXAMINING)
    url = reverse("decisions:declare_inadmissible", args=[application.public_id])
    data = {"outcome": "inadmissible", "article": "article\u200b 4", "number": "D\u202e1", "adopted_on": "2025-01-02"}
    response = desk.post(url, data | {"reason": "x" * 1501})
    assert response.context["form"].errors == {"reason": ["Ce texte compte 1501 caractères. Gardez-en 1500 au plus."]}
    desk.post(url, data | {"reason": "Sans\u202e budget\x07.\r\nNi \u200bstatuts."})
    decision = Decision.objects.get()
    assert (decision.reason, decision.article, decision.resolution.number) == ("Sans budget.\nNi statuts.", "article 4", "D1")
