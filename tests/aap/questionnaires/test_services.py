"""Compose, publish, compare."""

import json

import pytest

from aap.errors import DomainError
from aap.history.models import Event
from aap.questionnaires.changes import changes
from aap.questionnaires.composition import as_stream, composed
from aap.questionnaires.definition import Definition, Question, QuestionType, Section
from aap.questionnaires.models import Questionnaire
from aap.questionnaires.rules import flaws, gaps
from aap.questionnaires.selectors import published_version
from aap.questionnaires.services import pending_changes, publish
from tests.factories.calls import QUESTIONNAIRE, CallFactory
from tests.factories.people import OfficerFactory

T = QuestionType
BASE = Definition.from_json(QUESTIONNAIRE)


def compose(definition, call=None):
    questionnaire, _ = Questionnaire.objects.get_or_create(call=call or CallFactory())
    questionnaire.sections = Questionnaire._meta.get_field("sections").to_python(json.dumps(as_stream(definition)))
    questionnaire.save()
    return Questionnaire.objects.get(pk=questionnaire.pk)


@pytest.mark.django_db
def test_composition_comes_back_from_the_stream():
    assert composed(compose(BASE)) == BASE


@pytest.mark.django_db
def test_publish_freezes_and_records():
    officer, questionnaire = OfficerFactory(), compose(BASE)
    version = publish(questionnaire, by=officer)
    assert (version.number, version.definition, version.published_by) == (1, BASE, officer)
    assert published_version(questionnaire.call) == version
    event = Event.objects.get(chain=f"call:{questionnaire.call.slug}")
    assert (event.name, event.actor, event.data) == ("questionnaire_published", officer, {"version": 1})


@pytest.mark.django_db
def test_publish_refuses_when_nothing_changed():
    questionnaire = compose(BASE)
    publish(questionnaire, by=None)
    assert pending_changes(questionnaire) == []
    with pytest.raises(DomainError) as refusal:
        publish(questionnaire, by=None)
    assert refusal.value.message == "Rien n’a changé depuis la version 1 : il n’y a pas de nouvelle version à publier."
    assert questionnaire.versions.count() == 1


@pytest.mark.django_db
def test_publish_refuses_an_unsound_questionnaire():
    questionnaire = compose(
        Definition((Section("a", "Rubrique A", questions=(Question("q", T.CHOICE, "Choix"),)), Section("b", "Rubrique B")))
    )
    with pytest.raises(DomainError) as refusal:
        publish(questionnaire, by=None)
    assert refusal.value.message == (
        "Le questionnaire n’est pas prêt. « Choix » : proposez au moins deux choix. La rubrique « Rubrique B » n’a aucune question. "
        "Ajoutez une question de type « Intitulé du projet » : les listes et les lettres en ont besoin. "
        "Ajoutez une question de type « Budget prévisionnel » : le montant demandé y est lu."
    )


@pytest.mark.django_db
def test_second_version_leaves_the_first_alone():
    questionnaire = compose(BASE)
    first = publish(questionnaire, by=None)
    reworded = Definition((*BASE.sections, Section("plus", "Plus", questions=(Question("plus", T.SHORT_TEXT, "Autre chose"),))))
    second = publish(compose(reworded, questionnaire.call), by=None)
    first.refresh_from_db()
    assert (first.definition, second.number, published_version(questionnaire.call)) == (BASE, 2, second)


@pytest.mark.django_db
def test_published_version_absent_is_told():
    with pytest.raises(DomainError) as refusal:
        published_version(CallFactory())
    assert (
        refusal.value.message
        == "Le questionnaire de cet appel n’est pas encore publié. Revenez un peu plus tard, ou écrivez au service."
    )


def questions(*asked):
    return Definition((Section("s", "Rubrique", questions=asked),))


A, B = Question("a", T.SHORT_TEXT, "A"), Question("b", T.SHORT_TEXT, "B")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (questions(A), questions(A), []),
        (questions(A), questions(A, B), ["question ajoutée : « B »"]),
        (questions(A, B), questions(A), ["question retirée : « B »"]),
        (questions(A, B), questions(B, A), ["l’ordre des questions change, ou l’une d’elles passe dans une autre rubrique"]),
        (
            questions(A),
            questions(Question("a", T.SHORT_TEXT, "A bis", help_text="aide", required=False)),
            ["question « A bis » : son libellé, son aide et son caractère obligatoire changent"],
        ),
        (
            questions(A),
            questions(Question("a", T.SHORT_TEXT, "A", max_length=9)),
            ["question « A » : sa longueur maximale change"],
        ),
        (
            Definition((Section("s", "Rubrique", questions=(A,)),)),
            Definition((Section("s", "Autre titre", questions=()), Section("t", "Neuve", questions=(A,)))),
            [
                "rubrique ajoutée : « Neuve »",
                "rubrique « Autre titre » : son titre ou son introduction change",
                "l’ordre des questions change, ou l’une d’elles passe dans une autre rubrique",
            ],
        ),
    ],
)
def test_changes_are_told_in_sentences(before, after, expected):
    assert changes(before, after) == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (questions(A, A), ["La clé de question « a » est employée 2 fois : donnez une clé à chacune."]),
        (
            Definition((Section("s", "S"), Section("s", "S"))),
            ["La clé de rubrique « s » est employée 2 fois : donnez une clé à chacune."],
        ),
        (
            questions(Question("a", T.TITLE, "Un"), Question("b", T.TITLE, "Deux")),
            ["Une seule question de ce type est possible, gardez-en une : « Un », « Deux »."],
        ),
        (questions(Question("a", T.CHOICES, "C", choices=("x", "x"))), ["« C » : le même choix est écrit deux fois."]),
        (
            questions(Question("a", T.ATTESTATION, "D", legal_text=" ")),
            ["« D » : écrivez le texte de l’attestation, qui est conservé avec la réponse."],
        ),
        (BASE, []),
    ],
)
def test_flaws_say_what_to_correct(definition, expected):
    assert flaws(definition) == expected


def test_gaps_of_a_complete_questionnaire_are_none():
    assert gaps(BASE) == []
    assert gaps(Definition())[0] == "Le questionnaire n’a aucune rubrique."
