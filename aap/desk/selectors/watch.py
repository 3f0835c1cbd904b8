"""What an officer must not let slip: files at rest, implicit refusals coming."""

from datetime import timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from aap import clock
from aap.applications.states import EXAMINATION, State
from aap.history.models import Event

# Habits of the desk, not rules of a call.
STALE_AFTER = timedelta(days=15)
REFUSAL_ALERT = timedelta(days=21)
# Silence counts until the authority has decided (CRPA, L231-4 3°).
UNDECIDED = EXAMINATION | {State.ADMISSIBLE}


def stale() -> Q:
    """Applications under examination about which nothing was recorded for a while."""
    limit = clock.now() - STALE_AFTER
    chain = Concat(Value("application:"), Cast(OuterRef("public_id"), CharField()))
    return Q(state__in=EXAMINATION, submitted_at__lt=limit) & ~Q(Exists(Event.objects.filter(chain=chain, at__gte=limit)))


def refusal_soon() -> Q:
    """Undecided applications that silence refuses within three weeks, or has refused already."""
    return Q(state__in=UNDECIDED, receipt__implicit_refusal_on__lte=clock.today() + REFUSAL_ALERT)
