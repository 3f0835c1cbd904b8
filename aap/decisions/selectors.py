"""What pages and other rooms read of the decisions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When

from aap.applications.models import Application
from aap.applications.outcomes import ReleasedOutcome
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import Decision, DecisionLetter, LetterTemplate, Outcome, Recommendation, Release, Resolution
from aap.decisions.wording import outcome_count
from aap.people.models import User


def released_decision(application: Application) -> Decision | None:
    """The latest decision that the applicant may read: its batch is released. None before, whatever was decided."""
    return (
        Decision.objects.filter(application=application, release__state=Release.State.RELEASED)
        .select_related(
            "resolution", "release", "letter", "application__call", "application__organisation", "read_receipt__user"
        )
        .order_by("-release__released_at", "-pk")
        .first()
    )


def is_released(application: Application) -> bool:
    """Whether the applicant may read a decision: from then on the application cannot be withdrawn."""
    return Decision.objects.filter(application=application, release__state=Release.State.RELEASED).exists()


def released_outcomes(pks: Iterable[int]) -> dict[int, ReleasedOutcome]:
    """What applicants may know, for `aap.applications.outcomes` (registered in `AapConfig.ready`); one query."""
    rows = (
        Decision.objects.filter(application__in=list(pks), release__state=Release.State.RELEASED)
        .order_by("release__released_at", "pk")
        .values_list("application", "outcome", "release__released_at", "read_receipt")
    )
    # The latest release wins: it comes last.
    return {
        application: ReleasedOutcome(outcome, moment, read=receipt is not None)
        for application, outcome, moment, receipt in rows
        if moment
    }


def with_released_outcome(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The same applications, with `released_outcome` and `released_at` (None before the release), in the same query."""
    released = Decision.objects.filter(application=OuterRef("pk"), release__state=Release.State.RELEASED).order_by(
        "-release__released_at", "-pk"
    )
    return applications.annotate(
        released_outcome=Subquery(released.values("outcome")[:1]),
        released_at=Subquery(released.values("release__released_at")[:1]),
    )


def to_decide(call: Call, user: User) -> QuerySet[Application]:
    """Applications that a resolution decides on: admissible ones first, then those of the reserve, best ranked first."""
    return (
        Application.objects.visible_to(user)
        .filter(call=call, state__in=[State.ADMISSIBLE, State.RESERVE])
        .select_related("organisation", "theme", "recommendation")
        .order_by("state", F("recommendation__rank").asc(nulls_last=True), "number")
    )


def resolutions_of(call: Call, user: User) -> QuerySet[Resolution]:
    """The call's resolutions and delegations that the person may know of, latest first."""
    shown = Resolution.objects.filter(_concerning(user, "resolution"), call=call)
    return shown.select_related("call", "recorded_by").order_by("-adopted_on", "-pk")


def delegations_of(call: Call, user: User) -> QuerySet[Resolution]:
    return resolutions_of(call, user).filter(kind=Resolution.Kind.DELEGATION)


def releases_shown_to(user: User) -> QuerySet[Release]:
    """The batches that the person may know of."""
    shown = Release.objects.filter(_concerning(user, "release"))
    return shown.select_related("resolution__call", "checked_by", "released_by")


def _concerning(user: User, field: str) -> Q:
    """Acts and batches of at least one decision that the person may see, or of none at all.

    That a delegation exists for hidden applications alone would tell that they are irrecevables.
    """
    decisions = Decision.objects.filter(**{field: OuterRef("pk")})
    return Q(Exists(decisions.filter(application__in=Application.objects.visible_to(user)))) | ~Q(Exists(decisions))


def decisions_of(release: Release, user: User) -> QuerySet[Decision]:
    """The batch's decisions that the person may see, by outcome then name, with their letters and read receipts."""
    ranks = [When(outcome=outcome, then=rank) for rank, outcome in enumerate(Outcome)]
    return (
        Decision.objects.filter(release=release, application__in=Application.objects.visible_to(user))
        .select_related("application__organisation", "letter", "read_receipt")
        .order_by(Case(*ranks), "application__organisation__sort_key", "pk")
    )


def outcome_counts(decisions: QuerySet[Decision]) -> list[tuple[int, str]]:
    """How many of each outcome, with the words for it, in the order of `Outcome`, zeros left out."""
    rows = decisions.order_by().values_list("outcome").annotate(total=Count("pk"))
    found: dict[str, int] = dict(rows)
    return [(found[outcome], outcome_count(outcome, found[outcome])) for outcome in Outcome if found.get(outcome)]


def awaiting_letter(resolutions: Iterable[Resolution], user: User) -> dict[int, int]:
    """How many decisions of each resolution are in no batch yet, by primary key, among those the person may see."""
    waiting = Decision.objects.filter(resolution__in=list(resolutions), release__isnull=True, replaced_by__isnull=True)
    return _counted(waiting.exclude(application__state=State.WITHDRAWN), "resolution", user)


def letters_in(releases: Iterable[Release], user: User) -> dict[int, int]:
    """How many letters each batch holds, made or to be made, by primary key, among those the person may see."""
    return _counted(Decision.objects.filter(release__in=list(releases)), "release", user)


def _counted(decisions: QuerySet[Decision], field: str, user: User) -> dict[int, int]:
    seen = decisions.filter(application__in=Application.objects.visible_to(user))
    return dict(seen.values_list(field).annotate(total=Count("pk")).order_by())


def awarded_in_force(applications: QuerySet[Application], apart: Iterable[Application] = ()) -> Decimal:
    """What the decisions on `applications` award and still bind, without those `apart`."""
    in_force = Decision.objects.filter(
        application__in=applications, outcome=Outcome.AWARDED, replaced_by__isnull=True, application__state=State.AWARDED
    ).exclude(application__in=[each.pk for each in apart])
    return in_force.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def jury_sat_on(call: Call) -> date | None:
    """The day of the sitting whose minutes are drawn up; None before. All the opinions of a call come with its minutes."""
    opinions = Recommendation.objects.filter(application__call=call)
    latest: date | None = opinions.aggregate(latest=Max("sitting_on"))["latest"]
    return latest


def stale_letters(release: Release, user: User) -> int:
    """How many letters of the batch are older than the template they come from, among those the person may see."""
    newer = LetterTemplate.objects.filter(
        call=OuterRef("decision__application__call"),
        outcome=OuterRef("decision__outcome"),
        updated_at__gt=OuterRef("generated_at"),
    )
    return DecisionLetter.objects.filter(Exists(newer), decision__in=decisions_of(release, user)).count()
