"""Whatever a browser, a script or a broken extension sends, a page answers; it never falls over."""

import pytest
from django.urls import reverse

from aap.applications.states import State
from tests.factories.calls import (
    QUESTIONNAIRE,
    CallFactory,
    DocumentRequirementFactory,
    QuestionnaireVersionFactory,
    ThemeFactory,
)
from tests.factories.deposits import draft

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "key": "tout",
    "title": "Tout",
    "questions": [
        {"key": "court", "type": "short_text", "label": "Court"},
        {"key": "nombre", "type": "integer", "label": "Nombre"},
        {"key": "montant", "type": "amount", "label": "Montant"},
        {"key": "jour", "type": "date", "label": "Jour"},
        {"key": "debut", "type": "project_start", "label": "Début"},
        {"key": "fin", "type": "project_end", "label": "Fin"},
        {"key": "oui", "type": "yes_no", "label": "Oui"},
        {"key": "choix", "type": "choice", "label": "Choix", "choices": ["A", "B"]},
        {"key": "choix_longs", "type": "choice", "label": "Choix", "choices": list("ABCDEFGHIJ")},
        {"key": "plusieurs", "type": "choices", "label": "Plusieurs", "choices": ["A", "B"]},
        {"key": "mesures", "type": "indicators", "label": "Mesures"},
    ],
}
SECTIONS = {"sections": [*QUESTIONNAIRE["sections"], EVERYTHING]}
NAMES = [
    *(
        "titre",
        "axe",
        "commune",
        "description",
        "site",
        "budget",
        "cer",
        "organisation",
        "retour",
        "statuts-file",
        "csrfmiddlewaretoken",
    ),
    *(question["key"] for question in EVERYTHING["questions"]),
    *("budget-achats", "budget-departement", "budget-inconnue", "mesures-0-label", "mesures-0-target", "mesures-99-unit"),
    *("mesures-000-label", "_-bases", "_-taken", "clé\x00", "a" * 200),
]
JUNK = {
    "vide": "",
    "x": "x",
    "nul": "a\x00b",
    "que des nuls": "\x00" * 50,
    "substitut seul": "a\ud800b".encode("utf-8", "surrogatepass"),
    "octets": b"\xff\xfe\x80",
    "dix millions": "é\n" * 5_000_000,
    "immense nombre": "9" * 5000,
    "exposant": "1e999",
    "an 1": "0001-01-01",
    "an 9999": "9999-12-31",
    "an 0": "0000-00-00",
    "chiffres arabes": "٣٤٥",
    "moins": "-1",
    "json": '{"a": [1, null]}',
    "liste": "[]",
    "gabarit": "{{ 7|add:7 }}{% debug %}",
    "traversée": "../../etc/passwd",
    "droite à gauche": "\u202eabc\u2066",
    "répété": ["a", "b", "", "\x00"],
}


@pytest.fixture
def application():
    call = CallFactory()
    ThemeFactory(call=call, key="lieux")
    QuestionnaireVersionFactory(call=call, content=SECTIONS)
    DocumentRequirementFactory(call=call, key="statuts")
    return draft(call)


def pages(application):
    own = [application.public_id]
    return [
        reverse("portal:home"),
        reverse("portal:start", args=[application.call.slug]),
        reverse("portal:application", args=own),
        *(reverse("portal:section", args=[*own, section["key"]]) for section in SECTIONS["sections"]),
        reverse("portal:documents", args=own),
        reverse("portal:attach", args=[*own, "statuts"]),
        reverse("portal:review", args=own),
        reverse("portal:submit", args=own),
        reverse("portal:receipt", args=own),
        reverse("portal:receipt_pdf", args=own),
        reverse("portal:application_pdf", args=own),
    ]


@pytest.mark.parametrize("junk", JUNK)
def test_page_answers_whatever_is_posted(client, sign_in, application, junk, settings):
    # The size of a whole request is the front server's and Django's business: here, each field meets it.
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    sign_in(client, application.created_by)
    names = NAMES if junk != "dix millions" else ["titre", "description", "nombre", "jour", "mesures-0-label", "_-bases"]
    data = dict.fromkeys(names, JUNK[junk])
    found = {path: client.post(path, data).status_code for path in pages(application)}
    assert {path: status for path, status in found.items() if status not in {200, 302, 400, 403, 404, 405, 409, 422}} == {}
    application.refresh_from_db()
    assert application.state == State.DRAFT


@pytest.mark.parametrize("junk", [junk for junk in JUNK if junk != "dix millions"])
def test_page_answers_whatever_is_asked(client, sign_in, application, junk):
    sign_in(client, application.created_by)
    data = dict.fromkeys(["page", "next", "q", *NAMES[:4]], JUNK[junk])
    if isinstance(JUNK[junk], bytes):
        data = {name: JUNK[junk].decode("latin-1") for name in data}
    found = {path: client.get(path, data).status_code for path in pages(application)}
    assert {path: status for path, status in found.items() if status not in {200, 302, 404, 405}} == {}


@pytest.mark.parametrize("body", [b"", b"\x00", b"%ff%fe=%ed%a0%80&titre=%00&titre=%ed%a0%80", b"titre" * 1000, b"&&&==;;"])
@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "application/json", "x"],
)
def test_page_answers_whatever_the_body(client, sign_in, application, body, kind):
    sign_in(client, application.created_by)
    for path in pages(application):
        assert client.post(path, body, content_type=kind).status_code in {200, 302, 400, 403, 404, 405, 409, 422}, path


NAMES_OF_FILES = [
    "\x00.pdf",
    "a\x00.pdf",
    "é" * 400,
    "../../x.pdf",
    "..",
    ".",
    "",
    "CON.pdf",
    "\u202efdp.exe",
    "a\\b.pdf",
    "&lt;.pdf",
    ";.pdf",
]


@pytest.mark.parametrize("name", NAMES_OF_FILES)
def test_page_answers_whatever_the_name_of_the_file(client, sign_in, application, name):
    sign_in(client, application.created_by)
    part = f'--x\r\nContent-Disposition: form-data; name="statuts-file"; filename="{name}"\r\nContent-Type: a/b\r\n\r\n%PDF-1.4 x\r\n--x--\r\n'
    own = application.public_id
    for path in (reverse("portal:documents", args=[own]), reverse("portal:attach", args=[own, "statuts"])):
        response = client.post(path, part.encode(), content_type="multipart/form-data; boundary=x")
        assert response.status_code in {200, 302, 422}, path
    assert application.documents.count() == 0


def test_organisation_made_up_is_told_in_french(client, sign_in, application):
    response = sign_in(client, application.created_by).post(
        reverse("portal:start", args=[application.call.slug]), {"organisation": "x"}
    )
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"organisation": ["Choisissez une structure de la liste."]},
    )


@pytest.mark.parametrize(
    "path",
    [
        "/candidatures/x/",
        "/candidatures/00000000-0000-0000-0000-000000000000/",
        "/candidatures/nouvelle/%00/",
        "/candidatures/nouvelle/" + "a" * 5000 + "/",
        "/candidatures/{id}/rubrique/%00/",
        "/candidatures/{id}/rubrique/" + "a" * 5000 + "/",
        "/candidatures/{id}/pieces/joindre/inconnue/",
        "/candidatures/{id}/pieces/00000000-0000-0000-0000-000000000000/",
        "/candidatures/{id}/pieces/00000000-0000-0000-0000-000000000000/retirer/",
        "/candidatures/%ff/",
    ],
)
def test_address_made_up_does_not_exist(client, sign_in, application, path):
    sign_in(client, application.created_by)
    path = path.replace("{id}", str(application.public_id))
    assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}
