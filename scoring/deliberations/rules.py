"""Who sees the ranking and holds the sitting, and when."""

from dataclasses import dataclass

from aap.people.models import User
from scoring.assignments.selectors import pending_of
from scoring.deliberations.models import Sitting
from scoring.panels.models import Panel
from scoring.panels.rules import may_manage
from scoring.panels.selectors import juror_of, to_declare


@dataclass(frozen=True)
class RankingAccess:
    """Why the ranking is open to a person, or what keeps it closed."""

    concerned: bool
    undeclared: int = 0
    pending: int = 0

    @property
    def open(self) -> bool:
        return self.concerned and not self.undeclared and not self.pending


def ranking_access(user: User, panel: Panel) -> RankingAccess:
    """The secretariat and the chair see the ranking; whoever scores, only once all their own notes are handed in.

    Before, an average would weigh on a judgement that must be their own.
    """
    juror = juror_of(user, panel)
    if not (may_manage(user) or (juror and juror.is_chair)):
        return RankingAccess(concerned=False)
    if juror is None or panel.closed_at:
        return RankingAccess(concerned=True)
    return RankingAccess(
        concerned=True, undeclared=to_declare(juror).count() if juror.is_chair else 0, pending=pending_of(juror)
    )


def may_read_minutes(user: User, sitting: Sitting) -> bool:
    """The secretariat, the chair, and the members who were there."""
    if may_manage(user):
        return True
    juror = juror_of(user, sitting.panel)
    return juror is not None and (juror.is_chair or sitting.present.filter(pk=juror.pk).exists())
