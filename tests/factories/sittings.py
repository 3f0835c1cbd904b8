"""Sittings, planned through the services that the views call."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from aap import clock
from scoring.deliberations import services
from scoring.deliberations.models import Sitting
from scoring.panels.models import Juror


def planned(jury: Any, *, present: Iterable[Juror] = ()) -> Sitting:
    """A sitting that began an hour ago, held by the jury's officer."""
    found = services.plan_sitting(jury.panel, by=jury.officer, starts_at=clock.now() - timedelta(hours=1), place="Avignon")
    present = list(present)
    return services.record_attendance(found, by=jury.officer, present=present) if present else found
