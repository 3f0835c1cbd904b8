"""The way through one application: its steps, its breadcrumb, where each problem is corrected."""

from django.urls import reverse

from aap.applications.errors import MissingPiece
from aap.applications.models import Application


def name_of(application: Application) -> str:
    """How the application is called while its project may have no title yet."""
    return application.title or "Dossier sans intitulé"


def crumbs(application: Application, *last: str) -> list[dict[str, str]]:
    """« Mes dossiers › the application › this page »."""
    items = [("Mes dossiers", reverse("portal:home")), (name_of(application), reverse("portal:application", args=[application.public_id]))]
    return [{"label": label, "url": url} for label, url in (*items, *((label, "") for label in last))]


def steps_nav(application: Application, current: str) -> dict[str, object]:
    """Context of layout/space.html inside a draft: every section, the documents, the review. No query."""
    place = [application.public_id]
    entries = [
        (section.key, section.title, reverse("portal:section", args=[*place, section.key]))
        for section in application.questionnaire_version.definition.sections
    ]
    entries += [("pieces", "Pièces à joindre", reverse("portal:documents", args=place))]
    entries += [("verifier", "Vérifier et déposer", reverse("portal:review", args=place))]
    return {
        "space_title": "Mon dossier",
        "space_nav": [{"label": label, "url": url, "current": key == current} for key, label, url in entries],
    }


def after_section(application: Application, section_key: str) -> str:
    """Where « enregistrer et continuer » leads: the next section, then the documents."""
    keys = [section.key for section in application.questionnaire_version.definition.sections]
    following = keys[keys.index(section_key) + 1 :]
    if following:
        return reverse("portal:section", args=[application.public_id, following[0]])
    return reverse("portal:documents", args=[application.public_id])


def problem_link(application: Application, problem: MissingPiece) -> dict[str, str]:
    """What the error summary shows: the sentence, and the very field where it is corrected."""
    if problem.section_key:
        url = reverse("portal:section", args=[application.public_id, problem.section_key])
        return {"label": problem.label, "text": problem.message, "href": f"{url}#div_id_{problem.question_key}"}
    url = reverse("portal:documents", args=[application.public_id])
    return {"label": problem.label, "text": problem.message, "href": f"{url}#piece-{problem.requirement_key}"}
