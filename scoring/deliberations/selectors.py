"""Reads of the sitting: the ranking as one person may see it, the proposals, the opinions recorded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet

from aap.applications.models import Application
from aap.applications.states import State
from aap.applications.visibility import linked
from aap.calls.models import Call
from aap.decisions.rules import hidden_count
from aap.people.models import User
from scoring.deliberations.models import Opinion, Sitting
from scoring.grids.models import Criterion
from scoring.panels.models import Panel
from scoring.panels.selectors import applications_of
from scoring.panels.states import BEFORE_THE_JURY
from scoring.results.funding import Choice, Request, Waterfall, passed_over, waterfall
from scoring.results.notes import Mark, Weighting, display
from scoring.results.standing import Ballot, Standing, standings
from scoring.reviews.models import Review, Score


@dataclass(frozen=True)
class RankedApplication:
    """One line of the ranking."""

    application: Application
    standing: Standing[int]
    criteria: dict[str, Criterion]

    @property
    def note(self) -> Decimal | None:
        return display(self.standing.note)

    @property
    def lowest(self) -> Decimal | None:
        return display(self.standing.lowest)

    @property
    def highest(self) -> Decimal | None:
        return display(self.standing.highest)

    @property
    def rank(self) -> int | None:
        return self.standing.place.rank if self.standing.place else None

    @property
    def tied(self) -> bool:
        return bool(self.standing.place and self.standing.place.tied)

    @property
    def eliminated_by(self) -> list[str]:
        return [self.criteria[key].label for key in self.standing.eliminated_by]

    @property
    def criterion_means(self) -> list[tuple[Criterion, Decimal | None]]:
        means = self.standing.criterion_means
        return [(criterion, display(means[key])) for key, criterion in self.criteria.items() if key in means]


@dataclass(frozen=True)
class Ranking:
    """The ranking of the applications one person may see. `partial`: a recusal keeps some out, ranks count without them."""

    rows: list[RankedApplication]
    partial: bool

    def by_application(self) -> dict[int, RankedApplication]:
        return {row.application.pk: row for row in self.rows}


def counted_reviews() -> QuerySet[Review]:
    """Reviews that count: submitted, by voting members who still hold the application and have no link with it."""
    return Review.objects.filter(
        state=Review.State.SUBMITTED, assignment__removed_at__isnull=True, assignment__juror__voting=True
    ).exclude(linked(application="assignment__application", user="assignment__juror__user"))


def ranking_for(panel: Panel, user: User) -> Ranking:
    """The ranking as `user` may see it."""
    seen = list(applications_of(panel, user))
    theirs = Application.objects.not_recused(user).filter(call=panel.call_id, state__in=BEFORE_THE_JURY).count()
    # An application closed to the person counts whatever its state: a ranking that is partial or not with the state of
    # that one would tell it.
    return Ranking(_rank(panel, seen), partial=len(seen) < theirs or hidden_count(user, panel.call) > 0)


def full_ranking(panel: Panel) -> Ranking:
    """The ranking of the minutes. Never shown as such: a page goes through `ranking_for`."""
    applications = Application.objects.filter(call=panel.call_id, state__in=BEFORE_THE_JURY)
    ordered = applications.select_related("organisation", "theme").order_by("organisation__sort_key", "title_key", "pk")
    return Ranking(_rank(panel, list(ordered)), partial=False)


def _rank(panel: Panel, applications: list[Application]) -> list[RankedApplication]:
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    for criterion in Criterion.objects.filter(grid__call=panel.call_id).order_by("grid__version", "position"):
        criteria[criterion.grid_id].append(criterion)
    weightings = {
        grid: [Weighting(each.key, Fraction(each.weight), each.maximum, each.eliminatory) for each in listed]
        for grid, listed in criteria.items()
    }
    labels = {criterion.key: criterion for listed in criteria.values() for criterion in listed}
    ballots: dict[int, list[Ballot]] = {application.pk: [] for application in applications}
    marks: dict[int, dict[str, Mark]] = defaultdict(dict)
    counted = counted_reviews().filter(assignment__application__in=ballots)
    for review, key, value in Score.objects.filter(review__in=counted, value__isnull=False).values_list(
        "review", "criterion__key", "value"
    ):
        marks[review][key] = value or 0
    for review, application, grid in counted.values_list("pk", "assignment__application", "grid").order_by("pk"):
        ballots[application].append(Ballot(marks[review], weightings[grid]))
    known = {application.pk: application for application in applications}
    listed_standings = standings(ballots, required=panel.reviews_per_application, pass_mark=Fraction(panel.call.pass_mark))
    return [RankedApplication(known[standing.key], standing, labels) for standing in listed_standings]


def proposals(ranking: Ranking, call: Call) -> Waterfall[int]:
    """What the waterfall proposes on this ranking."""
    requests = [
        Request(
            row.application.pk,
            row.rank,
            row.application.requested_amount or Decimal(0),
            row.application.project_cost or Decimal(0),
            row.standing.fundable,
        )
        for row in ranking.rows
        if row.rank is not None
    ]
    return waterfall(requests, envelope=call.envelope, floor=call.floor, ceiling=call.ceiling, max_rate=call.max_rate)


def inversions(ranking: Ranking, opinions: Iterable[Opinion]) -> dict[int, tuple[int, ...]]:
    """Unfunded applications better ranked than funded ones: application → those funded below."""
    amounts = {opinion.application_id: opinion.proposed_amount for opinion in opinions}
    choices = [
        Choice(row.application.pk, row.rank, amounts[row.application.pk], row.standing.fundable)
        for row in ranking.rows
        if row.rank is not None and row.application.pk in amounts
    ]
    return passed_over(choices)


def opinions_of(sitting: Sitting, applications: Iterable[int]) -> dict[int, Opinion]:
    """The opinions recorded on these applications."""
    rows = sitting.opinions.filter(application__in=applications).select_related("recorded_by")
    return {opinion.application_id: opinion for opinion in rows}


def hidden_identifiers(panel: Panel, user: User) -> set[str]:
    """Public identifiers of the applications of this call that are closed to the person."""
    found = Application.objects.closed_to(user).filter(call=panel.call_id).values_list("public_id", flat=True)
    return {str(identifier) for identifier in found}


def undecided(sitting: Sitting) -> QuerySet[Application]:
    """Admissible applications of the call on which no opinion is recorded yet."""
    return Application.objects.filter(call=sitting.panel.call_id, state=State.ADMISSIBLE).exclude(
        Exists(Opinion.objects.filter(sitting=sitting, application=OuterRef("pk")))
    )
