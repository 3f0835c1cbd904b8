"""Reads shared by several pages."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from aap import clock
from aap.calls.models import CallPhase

ORDER = {CallPhase.OPEN: 0, CallPhase.UPCOMING: 1, CallPhase.CLOSED: 2}


def live_call_pages() -> list[Any]:
    """Published pages of calls: open ones first (soonest closing first), then upcoming, then closed (latest first)."""
    pages = apps.get_model("cms", "CallPage").objects.live().public().filter(call__isnull=False).select_related("call")

    def key(page: Any) -> tuple[int, float]:
        remaining = (page.call.closes_at - clock.now()).total_seconds()
        return ORDER[page.call.phase], remaining if page.call.phase != CallPhase.CLOSED else -remaining

    return sorted(pages, key=key)


def latest_news(limit: int | None = None) -> QuerySet[Any]:
    """Published news, latest first."""
    news = apps.get_model("cms", "NewsPage").objects.live().public().order_by("-published_on", "-pk")
    return news[:limit] if limit else news
