"""Who reviews what."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from aap.applications.models import Application
from aap.applications.states import State
from aap.applications.visibility import linked
from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.panels.models import Juror, Panel
from scoring.panels.selectors import applications_of, closed_pairs


@dataclass(frozen=True)
class Cell:
    """One juror on one application."""

    juror: Juror
    assigned: bool
    recused: bool
    submitted: bool


@dataclass(frozen=True)
class MatrixRow:
    application: Application
    cells: list[Cell]
    coverage: int


@dataclass
class Matrix:
    """Every visible admissible application by every juror."""

    jurors: list[Juror]
    rows: list[MatrixRow] = field(default_factory=list)
    loads: dict[int, int] = field(default_factory=dict)


def in_force() -> QuerySet[Assignment]:
    """Assignments that hold: not taken back, and whose juror has no link with the candidate, found since or not."""
    return Assignment.objects.filter(removed_at__isnull=True).exclude(linked(application="application", user="juror__user"))


def pending_of(juror: Juror) -> int:
    """How many applications the juror has still to score."""
    waiting = in_force().filter(juror=juror, application__state=State.ADMISSIBLE)
    return waiting.exclude(review__submitted_at__isnull=False).count()


def is_blind(user: User, panel: Panel) -> bool:
    """Whether the person still has notes to hand in, and so must not learn how the others get on."""
    juror = panel.jurors.filter(user=user).first()
    return juror is not None and not panel.closed_at and pending_of(juror) > 0


def coverage(panel: Panel, applications: list[int]) -> dict[int, int]:
    """How many voting jurors each application is given to."""
    rows = in_force().filter(juror__panel=panel, juror__voting=True, application__in=applications)
    return dict(rows.values("application").annotate(count=Count("pk")).values_list("application", "count"))


def matrix_of(panel: Panel, user: User) -> Matrix:
    """The assignments of a jury, on the admissible applications that the secretary may see."""
    jurors = list(panel.jurors.select_related("user"))
    matrix = Matrix(jurors=jurors, loads=dict.fromkeys((juror.pk for juror in jurors), 0))
    applications = list(applications_of(panel, user).filter(state=State.ADMISSIBLE))
    active = in_force().filter(juror__panel=panel, application__in=applications)
    handed_in = active.values_list("juror", "application", "review__submitted_at")
    assigned = {(juror, application): submitted is not None for juror, application, submitted in handed_in}
    closed = closed_pairs(panel)
    for application in applications:
        cells = [
            Cell(
                juror,
                assigned=(juror.pk, application.pk) in assigned,
                recused=(juror.user_id, application.pk) in closed,
                submitted=assigned.get((juror.pk, application.pk), False),
            )
            for juror in jurors
        ]
        matrix.rows.append(MatrixRow(application, cells, sum(cell.assigned and cell.juror.voting for cell in cells)))
        for cell in cells:
            matrix.loads[cell.juror.pk] += cell.assigned
    return matrix
