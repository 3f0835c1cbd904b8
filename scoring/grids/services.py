"""Make a grid, change it while nobody has scored, freeze it at the first score."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.db import transaction

from aap import clock
from aap.calls.models import Call
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User
from aap.text import sort_key
from scoring.grids.models import Criterion, ScoringGrid
from scoring.panels.rules import may_manage


@dataclass(frozen=True)
class CriterionDraft:
    """One criterion as typed. `levels`: one sentence a level, from 0 to the maximum."""

    label: str
    weight: Decimal
    guidance: str = ""
    maximum: int = 5
    levels: Sequence[str] = field(default_factory=tuple)
    eliminatory: bool = False
    key: str = ""


@transaction.atomic
def write_grid(call: Call, *, by: User | None, criteria: Sequence[CriterionDraft]) -> ScoringGrid:
    """Give the call this grid. Before the first score it replaces the grid in force; afterwards it is refused."""
    # Without an author, it is one of the site's own commands.
    if by is not None and not may_manage(by):
        raise DomainError("Seul le secrétariat du jury peut changer la grille.")
    if not criteria:
        raise DomainError("Une grille a au moins un critère.")
    for draft in criteria:
        if draft.weight <= 0:
            raise DomainError(f"« {draft.label} » : la pondération doit être supérieure à zéro.")
        if draft.levels and len(draft.levels) != draft.maximum + 1:
            raise DomainError(
                f"« {draft.label} » : écrivez une phrase par niveau, de 0 à {draft.maximum}, soit {draft.maximum + 1} lignes."
            )
    grid, _created = ScoringGrid.objects.get_or_create(call=call, version=_version(call))
    grid = ScoringGrid.objects.select_for_update().get(pk=grid.pk)
    if grid.frozen_at or grid.reviews.exists():
        raise DomainError(
            "Des évaluations ont commencé : la grille est figée, pour que tous les dossiers soient notés de la même façon."
        )
    grid.criteria.all().delete()
    used: set[str] = set()
    for position, draft in enumerate(criteria):
        values = asdict(draft) | {"key": _key(draft, used), "levels": list(draft.levels), "position": position}
        Criterion.objects.create(grid=grid, **values)
    record(f"call:{call.slug}", "grid_written", by=by, version=grid.version, criteria=len(criteria))
    return grid


def freeze(grid: ScoringGrid, *, by: User) -> ScoringGrid:
    """Called with the first score: from here the database itself refuses to change the criteria."""
    if ScoringGrid.objects.filter(pk=grid.pk, frozen_at__isnull=True).update(frozen_at=clock.now()):
        record(f"call:{grid.call.slug}", "grid_frozen", by=by, version=grid.version)
    grid.refresh_from_db(fields=["frozen_at"])
    return grid


def _version(call: Call) -> int:
    last = ScoringGrid.objects.filter(call=call).order_by("-version").values_list("version", flat=True).first()
    return last or 1


def _key(draft: CriterionDraft, used: set[str]) -> str:
    base = draft.key or sort_key(draft.label).replace(" ", "-")[:34].strip("-") or "critere"
    key, number = base, 2
    while key in used:
        key, number = f"{base[:34].strip('-')}-{number}", number + 1
    used.add(key)
    return key
