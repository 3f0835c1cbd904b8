"""The 2025 call as a file, and what loading it does."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from aap.calls.models import Call, Theme
from aap.decisions.merge import FIELDS, fields_in, problems_in
from aap.decisions.models import LetterTemplate, Outcome
from aap.errors import DomainError
from aap.history.models import Event
from aap.questionnaires.definition import Definition, QuestionType
from aap.questionnaires.models import QuestionnaireVersion
from aap.questionnaires.rules import flaws, gaps
from config.call_files import load_call
from scoring.grids.selectors import current_grid
from scoring.grids.services import freeze
from tests.factories.applications import make_application
from tests.factories.people import OfficerFactory

FILE = settings.BASE_DIR / "config" / "calls" / "inclusion-numerique-2025.json"
OPENS = datetime(2025, 4, 1, 7, 0, tzinfo=UTC)
CONTENT = json.loads(FILE.read_text(encoding="utf-8"))


def load(path=FILE, **options):
    dates = {"opens_at": OPENS, "closes_at": OPENS + timedelta(days=45), "committee_on": date(2025, 7, 11)}
    return load_call(path, slug="inclusion-numerique-2025", **{**dates, **options})


@pytest.fixture
def changed(tmp_path):
    """Write a copy of the file after `change(content)`."""

    def _changed(change):
        content = json.loads(FILE.read_text(encoding="utf-8"))
        change(content)
        path = tmp_path / "appel.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return _changed


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_file_holds_a_sound_questionnaire():
    definition = Definition.from_json(CONTENT["questionnaire"])
    assert flaws(definition) + gaps(definition) == []
    assert [section.title for section in definition.sections] == [
        "Votre structure", "Votre projet", "Publics et territoire", "Moyens humains", "Budget", "Évaluation", "Attestations",
    ]  # fmt: skip
    # The letters read the beginning and the end of the project from these keys.
    dates = (QuestionType.PROJECT_START, QuestionType.PROJECT_END)
    assert [(question.key, question.type) for question in definition.questions.values() if question.type in dates] == [
        ("debut", QuestionType.PROJECT_START),
        ("fin", QuestionType.PROJECT_END),
    ]
    pact = definition.questions["engagement_republicain"].legal_text
    assert [line[0] for line in pact.splitlines() if line[:1].isdigit()] == list("1234567")


def test_file_never_asks_for_the_members():
    asked = [document["label"] for document in CONTENT["documents"]]
    assert not [label for label in asked if "adhérents" in label or "membres" in label]


def test_file_scoring_grid_is_worth_one_hundred():
    assert sum(Decimal(criterion["weight"]) for criterion in CONTENT["grid"]) == 100
    assert [criterion["key"] for criterion in CONTENT["grid"] if criterion.get("eliminatory")] == ["besoins", "faisabilite"]
    assert {len(criterion["levels"]) for criterion in CONTENT["grid"]} == {6}


def test_file_has_the_five_letters_with_known_fields():
    assert {letter["outcome"] for letter in CONTENT["letters"]} == set(Outcome.values)
    for letter in CONTENT["letters"]:
        assert problems_in(letter["subject"]) + problems_in(letter["body"]) == []
        assert set(fields_in(letter["body"])) <= set(FIELDS)


def test_file_is_written_in_french_typography():
    for text in strings(CONTENT):
        assert "'" not in text, text
        assert not any(mark in text for mark in (" :", " ;", " ?", " !", " €", " %", "« ", " »")), text


@pytest.mark.django_db
def test_load_call_creates_the_whole_call():
    call = load(fictitious=True)
    assert (call.title, call.prefix, call.envelope, call.floor, call.ceiling, call.max_rate, call.pass_mark) == (
        "Appel à projets 2025 – Inclusion numérique", "FNE25", 160000, 2000, 25000, 80, 50,
    )  # fmt: skip
    assert call.fictitious
    assert [theme.key for theme in call.themes.all()] == ["acces-aux-droits", "parcours-numerique", "filiere-materiel"]
    assert [document.key for document in call.document_requirements.filter(required=True)] == [
        "statuts", "dirigeants", "rib", "comptes", "rapport-activite",
    ]  # fmt: skip
    assert call.eligibility_rules.count() == 12
    version = QuestionnaireVersion.objects.get(questionnaire__call=call)
    assert (version.number, len(version.definition.questions)) == (1, 36)
    assert (
        next(criterion.label for criterion in current_grid(call).criteria.all())
        == "Réponse aux besoins et aux publics fragiles"
    )
    assert LetterTemplate.objects.filter(call=call).count() == 5
    names = set(Event.objects.filter(chain=f"call:{call.slug}").values_list("name", flat=True))
    assert names == {"call_created", "questionnaire_published", "grid_written"}


@pytest.mark.django_db
def test_load_call_again_changes_nothing():
    load()
    before = (
        Theme.objects.count(),
        QuestionnaireVersion.objects.count(),
        LetterTemplate.objects.count(),
        Event.objects.count(),
    )
    load()
    assert (
        Theme.objects.count(),
        QuestionnaireVersion.objects.count(),
        LetterTemplate.objects.count(),
        Event.objects.count(),
    ) == before


@pytest.mark.django_db
def test_load_call_takes_name_and_dates_from_its_caller():
    call = load(title="Autre appel", year=2024, prefix="FNE24", committee_on=None)
    assert (call.title, call.year, call.prefix, call.opens_at, call.committee_on) == ("Autre appel", 2024, "FNE24", OPENS, None)


@pytest.mark.django_db
def test_load_call_publishes_a_new_version_when_the_questionnaire_changes(changed):
    call = load()

    def reword(content):
        content["questionnaire"]["sections"][0]["questions"][0]["label"] = "Qui êtes-vous ?"

    load(changed(reword))
    assert [version.number for version in QuestionnaireVersion.objects.filter(questionnaire__call=call)] == [2, 1]


@pytest.mark.django_db
def test_load_call_replaces_the_grid_until_the_first_score(changed):
    load()

    def reweigh(content):
        content["grid"][0]["weight"] = "30"

    call = load(changed(reweigh))
    assert current_grid(call).criteria.first().weight == 30
    freeze(current_grid(call), by=OfficerFactory())
    with pytest.raises(DomainError, match="la grille est figée"):
        load()


@pytest.mark.django_db
def test_load_call_keeps_an_axis_that_applications_use(changed):
    call = load()
    make_application(call=call, theme=call.themes.get(key="filiere-materiel"))
    shorter = changed(lambda content: content["themes"].pop())
    with pytest.raises(DomainError, match="filiere-materiel"):
        load(shorter)


@pytest.mark.django_db
def test_load_call_refuses_dates_that_cross():
    with pytest.raises(DomainError, match="La clôture doit venir après l’ouverture"):
        load(closes_at=OPENS - timedelta(days=1))
    assert not Call.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_load_call_refuses_a_file_that_is_no_call(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(DomainError):
        load(path)


@pytest.mark.django_db
def test_command_load_call_reads_paris_time(capsys):
    call_command(
        "load_call",
        str(FILE),
        "--slug=essai",
        "--opens=2025-04-01T09:00",
        "--closes=2025-05-16T12:00",
        "--committee=2025-07-11",
        "--fictitious",
    )
    call = Call.objects.get(slug="essai")
    assert (call.opens_at, call.closes_at) == (OPENS, datetime(2025, 5, 16, 10, 0, tzinfo=UTC))
    assert capsys.readouterr().out == (
        "« Appel à projets 2025 – Inclusion numérique » est à jour (essai), questionnaire en version 1.\n"
    )
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("load_call", "absent.json", "--slug=absent", "--opens=2025-04-01", "--closes=2025-05-16")


@pytest.mark.django_db
def test_command_load_call_does_not_undo_what_was_changed_in_the_administration():
    call = load()
    theirs = "Service changé dans l’administration"
    Call.objects.filter(pk=call.pk).update(service_name=theirs)
    arguments = ["load_call", str(FILE), "--slug", call.slug, "--opens=2025-04-01", "--closes=2025-05-16"]
    with pytest.raises(CommandError, match="existe déjà"):
        call_command(*arguments)
    assert Call.objects.get(pk=call.pk).service_name == theirs
    call_command(*arguments, "--replace")
    assert Call.objects.get(pk=call.pk).service_name == CONTENT["call"]["service_name"]
