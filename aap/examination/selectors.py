"""Reads about the examination: the checklist of an application, and who may follow it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from aap.applications.models import Application
from aap.calls.models import Call, EligibilityRule
from aap.examination.hints import Hint, hints
from aap.examination.models import EligibilityCheck
from aap.examination.rules import OFFICERS
from aap.people.models import User

Outcome = EligibilityCheck.Outcome


@dataclass(frozen=True)
class Point:
    """One point to verify: the rule, the finding if there is one, and what the data says."""

    rule: EligibilityRule
    check: EligibilityCheck | None
    hint: Hint | None

    @property
    def outcome(self) -> str:
        """« met », « not_met », or empty when nobody has looked yet."""
        return self.check.outcome if self.check else ""

    @property
    def contradicted(self) -> bool:
        """Whether the finding says the contrary of the data: allowed, shown."""
        if self.check is None or self.hint is None or self.hint.favourable is None:
            return False
        return self.hint.favourable != (self.check.outcome == Outcome.MET)


@dataclass(frozen=True)
class Checklist:
    """Every point of the call for one application; `spare` holds the automatic observations that no point claims."""

    points: tuple[Point, ...]
    spare: tuple[Hint, ...]

    @property
    def formal(self) -> list[Point]:
        return [point for point in self.points if point.rule.kind == EligibilityRule.Kind.FORMAL]

    @property
    def substantive(self) -> list[Point]:
        return [point for point in self.points if point.rule.kind == EligibilityRule.Kind.SUBSTANTIVE]

    @property
    def missing(self) -> list[Point]:
        """Points nobody has looked at yet."""
        return [point for point in self.points if point.check is None]

    @property
    def unmet(self) -> list[Point]:
        return [point for point in self.points if point.outcome == Outcome.NOT_MET]

    @property
    def all_met(self) -> bool:
        return not self.missing and not self.unmet

    @property
    def checked_count(self) -> int:
        return len(self.points) - len(self.missing)

    @property
    def stamp(self) -> str:
        """Changes whenever a finding does: what an officer saw is compared with it before writing over a colleague."""
        checks = [point.check for point in self.points if point.check]
        latest = max((check.checked_at for check in checks), default=None)
        return f"{len(checks)}:{latest.isoformat() if latest else ''}"


def checklist(application: Application) -> Checklist:
    """The points of the call in order, with findings and automatic observations. Four queries, whatever their number."""
    found = {check.rule_id: check for check in application.checks.select_related("checked_by")}
    observed = hints(application)
    points = tuple(
        Point(rule, found.get(rule.pk), observed.get(rule.automatic))
        for rule in application.call.eligibility_rules.order_by("position", "pk")
    )
    claimed = {point.rule.automatic for point in points}
    return Checklist(points, tuple(hint for name, hint in observed.items() if name not in claimed))


def officers() -> QuerySet[User]:
    """Who may follow an application, by name."""
    return User.objects.filter(is_active=True, roles__overlap=[role.value for role in OFFICERS]).order_by(
        "last_name", "first_name", "pk"
    )


def officers_of(call: Call) -> QuerySet[User]:
    """Who may be looked for in the lists of a call: today's officers, and those who follow one of its applications."""
    followed = Application.objects.filter(call=call, officer=OuterRef("pk"))
    return User.objects.filter(Q(is_active=True, roles__overlap=[role.value for role in OFFICERS]) | Exists(followed)).order_by(
        "last_name", "first_name", "pk"
    )
