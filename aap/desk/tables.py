"""The list and the cards in the shape that the templates draw: columns, links, badges."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from aap.applications.models import Application
from aap.applications.states import State
from aap.desk.selectors.calls import CallCard
from aap.desk.selectors.listing import MINE, REFUSAL, STALE, ListQuery

TONES = {
    State.SUBMITTED: "neutral",
    State.EXAMINING: "info",
    State.INCOMPLETE: "warning",
    State.ADMISSIBLE: "success",
    State.INADMISSIBLE: "danger",
    State.INELIGIBLE: "danger",
    State.AWARDED: "accent",
    State.RESERVE: "accent",
    State.REFUSED: "accent",
    State.WITHDRAWN: "neutral",
}
# Two facts share a column where they are read together; each keeps its own link to sort.
COLUMNS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("projet", "Projet"), ("numero", "Numéro")),
    (("structure", "Structure"), ("commune", "Commune")),
    (("axe", "Axe"),),
    (("montant", "Demandé"),),
    (("etat", "État"),),
    (("suivi", "Suivi par"),),
    (("depot", "Déposé le"),),
)


def tone(state: str) -> str:
    """The colour of a state's badge."""
    return TONES.get(State(state), "neutral")


def rows(applications: Iterable[Application]) -> list[dict[str, Any]]:
    return [{"application": application, "tone": tone(application.state)} for application in applications]


def columns(query: ListQuery) -> list[dict[str, Any]]:
    """The head of the table: for each link, where it leads (a second press turns the order round) and the present order."""
    head = []
    for names in COLUMNS:
        links = [_sort_link(name, label, query) for name, label in names]
        current = next((link["order"] for link in links if link["order"]), "")
        head.append({"links": links, "aria_sort": current, "numeric": names[0][0] == "montant"})
    return head


def _sort_link(name: str, label: str, query: ListQuery) -> dict[str, str]:
    order = {name: "ascending", f"-{name}": "descending"}.get(query.sort, "")
    target = f"-{name}" if order == "ascending" else name
    return {"label": label, "order": order, "url": f"?{query.encoded(sort=target)}"}


def summary(total: int, drafts: int) -> str:
    """« 41 dossiers, 3 brouillons en cours » above the list."""
    found = f"{total} dossier{'s' if total > 1 else ''}" if total else "Aucun dossier"
    return f"{found}, {drafts} brouillon{'s' if drafts > 1 else ''} en cours" if drafts else found


def state_chips(counts: dict[str, int], query: ListQuery) -> list[dict[str, Any]]:
    """One link a state that holds something, with its number under the other filters."""
    shown = [state for state in State if counts.get(state) or state == query.state]
    chips = [
        {"label": "Toutes", "count": sum(counts.values()), "url": f"?{query.encoded(state='')}", "current": not query.state}
    ]
    chips += [
        {
            "label": state.label,
            "count": counts.get(state, 0),
            "url": f"?{query.encoded(state=state.value)}",
            "current": state == query.state,
        }
        for state in shown
    ]
    return chips


def _list_url(card: CallCard, **filters: str) -> str:
    encoded = ListQuery(**filters).encoded()
    return reverse("desk:call", args=[card.call.slug]) + (f"?{encoded}" if encoded else "")


def call_states(card: CallCard) -> list[dict[str, Any]]:
    """The states of a call with their numbers and the address of the list."""
    return [{"label": state.label, "count": count, "url": _list_url(card, state=state.value)} for state, count in card.states]


def call_stats(card: CallCard) -> list[dict[str, Any]]:
    """What waits for the officer in a call, in the shape of the component `stat_row`. What is at zero is left out."""
    found = (
        (card.to_start, "à commencer", "déposés, pas encore ouverts", {"state": State.SUBMITTED.value}),
        (card.mine_to_check, "à vérifier", "en instruction, suivis par moi", {"state": State.EXAMINING.value, "officer": MINE}),
        (card.stale, "sans action", "depuis plus de 15 jours", {"watch": STALE}),
        (card.refusal_soon, "rejet implicite proche", "sous 21 jours, ou dépassé", {"watch": REFUSAL}),
    )
    return [
        {"value": count, "label": label, "hint": hint, "url": _list_url(card, **filters)}
        for count, label, hint, filters in found
        if count
    ]
