"""How far a jury is, on the applications that the secretary may see."""

from dataclasses import dataclass

from aap.people.models import User
from scoring.assignments.selectors import coverage
from scoring.grids.models import ScoringGrid
from scoring.grids.selectors import current_grid
from scoring.panels.models import Juror, Panel
from scoring.panels.selectors import applications_of, declarations_of, memberships
from scoring.reviews.selectors import progress_by_juror


@dataclass(frozen=True)
class JurorProgress:
    juror: Juror
    declared: int
    # Not the applications of the member's own organisation, about which there is nothing to declare.
    expected: int
    submitted: int
    assigned: int


@dataclass(frozen=True)
class Progress:
    """The figures of the overview."""

    applications: int
    covered: int
    submitted: int
    assigned: int
    grid: ScoringGrid | None
    jurors: list[JurorProgress]

    @property
    def next_step(self) -> tuple[str, str]:
        """What the secretary does next: (route, label)."""
        if self.grid is None:
            return "scoring:grid", "Écrire la grille"
        if not self.jurors:
            return "scoring:members", "Composer le jury"
        if self.covered < self.applications or not self.applications:
            return "scoring:assignments", "Affecter les dossiers"
        return (
            ("scoring:ranking", "Voir le classement")
            if self.submitted < self.assigned
            else ("scoring:sitting", "Préparer la séance")
        )

    @property
    def stats(self) -> list[dict[str, str]]:
        return [
            {"value": str(self.applications), "label": _agreed(self.applications, "dossier", " devant le jury")},
            {
                "value": f"{self.covered} / {self.applications}",
                "label": _agreed(self.covered, "dossier affecté", " à assez de membres"),
            },
            {"value": f"{self.submitted} / {self.assigned}", "label": _agreed(self.submitted, "évaluation remise")},
        ]


def progress_of(panel: Panel, user: User) -> Progress:
    """Counts of declarations, assignments and reviews; never a score."""
    ids = list(applications_of(panel, user).values_list("pk", flat=True).order_by())
    jurors = list(panel.jurors.select_related("user"))
    declared, own = declarations_of(panel, ids), memberships(panel)
    reviews = progress_by_juror([juror.pk for juror in jurors], ids)
    assigned = coverage(panel, ids)
    return Progress(
        applications=len(ids),
        covered=sum(assigned.get(pk, 0) >= panel.reviews_per_application for pk in ids),
        submitted=sum(done for done, _total in reviews.values()),
        assigned=sum(total for _done, total in reviews.values()),
        grid=current_grid(panel.call),
        jurors=[_progress_of(juror, set(ids) - own.get(juror.pk, set()), declared, reviews) for juror in jurors],
    )


def _progress_of(
    juror: Juror, expected: set[int], declared: dict[int, set[int]], reviews: dict[int, tuple[int, int]]
) -> JurorProgress:
    submitted, assigned = reviews.get(juror.pk, (0, 0))
    return JurorProgress(juror, len(declared.get(juror.pk, set()) & expected), len(expected), submitted, assigned)


def _agreed(count: int, words: str, rest: str = "") -> str:
    """« 0 dossier affecté », « 2 dossiers affectés »: every word takes the plural."""
    return " ".join(f"{word}s" if count > 1 else word for word in words.split()) + rest
