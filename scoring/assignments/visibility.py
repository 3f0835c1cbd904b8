"""What the jury sees: registered with aap.applications.visibility, which removes recusals afterwards."""

from django.db.models import Exists, OuterRef, Q

from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.panels.models import InterestDeclaration, Juror
from scoring.panels.states import BEFORE_THE_JURY


def seen_by_jury(user: User) -> Q:
    """A juror sees the content of assigned applications after declaring no interest; the chair, of the whole call.

    Interest comes before content for the chair too.
    """
    declared = InterestDeclaration.objects.filter(
        juror__user=user, application=OuterRef("pk"), answer=InterestDeclaration.Answer.NONE
    )
    assigned = Assignment.objects.filter(juror__user=user, application=OuterRef("pk"), removed_at__isnull=True)
    chaired = Juror.objects.filter(user=user, is_chair=True, panel__call=OuterRef("call"))
    return Q(Q(state__in=BEFORE_THE_JURY) & Exists(declared) & (Exists(assigned) | Exists(chaired)))
