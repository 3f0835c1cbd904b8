"""What pages and other rooms read of the decisions."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Sum, When

from aap.applications.models import Application
from aap.applications.outcomes import ReleasedOutcome
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import Decision, DecisionLetter, LetterTemplate, Outcome, Release, Resolution
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
        .order_by("state", "recommendation__rank", "number")
    )


def resolutions_of(call: Call) -> QuerySet[Resolution]:
    """The call's resolutions and delegations, latest first."""
    return Resolution.objects.filter(call=call).select_related("recorded_by").order_by("-adopted_on", "-pk")


def delegations_of(call: Call) -> QuerySet[Resolution]:
    return resolutions_of(call).filter(kind=Resolution.Kind.DELEGATION)


def decisions_of(release: Release, user: User) -> QuerySet[Decision]:
    """The batch's decisions that the person may see, by outcome then name, with their letters and read receipts."""
    ranks = [When(outcome=outcome, then=rank) for rank, outcome in enumerate(Outcome)]
    return (
        Decision.objects.filter(release=release, application__in=Application.objects.visible_to(user))
        .select_related("application__organisation", "letter", "read_receipt")
        .order_by(Case(*ranks), "application__organisation__sort_key", "pk")
    )


def outcome_counts(decisions: QuerySet[Decision]) -> list[tuple[Outcome, int]]:
    """How many of each outcome, in the order of `Outcome`, zeros left out."""
    rows = decisions.order_by().values_list("outcome").annotate(total=Count("pk"))
    found: dict[str, int] = dict(rows)
    return [(outcome, found[outcome]) for outcome in Outcome if found.get(outcome)]


def awaiting_letter(resolutions: Iterable[Resolution]) -> dict[int, int]:
    """How many decisions of each resolution are in no batch yet, by primary key."""
    rows = (
        Decision.objects.filter(resolution__in=list(resolutions), release__isnull=True, replaced_by__isnull=True)
        .exclude(application__state=State.WITHDRAWN)
        .values_list("resolution")
        .annotate(total=Count("pk"))
        .order_by()
    )
    return dict(rows)


def awarded_in_force(call: Call, apart: Iterable[Application] = ()) -> Decimal:
    """What the call's decisions award and still bind, without the applications `apart`."""
    in_force = Decision.objects.filter(
        application__call=call, outcome=Outcome.AWARDED, replaced_by__isnull=True, application__state=State.AWARDED
    ).exclude(application__in=[each.pk for each in apart])
    return in_force.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def stale_letters(release: Release) -> int:
    """How many letters of the batch are older than the template they come from."""
    newer = LetterTemplate.objects.filter(
        call=OuterRef("decision__application__call"),
        outcome=OuterRef("decision__outcome"),
        updated_at__gt=OuterRef("generated_at"),
    )
    return DecisionLetter.objects.filter(Exists(newer), decision__release=release).count()
