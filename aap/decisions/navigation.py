"""The officers' side menu on these pages."""

from typing import Any

from django.urls import reverse

from aap.calls.models import Call


def space(call: Call | None = None, current: str = "") -> dict[str, Any]:
    """Context of `layout/space.html`: the call's steps when there is one, and the way back to the applications."""
    items = [
        _item("Dossiers", "desk:home", current),
        _item("Jurys", "scoring:secretariat", current),
        _item("Décisions et lettres", "decisions:index", current),
    ]
    if call is not None:
        items.append(_item(call.title, "decisions:call", current, call.slug))
    return {"space_title": "Instruction", "space_nav": items}


def _item(label: str, name: str, current: str, *args: str) -> dict[str, Any]:
    return {"label": label, "url": reverse(name, args=args), "current": name == current}
