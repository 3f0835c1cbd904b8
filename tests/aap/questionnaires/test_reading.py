"""Kept answers as people read them."""

import pytest
from django.template.loader import render_to_string

from aap.questionnaires.definition import Definition, Question, QuestionType, Section
from aap.questionnaires.reading import readable
from aap.territories.models import Commune
from tests.factories.calls import CallFactory, ThemeFactory

pytestmark = pytest.mark.django_db
T = QuestionType
BUDGET = {"personnel": 10000, "departement": 8000, "communes": 2000, "emplois_en_nature": 500, "contributions_en_nature": 500}


@pytest.fixture
def call():
    call = CallFactory(authority="Département de Vaucluse")
    ThemeFactory(call=call, key="droits", title="Accès aux droits")
    Commune.objects.create(code="84003", name="Apt", sort_key="apt")
    return call


def everything():
    return Definition((Section("s", "Rubrique", questions=tuple(Question(kind.value, kind, kind.value) for kind in T)),))


ANSWERS = {
    "title": "Le numérique au village",
    "theme": "droits",
    "commune": "84003",
    "budget": BUDGET,
    "short_text": "<b>gras</b>",
    "long_text": "Un\n\ndeux",
    "integer": 1200,
    "amount": 0,
    "date": "2027-03-01",
    "yes_no": False,
    "choice": "A",
    "choices": ["A", "B"],
    "indicators": [{"label": "Personnes", "target": "80", "unit": ""}],
    "attestation": {"accepted": True, "text": "Je déclare.", "at": "2026-11-20T10:00:00+00:00"},
}


def test_readable_says_each_answer_in_french(call, django_assert_num_queries):
    with django_assert_num_queries(2):
        (section,) = readable(everything(), call, ANSWERS)
    rows = {row.key: row for row in section.rows}
    assert {key: row.text for key, row in rows.items() if row.kind == "short"} == {
        "title": "Le numérique au village", "theme": "Accès aux droits", "commune": "Apt", "short_text": "<b>gras</b>",
        "integer": "1\u202f200", "amount": "0\u00a0€", "date": "1er\u00a0mars\u00a02027", "yes_no": "Non", "choice": "A",
    }  # fmt: skip
    assert rows["choices"].choices == ("A", "B")
    assert rows["budget"].budget["rate"] == "80\u00a0%"
    assert rows["indicators"].indicators == ({"label": "Personnes", "target": "80", "unit": ""},)
    assert rows["attestation"].moment.isoformat() == "2026-11-20T10:00:00+00:00"


def test_readable_shows_unanswered_questions_as_empty(call):
    (section,) = readable(everything(), call, {})
    assert [row.kind for row in section.rows] == ["empty"] * len(T)


@pytest.mark.parametrize("strange", ["x", 5, ["x"], {"x": 1}, [{"x": 1}], True])
def test_readable_never_hides_the_file_for_one_strange_answer(call, strange):
    (section,) = readable(everything(), call, {kind.value: strange for kind in T})
    assert len(section.rows) == len(T)


def test_answers_page_escapes_and_shows_the_budget(call):
    html = render_to_string("aap/questionnaires/answers.html", {"sections": readable(everything(), call, ANSWERS)})
    assert "&lt;b&gt;gras&lt;/b&gt;" in html
    assert "<b>gras" not in html
    assert "Département de Vaucluse – montant demandé" in html
    assert "style=" not in html
    assert "<script" not in html
