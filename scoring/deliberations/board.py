"""The board of the sitting: every opinion to record, what it costs, what departs from the ranking."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aap.applications.states import State
from aap.decisions.rules import hidden_count
from aap.people.models import User
from scoring.deliberations.forms import OpinionForm
from scoring.deliberations.models import Opinion, Sitting
from scoring.deliberations.selectors import Ranking, inversions, opinions_of, proposals, ranking_for


@dataclass
class Board:
    """What one person may see and record of a sitting."""

    sitting: Sitting
    ranking: Ranking
    forms: list[OpinionForm]
    opinions: dict[int, Opinion]
    hidden: int
    straddling: int

    @property
    def envelope(self) -> Decimal:
        return self.sitting.panel.call.envelope

    @property
    def recorded(self) -> int:
        return len(self.opinions)

    @property
    def total(self) -> Decimal:
        """What the page shows at first: recorded opinions, and the proposals for the others."""
        return sum((form.initial.get("amount") or Decimal(0) for form in self.forms), Decimal(0))

    @property
    def recorded_total(self) -> Decimal:
        return sum((opinion.proposed_amount for opinion in self.opinions.values()), Decimal(0))

    @property
    def remaining(self) -> Decimal:
        return self.envelope - self.total

    @property
    def invalid(self) -> list[OpinionForm]:
        return [form for form in self.forms if form.is_bound and form.errors]

    def reread(self, told: list[OpinionForm]) -> None:
        """After a partial save: what is recorded now. The next save of the rows in `told` is about what they show."""
        self.opinions = opinions_of(self.sitting, [form.application.pk for form in self.forms])
        for form in self.forms:
            form.opinion = self.opinions.get(form.application.pk)
        for form in told:
            form.show_stamp()


def board_of(sitting: Sitting, user: User, data: Any = None) -> Board:
    """The board as `user` may see it; `data` is what came back from the page."""
    ranking = ranking_for(sitting.panel, user)
    rows = [row for row in ranking.rows if row.application.state == State.ADMISSIBLE]
    opinions = opinions_of(sitting, [row.application.pk for row in rows])
    proposed = proposals(ranking, sitting.panel.call)
    out_of_order = inversions(ranking, opinions.values())
    reserve = set(proposed.reserve)
    forms = []
    for row in rows:
        pk = row.application.pk
        form = OpinionForm(data, row=row, opinion=opinions.get(pk), proposal=proposed.proposals.get(pk), reserve=pk in reserve)
        form.passed_over = pk in out_of_order  # type: ignore[attr-defined]
        forms.append(form)
    return Board(sitting, ranking, forms, opinions, hidden_count(user, sitting.panel.call), len(proposed.straddling))
