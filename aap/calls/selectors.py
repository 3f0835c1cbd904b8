"""Calls as pages list them."""

from django.db.models import QuerySet

from aap import clock
from aap.calls.models import Call


def open_calls() -> QuerySet[Call]:
    """Calls that one may apply to now, the first to close first."""
    moment = clock.now()
    return Call.objects.filter(opens_at__lte=moment, closes_at__gte=moment).order_by("closes_at", "pk")


def call_by_slug(slug: str) -> Call | None:
    """The call of this address, with what its form and its pages read (themes, documents): three queries."""
    return Call.objects.prefetch_related("themes", "document_requirements").filter(slug=slug).first()
