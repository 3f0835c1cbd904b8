"""The officers' home: each call, where its applications stand, what waits for me."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Min, Q

from aap import clock
from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call
from aap.desk.selectors.watch import UNDECIDED, refusal_soon, stale
from aap.people.models import User

NOTHING: dict[str, int] = {}


@dataclass(frozen=True)
class CallCard:
    """One call on the home page."""

    call: Call
    figures: dict[str, int]
    drafts: int
    first_refusal_on: date | None

    @property
    def states(self) -> list[tuple[State, int]]:
        """Each state in which there is something, in the order of an application's life."""
        return [(state, self.figures[state.value]) for state in State if self.figures.get(state.value)]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.states)

    @property
    def to_start(self) -> int:
        return self.figures.get(State.SUBMITTED.value, 0)

    @property
    def mine_to_check(self) -> int:
        return self.figures.get("mine", 0)

    @property
    def stale(self) -> int:
        return self.figures.get("stale", 0)

    @property
    def refusal_soon(self) -> int:
        return self.figures.get("refusal_soon", 0)

    @property
    def refused_before_committee(self) -> int:
        """How many applications silence would refuse before the committee meets."""
        return self.figures.get("before_committee", 0)

    @property
    def silence_passed(self) -> bool:
        """Whether silence has already refused one of them: a decision then replaces the implicit refusal."""
        return self.first_refusal_on is not None and self.first_refusal_on <= clock.today()

    @property
    def awaits(self) -> bool:
        return bool(self.to_start or self.mine_to_check or self.stale or self.refusal_soon)


def call_cards(user: User) -> list[CallCard]:
    """Every call, those with work first, then the latest closing. Three queries."""
    # A decision of the very day of the implicit refusal still comes in time.
    before_committee = Q(state__in=UNDECIDED, receipt__implicit_refusal_on__lt=F("call__committee_on"))
    counted = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    rows = (
        Application.objects.visible_to(user)
        .order_by()
        .values("call_id")
        .annotate(
            **counted,
            mine=Count("pk", filter=Q(state=State.EXAMINING, officer=user)),
            stale=Count("pk", filter=stale()),
            refusal_soon=Count("pk", filter=refusal_soon()),
            before_committee=Count("pk", filter=before_committee),
            first_refusal_on=Min("receipt__implicit_refusal_on", filter=before_committee),
        )
    )
    by_call = {row.pop("call_id"): row for row in rows}
    drafts = dict(
        Application.objects.filter(state=State.DRAFT)
        .not_recused(user)
        .order_by()
        .values_list("call_id")
        .annotate(total=Count("pk"))
    )
    cards = []
    for call in Call.objects.order_by("-closes_at"):
        figures = by_call.get(call.pk, NOTHING)
        first = figures.get("first_refusal_on")
        cards.append(CallCard(call, figures, drafts.get(call.pk, 0), first if isinstance(first, date) else None))
    return sorted(cards, key=lambda card: not card.awaits)


def next_to_examine(user: User) -> UUID | None:
    """The application to open first: one I have begun, else the oldest deposited that nobody follows or that I follow."""
    waiting = Application.objects.visible_to(user).filter(
        Q(state=State.EXAMINING, officer=user) | Q(state=State.SUBMITTED, officer=None) | Q(state=State.SUBMITTED, officer=user)
    )
    # « examining » comes before « submitted » in the alphabet: what is begun is finished first.
    return waiting.order_by("state", "submitted_at", "pk").values_list("public_id", flat=True).first()
