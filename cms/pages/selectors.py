"""Reads shared by several pages. Models are asked by name: pages are built on these reads."""

from typing import Any

from django.apps import apps
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from aap import clock
from aap.calls.models import CallPhase

ORDER = {CallPhase.OPEN: 0, CallPhase.UPCOMING: 1, CallPhase.CLOSED: 2}


def with_short_titles(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate plain pages with `short_title`, in the same query: each kind of page keeps its own in its own table."""
    kinds = [model for model in apps.get_app_config("cms").get_models() if hasattr(model, "menu_title")]
    titles = [NullIf(F(f"{model._meta.model_name}__menu_title"), Value("")) for model in kinds]
    return pages.annotate(short_title=Coalesce(*titles, "title"))


def live_call_pages() -> list[Any]:
    """Published pages of calls: open ones first (soonest closing first), then upcoming, then closed (latest first)."""
    pages = apps.get_model("cms", "CallPage").objects.live().public().filter(call__isnull=False).select_related("call")

    def key(page: Any) -> tuple[int, float]:
        call, now = page.call, clock.now()
        if call.phase == CallPhase.UPCOMING:
            return ORDER[call.phase], (call.opens_at - now).total_seconds()
        return ORDER[call.phase], abs((call.closes_at - now).total_seconds())

    return sorted(pages, key=key)


def latest_news(limit: int | None = None) -> QuerySet[Any]:
    """Published news, latest first."""
    news = apps.get_model("cms", "NewsPage").objects.live().public().order_by("-published_on", "-pk")
    return news[:limit] if limit else news


def only_published(kind: str) -> Any:
    """The first published page of a kind that exists once (list of calls, list of news), or None."""
    return apps.get_model("cms", kind).objects.live().public().order_by("path").first()


def subpages(page: Any) -> QuerySet[Any]:
    """Pages of text under `page`, in the order that editors gave them."""
    standard = apps.get_model("cms", "StandardPage")
    if page.is_leaf():
        return standard.objects.none()
    return standard.objects.live().public().child_of(page).order_by("path")
