"""What a juror has to read and score. Nothing here counts, averages or orders by what others did."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from aap.applications.models import Application
from aap.applications.states import State
from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.assignments.selectors import in_force
from scoring.panels.models import InterestDeclaration, Juror
from scoring.panels.states import BEFORE_THE_JURY
from scoring.results.notes import Mark, Weighting, display, juror_note
from scoring.reviews.models import Review


@dataclass(frozen=True)
class Task:
    """One application to score, as the juror's list shows it."""

    assignment: Assignment
    label: str
    tone: str

    @property
    def application(self) -> Application:
        return self.assignment.application

    @property
    def done(self) -> bool:
        return self.label == Review.State.SUBMITTED.label

    @property
    def gone(self) -> bool:
        return self.application.state == State.WITHDRAWN


@dataclass
class Seat:
    """One jury in which the person sits."""

    juror: Juror
    tasks: list[Task] = field(default_factory=list)
    to_declare: int = 0

    @property
    def expected(self) -> int:
        return sum(not task.gone for task in self.tasks)

    @property
    def submitted(self) -> int:
        return sum(task.done and not task.gone for task in self.tasks)

    @property
    def sitting(self) -> Any:
        """The sitting of the jury, if one is planned or was held (the deliberations' room is above: read by its name)."""
        return next(iter(self.juror.panel.sittings.all()), None)  # type: ignore[attr-defined]

    @property
    def may_read_minutes(self) -> bool:
        """The chair, and the members who were there."""
        sitting = self.sitting
        if sitting is None or getattr(sitting, "minutes", None) is None:
            return False
        return self.juror.is_chair or self.juror in sitting.present.all()

    @property
    def next_task(self) -> Task | None:
        return next((task for task in self.tasks if not task.done and not task.gone), None)


def own_assignments(user: User) -> QuerySet[Assignment]:
    """The person's assignments whose content is open: interest declared, not recused. Withdrawn applications included."""
    declared = InterestDeclaration.objects.filter(
        juror=OuterRef("juror"), application=OuterRef("application"), answer=InterestDeclaration.Answer.NONE
    )
    return (
        Assignment.objects.filter(
            Exists(declared),
            juror__user=user,
            removed_at__isnull=True,
            application__in=Application.objects.not_recused(user).filter(state__in=(*BEFORE_THE_JURY, State.WITHDRAWN)),
        )
        .select_related(
            "juror__panel__call",
            "juror__user",
            "application__organisation",
            "application__theme",
            "application__call",
            "application__questionnaire_version",
            "review__grid",
            "review__version_read",
        )
        .order_by("juror", "position", "pk")
    )


def seats_of(user: User) -> list[Seat]:
    """The person's juries, newest call first, with what is left to declare and to score."""
    seats = {
        juror.panel_id: Seat(juror)
        for juror in Juror.objects.filter(user=user)
        .select_related("panel__call")
        .prefetch_related("panel__sittings__minutes", "panel__sittings__present")
        .order_by("-panel__call__closes_at")
    }
    for assignment in own_assignments(user):
        seats[assignment.juror.panel_id].tasks.append(_task(assignment))
    declared = InterestDeclaration.objects.filter(juror__user=user, application=OuterRef("pk"))
    left = (
        Application.objects.not_recused(user)
        .filter(call__panel__in=seats, state__in=BEFORE_THE_JURY)
        .exclude(Exists(declared))
        .values_list("call__panel")
        .annotate(count=Count("organisation", distinct=True))
        .order_by()
    )
    for panel, count in left:
        seats[panel].to_declare = count
    return list(seats.values())


def following(assignment: Assignment) -> Assignment | None:
    """The next application that the juror has not submitted, in reading order, coming back to the first ones at the end."""
    others = [
        each
        for each in own_assignments(assignment.juror.user).filter(juror=assignment.juror)
        if each.pk != assignment.pk and each.application.state == State.ADMISSIBLE and not _submitted(each)
    ]
    after = [each for each in others if (each.position, each.pk) > (assignment.position, assignment.pk)]
    return next(iter(after or others), None)


def progress_by_juror(juror_ids: list[int], applications: list[int]) -> dict[int, tuple[int, int]]:
    """(submitted, assigned) for each juror, on these applications only: for the secretariat."""
    totals: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = in_force().filter(juror__in=juror_ids, application__in=applications)
    for juror, state in rows.values_list("juror", "review__state"):
        totals[juror][1] += 1
        totals[juror][0] += state == Review.State.SUBMITTED
    return {juror: (done, total) for juror, (done, total) in totals.items()}


def _submitted(assignment: Assignment) -> bool:
    review = getattr(assignment, "review", None)
    return review is not None and review.state == Review.State.SUBMITTED


def _task(assignment: Assignment) -> Task:
    if assignment.application.state == State.WITHDRAWN:
        return Task(assignment, "Retirée par la structure", "neutral")
    review = getattr(assignment, "review", None)
    if review is None:
        return Task(assignment, "À faire", "warning")
    if review.state == Review.State.SUBMITTED:
        return Task(assignment, Review.State.SUBMITTED.label, "success")
    return Task(assignment, Review.State.DRAFT.label, "info")


def own_note(review: Review) -> Decimal | None:
    """What the juror's marks make on a hundred, as the ranking would count them."""
    criteria = [
        Weighting(each.key, Fraction(each.weight), each.maximum, each.eliminatory) for each in review.grid.criteria.all()
    ]
    marks: dict[str, Mark] = {
        score.criterion.key: score.value for score in review.scores.select_related("criterion") if score.value is not None
    }
    return display(juror_note(marks, criteria))
