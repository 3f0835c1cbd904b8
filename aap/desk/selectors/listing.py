"""The list of a call's applications: filters, order, counters, neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, OrderBy, Q, QuerySet, Value, When

from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call
from aap.desk.selectors.watch import refusal_soon, stale
from aap.people.models import User
from aap.text import sort_key

PAGE_SIZE = 50
MINE, NOBODY = "moi", "personne"
STALE, REFUSAL = "sans-action", "rejet-proche"

LIFE_ORDER = Case(*[When(state=state, then=Value(rank)) for rank, state in enumerate(State)], output_field=IntegerField())
# What a column link may sort on; nothing else reaches the database.
SORTS: dict[str, F | Case] = {
    "projet": F("title_key"),
    "numero": F("number"),
    "structure": F("organisation__sort_key"),
    "commune": F("commune__sort_key"),
    "axe": F("theme__position"),
    "montant": F("requested_amount"),
    "etat": LIFE_ORDER,
    "suivi": F("officer__last_name"),
    "depot": F("submitted_at"),
}
DEFAULT_SORT = "depot"
LISTED = (
    "public_id",
    "number",
    "title",
    "state",
    "requested_amount",
    "submitted_at",
    "organisation__name",
    "theme__title",
    "commune__name",
    "officer__first_name",
    "officer__last_name",
    "officer__email",
)


@dataclass(frozen=True)
class ListQuery:
    """What is looked for in the list of a call, as the address says it."""

    state: str = ""
    theme: str = ""
    officer: str = ""
    watch: str = ""
    text: str = ""
    sort: str = DEFAULT_SORT

    PARAMETERS = {"state": "etat", "theme": "axe", "officer": "suivi", "watch": "alerte", "text": "q", "sort": "tri"}

    def encoded(self, **changes: str) -> str:
        """The query string of this list, with `changes`; what is empty or by default is left out."""
        changed = replace(self, **changes)
        pairs = ((self.PARAMETERS[field.name], getattr(changed, field.name)) for field in fields(self))
        return urlencode([(name, value) for name, value in pairs if value and (name, value) != ("tri", DEFAULT_SORT)])

    @property
    def narrowed(self) -> bool:
        return any((self.state, self.theme, self.officer, self.watch, self.text))


def _words(text: str) -> Q:
    """Every word must be somewhere in the title, the organisation's name or the number, accents and case aside."""
    words = sort_key(text).split()
    if not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        found &= Q(title_key__contains=word) | Q(organisation__sort_key__contains=word) | Q(number__icontains=word)
    return found


def condition(query: ListQuery, user: User, *, any_state: bool = False) -> Q:
    """The condition of a list on `Application`; `any_state` leaves the state out, for the counters beside it."""
    wanted = Q()
    if query.state and not any_state:
        wanted &= Q(state=query.state)
    if query.theme:
        wanted &= Q(theme__key=query.theme)
    if query.officer == MINE:
        wanted &= Q(officer=user)
    elif query.officer == NOBODY:
        wanted &= Q(officer=None)
    elif query.officer:
        wanted &= Q(officer__public_id=query.officer)
    if query.watch:
        wanted &= {STALE: stale, REFUSAL: refusal_soon}[query.watch]()
    if query.text:
        wanted &= _words(query.text)
    return wanted


def ordering(sort: str) -> list[OrderBy]:
    """The order of a list, total, so that pages never overlap. What is empty comes last, either way."""
    first = OrderBy(SORTS[sort.removeprefix("-")], descending=sort.startswith("-"), nulls_last=True)
    return [first, F("organisation__sort_key").asc(), F("pk").asc()]


def applications(call: Call, query: ListQuery, user: User) -> QuerySet[Application]:
    """The applications of the list, in order, with what a row shows and nothing more."""
    return (
        Application.objects.visible_to(user)
        .filter(condition(query, user), call=call)
        .select_related("organisation", "theme", "commune", "officer")
        .only(*LISTED)
        .order_by(*ordering(query.sort))
    )


class CountedPaginator(Paginator):
    """A paginator that is told its total: the counters by state have it already."""

    def __init__(self, rows: QuerySet[Application], total: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def state_counts(call: Call, query: ListQuery, user: User) -> dict[str, int]:
    """How many applications in each state, under the other filters of the list."""
    rows = Application.objects.visible_to(user).filter(condition(query, user, any_state=True), call=call)
    return dict(rows.values_list("state").annotate(total=Count("pk")).order_by())


def draft_count(call: Call, user: User) -> int:
    """Drafts are nobody's business but their authors': only their number is told."""
    return Application.objects.filter(call=call, state=State.DRAFT).not_recused(user).count()


def rows_for_export(call: Call, query: ListQuery, user: User) -> Iterator[Application]:
    """The whole list, by blocks, whatever its length."""
    rows = applications(call, query, user).only(*LISTED, "project_cost", "organisation__siret", "organisation__city")
    return rows.iterator(chunk_size=500)


@dataclass(frozen=True)
class Neighbours:
    """Where an application stands in the list it was opened from."""

    rank: int
    total: int
    previous: UUID | None
    next: UUID | None


def neighbours(application: Application, query: ListQuery, user: User) -> Neighbours:
    """The applications before and after. One that has just left the list (its state changed) still has its place in it."""
    wanted = condition(query, user) | Q(pk=application.pk) if query.narrowed else Q()
    ordered: list[Any] = list(
        Application.objects.visible_to(user)
        .filter(wanted, call=application.call_id)
        .order_by(*ordering(query.sort))
        .values_list("public_id", flat=True)
    )
    rank = ordered.index(application.public_id)
    return Neighbours(
        rank=rank + 1,
        total=len(ordered),
        previous=ordered[rank - 1] if rank else None,
        next=ordered[rank + 1] if rank + 1 < len(ordered) else None,
    )
