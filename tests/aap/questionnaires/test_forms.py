"""From a definition to a form, from a form to kept answers."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from aap.questionnaires.definition import Definition, Question, QuestionType, Section
from aap.questionnaires.forms import missing, section_form
from aap.territories.models import Commune
from tests.factories.calls import CallFactory, ThemeFactory

pytestmark = pytest.mark.django_db
T = QuestionType


@pytest.fixture
def call():
    call = CallFactory(floor=2000, ceiling=25000, max_rate=80, authority="Département de Vaucluse")
    ThemeFactory(call=call, key="droits", title="Accès aux droits", description="Publics <fragiles>")
    ThemeFactory(call=call, key="parcours", title="Parcours")
    return call


@pytest.fixture
def apt():
    return Commune.objects.create(code="84003", name="Apt", sort_key="apt", postcodes=["84400"])


def ask(kind, **options):
    return Section(key="s", title="Section", questions=(Question(key="q", type=kind, label="Question", **options),))


def answer(kind, typed, call, *, draft=True, **options):
    data = typed if isinstance(typed, dict) else {"q": typed}
    form = section_form(ask(kind, **options), call=call, data=data, initial_answers={}, draft=draft)
    if form.is_valid():
        return form.answers()["q"]
    return form.errors["q"]


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (T.TITLE, "  Un\tprojet\u202e ", "Un projet"),
        (T.SHORT_TEXT, "<script>alert(1)</script>", "<script>alert(1)</script>"),
        (T.LONG_TEXT, "Un\r\ndeux", "Un\ndeux"),
        (T.LONG_TEXT, "\u200b \x00", None),
        (T.INTEGER, "1 200", 1200),
        (T.INTEGER, "0", 0),
        (T.AMOUNT, "1\u202f234,00 €", 1234),
        (T.DATE, "2026-02-28", "2026-02-28"),
        (T.DATE, "28/02/2026", "2026-02-28"),
        (T.YES_NO, "non", False),
        (T.YES_NO, "oui", True),
        (T.YES_NO, "", None),
        (T.THEME, "parcours", "parcours"),
        (T.CHOICE, "B", "B"),
        (T.CHOICES, ["B", "A"], ["A", "B"]),
        (T.CHOICES, [], None),
    ],
)
def test_answer_is_kept_in_its_canonical_form(kind, typed, expected, call):
    kept = answer(kind, typed, call, choices=("A", "B") if kind in {T.CHOICE, T.CHOICES} else ())
    assert kept == expected
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        (T.DATE, "2026-02-30", "Le 30/02/2026 n’existe pas dans le calendrier. Vérifiez le jour et le mois."),
        (T.DATE, "30 février", "Écrivez la date avec le jour, le mois et l’année, par exemple 30/06/2026."),
        (T.DATE, "0026-06-30", "L’année 26 semble fausse. Écrivez-la avec quatre chiffres, par exemple 2026."),
        (T.INTEGER, "3,5", "Écrivez un nombre entier, sans virgule, par exemple 1500 ou 1\u202f500."),
        (T.AMOUNT, "-3", "Le montant ne peut pas être négatif. Écrivez-le sans signe moins."),
        (T.YES_NO, "peut-être", "Ce choix n’est plus proposé. Choisissez dans la liste."),
        (T.THEME, "axe-retire", "Ce choix n’est plus proposé. Choisissez dans la liste."),
        (T.COMMUNE, "13001", "Ce choix n’est plus proposé. Choisissez dans la liste."),
        (T.CHOICE, "C", "Ce choix n’est plus proposé. Choisissez dans la liste."),
        (T.CHOICES, ["C"], "Ce choix n’est plus proposé. Choisissez dans la liste."),
        (T.LONG_TEXT, "x" * 20_001, "Votre texte compte 20\u202f001 caractères ; le maximum est 20\u202f000. Retirez-en 1."),
        (T.TITLE, "x" * 201, "Votre texte compte 201 caractères ; le maximum est 200. Retirez-en 1."),
    ],
)
def test_answer_badly_formed_is_refused_even_in_a_draft(kind, typed, message, call):
    assert answer(kind, typed, call, choices=("A", "B") if kind in {T.CHOICE, T.CHOICES} else ()) == [message]


def test_text_of_ten_megabytes_is_refused_at_once(call):
    assert answer(T.LONG_TEXT, "é" * 10_000_000, call) == [
        "Votre texte compte 10\u202f000\u202f000 caractères ; le maximum est 20\u202f000. Retirez-en 9\u202f980\u202f000."
    ]


def test_max_length_cannot_pass_the_cap(call):
    assert answer(T.LONG_TEXT, "x" * 20_001, call, max_length=50_000) == [
        "Votre texte compte 20\u202f001 caractères ; le maximum est 20\u202f000. Retirez-en 1."
    ]


def test_lines_count_once(call):
    assert answer(T.LONG_TEXT, "a\r\nb", call, max_length=3) == "a\nb"


@pytest.mark.parametrize("kind", list(QuestionType))
def test_draft_accepts_an_empty_answer_and_the_deposit_does_not(kind, call):
    options = {"choices": ("A", "B")} if kind in {T.CHOICE, T.CHOICES} else {}
    assert answer(kind, {}, call, **options) is None
    expected = {
        T.BUDGET: "Remplissez le budget du projet.",
        T.INDICATORS: "Proposez au moins un indicateur.",
        T.ATTESTATION: "Lisez ce texte, puis cochez la case : sans elle, la demande ne peut pas être déposée.",
    }.get(kind, "Cette réponse est obligatoire.")
    assert answer(kind, {}, call, draft=False, **options) == [expected]
    assert answer(kind, {}, call, draft=False, required=False, **options) is None


def test_commune_is_chosen_in_the_reference_list(call, apt):
    assert answer(T.COMMUNE, "84003", call) == "84003"
    html = str(section_form(ask(T.COMMUNE), call=call, initial_answers={"q": "84003"}, draft=True)["q"])
    assert '<option value="84003" selected>Apt (84400)</option>' in html


def test_theme_shows_its_description_escaped(call):
    html = str(section_form(ask(T.THEME), call=call, initial_answers={"q": "droits"}, draft=True)["q"])
    assert 'Accès aux droits<span class="choice-detail">Publics &lt;fragiles&gt;</span>' in html


def test_refused_answer_leaves_the_others_to_be_kept(call):
    section = Section("s", "S", questions=(Question("a", T.AMOUNT, "A"), Question("b", T.SHORT_TEXT, "B")))
    form = section_form(section, call=call, data={"a": "douze", "b": "oui"}, initial_answers={}, draft=True)
    assert not form.is_valid()
    assert form.answers() == {"b": "oui"}


def test_attestation_keeps_its_words_and_its_first_moment(call):
    first = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    section = ask(T.ATTESTATION, legal_text="Je déclare.")
    with time_machine.travel(first, tick=False):
        kept = answer(T.ATTESTATION, "on", call, legal_text="Je déclare.")
    assert kept == {"accepted": True, "text": "Je déclare.", "at": "2026-03-01T09:00:00+00:00"}
    form = section_form(section, call=call, data={"q": "on"}, initial_answers={"q": kept}, draft=True)
    assert form.is_valid()
    assert form.answers() == {"q": kept}


def test_attestation_in_other_words_must_be_accepted_again(call):
    kept = {"accepted": True, "text": "Anciens mots", "at": "2026-03-01T09:00:00+00:00"}
    definition = Definition((ask(T.ATTESTATION, legal_text="Nouveaux mots"),))
    assert [problem.message for problem in missing(definition, call, {"q": kept})] == [
        "Lisez ce texte, puis cochez la case : sans elle, la demande ne peut pas être déposée."
    ]


def test_budget_reads_its_lines(call):
    typed = {"q-achats": "1 500", "q-personnel": "", "q-departement": "1\u202f200 €", "q-inconnue": "5"}
    assert answer(T.BUDGET, typed, call) == {"achats": 1500, "departement": 1200}


def test_budget_problem_names_its_line_and_keeps_what_was_typed(call):
    data = {"q-achats": "12,50", "q-departement": "4000"}
    form = section_form(ask(T.BUDGET), call=call, data=data, initial_answers={}, draft=True)
    assert not form.is_valid()
    assert form.errors["q"] == [
        "60 – Achats : Écrivez un montant en euros entiers, sans les centimes, par exemple 1500 ou 1\u202f500."
    ]
    html = str(form["q"])
    assert 'value="12,50"' in html
    assert 'aria-invalid="true" aria-describedby="id_q-achats-problem"' in html


def test_budget_keeps_the_lines_that_can_be_read_and_the_former_amount_of_the_others(call):
    data = {"q-achats": "4OOO", "q-personnel": "900", "q-ventes": "-3", "q-departement": "4 000"}
    kept = {"achats": 4000, "personnel": 800, "etat": 50}
    form = section_form(ask(T.BUDGET), call=call, data=data, initial_answers={"q": kept}, draft=True)
    assert not form.is_valid()
    assert form.answers() == {"q": {"achats": 4000, "personnel": 900, "departement": 4000}}
    assert (form.unkept(), 'value="4OOO"' in str(form["q"]), 'value="-3"' in str(form["q"])) == (
        ["«\u00a0Question\u00a0» (lignes signalées)"],
        True,
        True,
    )


def test_errors_are_summed_up_with_the_input_where_each_is_corrected(call):
    section = Section(
        "s",
        "Section",
        questions=(
            Question("budget", T.BUDGET, "Budget"),
            Question("mesures", T.INDICATORS, "Mesures"),
            Question("oui", T.YES_NO, "D’accord"),
            Question("texte", T.SHORT_TEXT, "Texte", max_length=5),
        ),
    )
    data = {
        "budget-achats": "x",
        "budget-ventes": "-1",
        "mesures-0-label": "a",
        "mesures-3-target": "5",
        "oui": "x",
        "texte": "a" * 9,
    }
    form = section_form(section, call=call, data=data, initial_answers={}, draft=True)
    assert [(error["text"].split("\u00a0: ")[0], error["href"]) for error in form.summary()] == [
        ("Budget", "#id_budget-achats"),
        ("Budget", "#id_budget-ventes"),
        ("Mesures", "#id_mesures-1-label"),
        ("D’accord", "#id_oui_0"),
        ("Texte", "#id_texte"),
    ]


@pytest.mark.parametrize("kept", [None, "x", {"achats": "beaucoup"}, {"inconnue": 5}])
def test_budget_line_that_cannot_be_read_over_nothing_is_left_empty(call, kept):
    data = {"q-achats": "beaucoup", "q-departement": "4000"}
    form = section_form(ask(T.BUDGET), call=call, data=data, initial_answers={"q": kept}, draft=True)
    assert (form.is_valid(), form.answers()) == (False, {"q": {"departement": 4000}})


@pytest.mark.parametrize(
    ("length", "kept", "unkept"), [(10, True, []), (11, True, []), (40, True, []), (41, False, ["«\u00a0Question\u00a0»"])]
)
def test_text_too_long_is_kept_to_be_shortened(call, length, kept, unkept):
    typed = "a" * length
    form = section_form(ask(T.LONG_TEXT, max_length=10), call=call, data={"q": typed}, initial_answers={}, draft=True)
    assert form.is_valid() is (length <= 10)
    assert (form.answers(), form.unkept()) == ({"q": typed} if kept else {}, unkept)


def test_text_too_long_is_still_refused_at_the_deposit(call):
    definition = Definition((ask(T.LONG_TEXT, max_length=10),))
    assert [problem.message for problem in missing(definition, call, {"q": "a" * 11})] == [
        "Votre texte compte 11 caractères ; le maximum est 10. Retirez-en 1."
    ]


def test_indicators_to_correct_are_kept_as_they_were_typed(call):
    data = {"q-0-label": "", "q-0-target": "80", "q-1-label": "S" * 201, "q-2-label": "Séances", "q-2-unit": "u"}
    form = section_form(ask(T.INDICATORS), call=call, data=data, initial_answers={}, draft=True)
    assert (form.is_valid(), form.unkept()) == (False, [])
    assert form.answers() == {
        "q": [
            {"label": "", "target": "80", "unit": ""},
            {"label": "S" * 201, "target": "", "unit": ""},
            {"label": "Séances", "target": "", "unit": "u"},
        ]
    }


def test_indicators_far_too_long_are_not_cut_in_silence(call):
    form = section_form(ask(T.INDICATORS), call=call, data={"q-0-label": "S" * 801}, initial_answers={}, draft=True)
    assert (form.is_valid(), form.answers(), form.unkept()) == (False, {}, ["«\u00a0Question\u00a0»"])


def test_budget_total_is_made_by_the_server(call):
    form = section_form(ask(T.BUDGET), call=call, initial_answers={"q": {"achats": 12000, "departement": 8000}}, draft=True)
    html = str(form["q"])
    assert "<strong data-total>12\u202f000\u00a0€</strong>" in html
    assert "Il manque 4\u202f000\u00a0€ de produits." in html
    assert "Département de Vaucluse – montant demandé" in html


def test_budget_out_of_limits_is_a_draft_but_no_deposit(call):
    typed = {"q-achats": "1000", "q-departement": "1000"}
    assert answer(T.BUDGET, typed, call) == {"achats": 1000, "departement": 1000}
    assert answer(T.BUDGET, typed, call, draft=False) == [
        (
            "Vous demandez 1\u202f000\u00a0€ : le minimum de cet appel est 2\u202f000\u00a0€. Un projet plus petit ne peut pas être "
            "retenu : augmentez la ligne « Département de Vaucluse – montant demandé » si votre budget le permet."
        ),
        (
            "Vous demandez 100\u00a0% du coût du projet : le maximum est 80\u00a0%, soit 800\u00a0€ pour ce budget. Baissez le montant "
            "demandé, ou vérifiez les charges."
        ),
    ]


def test_indicators_keep_their_filled_rows(call):
    typed = {
        "q-0-label": " Personnes ",
        "q-0-target": "80",
        "q-0-unit": "",
        "q-1-label": "",
        "q-7-label": "Séances",
        "q-7-target": "12",
    }
    assert answer(T.INDICATORS, typed, call, draft=False) == [
        {"label": "Personnes", "target": "80", "unit": ""},
        {"label": "Séances", "target": "12", "unit": ""},
    ]


def test_indicators_say_what_is_missing(call):
    typed = {"q-0-label": "", "q-0-target": "80", "q-1-label": "Séances"}
    assert answer(T.INDICATORS, typed, call, draft=False) == [
        "Ligne 1 : dites ce que vous mesurez, ou videz la ligne.",
        "Ligne 2 : indiquez la cible, même approximative.",
    ]


def test_indicators_problem_stands_beside_its_row(call):
    data = {"q-0-label": "  ", "q-1-label": "Séances", "q-2-target": "5"}
    form = section_form(ask(T.INDICATORS), call=call, data=data, initial_answers={}, draft=True)
    assert not form.is_valid()
    html = str(form["q"])
    assert html.count('class="field-error"') == 1
    assert html.index('value="5"') < html.index('id="id_q-1-problem"') < html.index("Indicateur 3")


def test_indicators_offer_three_empty_rows(call):
    kept = [{"label": "Personnes", "target": "80", "unit": ""}]
    assert str(section_form(ask(T.INDICATORS), call=call, initial_answers={}, draft=True)["q"]).count("data-row") == 3
    assert str(section_form(ask(T.INDICATORS), call=call, initial_answers={"q": kept}, draft=True)["q"]).count("data-row") == 4


COMPLETE = {
    "titre": "Le numérique au village",
    "axe": "droits",
    "commune": "84003",
    "budget": {"personnel": 10000, "departement": 8000, "communes": 2000},
    "cer": {"accepted": True, "text": "Je déclare.", "at": "2026-03-01T09:00:00+00:00"},
}
DEFINITION = Definition(
    (
        Section(
            "projet",
            "Projet",
            questions=(
                Question("titre", T.TITLE, "Intitulé"),
                Question("axe", T.THEME, "Axe"),
                Question("commune", T.COMMUNE, "Commune"),
            ),
        ),
        Section(
            "fin",
            "Fin",
            questions=(
                Question("budget", T.BUDGET, "Budget"),
                Question("site", T.SHORT_TEXT, "Site", required=False),
                Question("cer", T.ATTESTATION, "Attestation", legal_text="Je déclare."),
            ),
        ),
    )
)


def test_missing_is_empty_when_all_is_there(call, apt, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert missing(DEFINITION, call, COMPLETE) == []


def test_missing_lists_in_reading_order(call, apt):
    found = missing(DEFINITION, call, {**COMPLETE, "titre": None, "axe": "retire", "cer": None})
    assert [(problem.section_key, problem.question_key, problem.label) for problem in found] == [
        ("projet", "titre", "Intitulé"),
        ("projet", "axe", "Axe"),
        ("fin", "cer", "Attestation"),
    ]


@pytest.mark.parametrize(
    "hostile", [[], {}, 5, -1, "x", True, {"achats": "abc"}, [{"label": []}], {"accepted": "yes"}, [None], 1.5]
)
def test_missing_never_breaks_on_a_strange_answer(hostile, call, apt):
    answers = dict.fromkeys(DEFINITION.questions, hostile)
    assert missing(DEFINITION, call, answers)
