"""What an association does: registers, fills in, attaches, deposits."""

import json
import re
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from aap import clock
from aap.questionnaires.definition import Definition, Question, QuestionType, Section
from config.demonstration.calls import CALL_FILE
from tests.e2e.visitor import Visitor

ASKED, COST = 5000, 8000
SENTENCE = "Nous accueillons chaque semaine les habitants qui ont besoin d’aide, avec nos partenaires."
# One line of each side, balanced: the amount asked is that of the Département.
BUDGET = {
    "64 Charges de personnel": str(COST),
    re.compile("montant demandé"): str(ASKED),
    "Communes et intercommunalités": str(COST - ASKED),
}


@lru_cache(maxsize=1)
def questionnaire() -> tuple[Definition, list[dict[str, Any]]]:
    """The form of the call file and the documents that it asks for: what the pages are expected to show."""
    content = json.loads(CALL_FILE.read_text(encoding="utf-8"))
    return Definition.from_json(content["questionnaire"]), content["documents"]


def required_documents() -> list[str]:
    return [each["label"] for each in questionnaire()[1] if each.get("required", True)]


def sections() -> tuple[Section, ...]:
    return tuple(questionnaire()[0].sections)


def fill(form: Locator, section: Section) -> None:
    """Answer every question that must be, as a person would: by its label."""
    for question in section.questions:
        if question.required:
            _answer(form, question)


def _answer(form: Locator, question: Question) -> None:  # noqa: C901, PLR0912 - one line a type
    field, group = form.get_by_label(question.label).first, form.get_by_role("group", name=question.label)
    match question.type:
        case QuestionType.THEME:
            group.get_by_role("radio").nth(1).check()
        case QuestionType.CHOICE:
            group.get_by_role("radio", name=question.choices[0], exact=True).check()
        case QuestionType.CHOICES:
            group.get_by_role("checkbox", name=question.choices[0]).check()
        case QuestionType.YES_NO:
            group.get_by_role("radio", name="Non", exact=True).check()
        case QuestionType.COMMUNE:
            field.select_option(label="Apt (84400)")
        case QuestionType.BUDGET:
            for label, amount in BUDGET.items():
                group.get_by_role("textbox", name=label).fill(amount)
        case QuestionType.INDICATORS:
            first = group.get_by_role("group", name="Indicateur 1")
            for label, text in (("Indicateur 1", "Personnes accompagnées"), ("Cible 1", "80"), ("Unité 1", "personnes")):
                first.get_by_label(label, exact=True).fill(text)
        case QuestionType.DATE | QuestionType.PROJECT_START | QuestionType.PROJECT_END:
            field.fill((clock.today() + timedelta(days=420 if question.label.startswith("Fin") else 120)).isoformat())
        case QuestionType.INTEGER | QuestionType.AMOUNT:
            field.fill("12")
        case QuestionType.ATTESTATION:
            field.check()
        case QuestionType.TITLE:
            field.fill("Ateliers du clic à Apt")
        case _:
            field.fill(SENTENCE[: question.max_length])


def fill_sections(visitor: Visitor, *, first: str) -> None:
    """From the page of the application: fill from the section `first` on, each one leading to the next."""
    titles = [section.title for section in sections()]
    visitor.follow(first, within=visitor.main.get_by_role("list", name="Ce qu’il y a à remplir"))
    for section in sections()[titles.index(first) :]:
        visitor.expect_title(section.title)
        fill(visitor.main, section)
        visitor.press("Enregistrer et continuer")
    visitor.expect_title("Pièces à joindre")


def attach(visitor: Visitor, label: str, path: Path) -> None:
    piece = visitor.main.get_by_role("region", name=label)
    piece.get_by_label("Choisir un fichier").set_input_files(path)
    visitor.press(re.compile("^Joindre"), within=piece)
    expect(piece.get_by_role("link", name=path.name, exact=True)).to_be_visible()


def deposit(visitor: Visitor) -> str:
    """From the page of the documents to the receipt; the number of the application."""
    visitor.press("Continuer : vérifier et déposer")
    visitor.press("Déposer le dossier")
    visitor.expect_title("Récépissé de dépôt")
    return visitor.main.locator(".receipt-code").inner_text().strip()
