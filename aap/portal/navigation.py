"""The way through one application: its steps, its breadcrumb, where each problem is corrected."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from aap.applications.errors import MissingPiece
from aap.applications.models import Application

DOCUMENTS_TITLE = "Pièces à joindre"


def name_of(application: Application) -> str:
    """How the application is called while its project may have no title yet."""
    return application.title or "Dossier sans intitulé"


def crumbs(application: Application, *last: str) -> list[dict[str, str]]:
    """« Mes dossiers › the application › this page »."""
    items = [
        ("Mes dossiers", reverse("portal:home")),
        (name_of(application), reverse("portal:application", args=[application.public_id])),
    ]
    return [{"label": label, "url": url} for label, url in (*items, *((label, "") for label in last))]


def steps_nav(application: Application, current: str) -> dict[str, object]:
    """Context of layout/space.html inside a draft: every section, the documents, the review. No query."""
    place = [application.public_id]
    entries = [
        (section.key, section.title, reverse("portal:section", args=[*place, section.key]))
        for section in application.questionnaire_version.definition.sections
    ]
    entries += [("pieces", DOCUMENTS_TITLE, reverse("portal:documents", args=place))]
    entries += [("verifier", "Vérifier et déposer", reverse("portal:review", args=place))]
    return {
        "space_title": "Mon dossier",
        "space_nav": [{"label": label, "url": url, "current": key == current} for key, label, url in entries],
    }


def step_url(application: Application, key: str) -> str:
    """The page of a section, or that of the documents (`pieces`)."""
    if application.questionnaire_version.definition.section(key):
        return reverse("portal:section", args=[application.public_id, key])
    return reverse("portal:documents", args=[application.public_id])


def after_section(application: Application, section_key: str) -> str:
    """Where « enregistrer et continuer » leads: the next section, then the documents."""
    keys = [section.key for section in application.questionnaire_version.definition.sections]
    following = keys[keys.index(section_key) + 1 :]
    if following:
        return reverse("portal:section", args=[application.public_id, following[0]])
    return reverse("portal:documents", args=[application.public_id])


def problem_link(application: Application, problem: MissingPiece, *, answered: bool = True) -> dict[str, str]:
    """What the list of problems shows: the very field where it is corrected, and what is wrong with what is there.

    A question left empty needs no sentence: twenty times « cette réponse est obligatoire » hides the two that say more.
    """
    if problem.section_key:
        url = reverse("portal:section", args=[application.public_id, problem.section_key])
        href = f"{url}#div_id_{problem.question_key}"
        return {"label": problem.label, "text": problem.message if answered else "", "href": href}
    url = reverse("portal:documents", args=[application.public_id])
    return {"label": problem.label, "text": "", "href": f"{url}#piece-{problem.requirement_key}"}


def problem_groups(
    application: Application, problems: Sequence[MissingPiece], answers: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The problems section by section, in reading order, each with its link."""
    titles = {section.key: section.title for section in application.questionnaire_version.definition.sections}
    groups: dict[str, list[dict[str, str]]] = {}
    for problem in problems:
        answered = answers.get(problem.question_key) not in (None, "", [], {})
        title = titles.get(problem.section_key, DOCUMENTS_TITLE)
        groups.setdefault(title, []).append(problem_link(application, problem, answered=answered))
    return [{"title": title, "problems": found} for title, found in groups.items()]
