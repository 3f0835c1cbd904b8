"""What the secretariat may put right: reviews handed in, recusals, and what was already put right."""

from django.db.models import QuerySet

from aap.applications.models import Application, Recusal
from aap.people.models import User
from scoring.panels.models import Juror, LiftedRecusal, Panel
from scoring.panels.selectors import memberships
from scoring.panels.states import BEFORE_THE_JURY
from scoring.reviews.models import Reopening, Review


def submitted_reviews(panel: Panel, user: User) -> QuerySet[Review]:
    """Reviews handed in on the applications that the person may see, their own left out; never their marks."""
    return (
        Review.objects.filter(
            state=Review.State.SUBMITTED,
            assignment__juror__panel=panel,
            assignment__removed_at__isnull=True,
            assignment__application__in=Application.objects.visible_to(user),
        )
        .exclude(assignment__juror__user=user)
        .select_related("assignment__juror__user", "assignment__juror__panel__call", "assignment__application__organisation")
        .order_by("assignment__application__organisation__sort_key", "assignment__juror__user__last_name", "pk")
    )


def reopenings_of(panel: Panel, user: User) -> QuerySet[Reopening]:
    """Reviews given back to their juror, the latest first."""
    return Reopening.objects.filter(
        review__assignment__juror__panel=panel, review__assignment__application__in=Application.objects.visible_to(user)
    ).select_related("review__assignment__juror__user", "review__assignment__application__organisation", "reopened_by")


def recusals_of(panel: Panel, user: User) -> QuerySet[Recusal]:
    """Recusals on the applications of this jury that the person may see."""
    seen = Application.objects.visible_to(user).filter(call=panel.call_id, state__in=BEFORE_THE_JURY)
    return (
        Recusal.objects.filter(application__in=seen)
        .select_related("user", "application__organisation", "application__call")
        .order_by("application__organisation__sort_key", "user__last_name", "pk")
    )


def lifted_of(panel: Panel, user: User) -> QuerySet[LiftedRecusal]:
    """Recusals that were ended, the latest first."""
    return LiftedRecusal.objects.filter(
        application__call=panel.call_id, application__in=Application.objects.visible_to(user)
    ).select_related("user", "application__organisation", "lifted_by")


def members_of_candidates(panel: Panel, user: User) -> list[tuple[Juror, Application]]:
    """Members of the jury who belong to a candidate organisation, with the application that stays closed to them."""
    belonging = memberships(panel)
    seen = Application.objects.visible_to(user).filter(call=panel.call_id, state__in=BEFORE_THE_JURY)
    applications = seen.select_related("organisation").order_by("organisation__sort_key", "pk")
    jurors = list(panel.jurors.select_related("user"))
    return [
        (juror, application)
        for application in applications
        for juror in jurors
        if application.pk in belonging.get(juror.pk, set())
    ]
