"""The side navigation of the jury's pages."""

from typing import Any

from django.urls import reverse

from aap.people.models import User
from scoring.panels.models import Panel
from scoring.panels.rules import is_chair, may_manage


def _item(label: str, url: str, *, current: bool) -> dict[str, Any]:
    return {"label": label, "url": url, "current": current}


def secretariat(panel: Panel, current: str) -> dict[str, Any]:
    """The secretary's pages for one call."""
    slug = panel.call.slug
    pages = [
        ("overview", "Avancement", reverse("scoring:secretariat_call", args=[slug])),
        ("members", "Membres", reverse("scoring:members", args=[slug])),
        ("grid", "Grille de notation", reverse("scoring:grid", args=[slug])),
        ("assignments", "Affectations", reverse("scoring:assignments", args=[slug])),
        ("reviews", "Évaluations remises", reverse("scoring:reviews", args=[slug])),
        ("recusals", "Déports", reverse("scoring:recusals", args=[slug])),
        ("ranking", "Classement", reverse("scoring:ranking", args=[slug])),
        ("sitting", "Séance", reverse("scoring:sitting", args=[slug])),
    ]
    return {
        "space_title": panel.name,
        "space_nav": [_item(label, url, current=key == current) for key, label, url in pages],
    }


def juror(current: str, panel: Panel | None = None, *, chair: bool = False) -> dict[str, Any]:
    """A juror's pages; the chair has two more for each call."""
    items = [_item("Mes dossiers", reverse("scoring:home"), current=current == "home")]
    if panel:
        slug = panel.call.slug
        items.append(_item("Mes intérêts", reverse("scoring:interests", args=[slug]), current=current == "interests"))
        if chair:
            items.append(_item("Classement", reverse("scoring:ranking", args=[slug]), current=current == "ranking"))
            items.append(_item("Séance", reverse("scoring:sitting", args=[slug]), current=current == "sitting"))
    return {"space_title": "Jury", "space_nav": items}


def for_person(user: User, panel: Panel, current: str) -> dict[str, Any]:
    """Pages that the secretariat and the chair share."""
    return secretariat(panel, current) if may_manage(user) else juror(current, panel, chair=is_chair(user, panel))
