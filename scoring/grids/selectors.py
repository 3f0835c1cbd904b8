"""The grid in force."""

from aap.calls.models import Call
from scoring.grids.models import ScoringGrid


def current_grid(call: Call) -> ScoringGrid | None:
    """The newest version, with its criteria in order."""
    return ScoringGrid.objects.filter(call=call).prefetch_related("criteria").order_by("-version").first()
