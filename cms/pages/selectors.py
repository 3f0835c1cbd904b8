"""Reads shared by several pages. Models are asked by name: pages are built on these reads."""

from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from wagtail.models import PageViewRestriction

from aap import clock
from aap.calls.models import CallPhase

ORDER = {CallPhase.OPEN: 0, CallPhase.UPCOMING: 1, CallPhase.CLOSED: 2}


def with_short_titles(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate plain pages with `short_title`, in the same query: each kind of page keeps its own in its own table."""
    kinds = [model for model in apps.get_app_config("cms").get_models() if hasattr(model, "menu_title")]
    titles = [NullIf(F(f"{model._meta.model_name}__menu_title"), Value("")) for model in kinds]
    return pages.annotate(short_title=Coalesce(*titles, "title"))


def readable(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Published pages that anyone may read. Wagtail's own `public()` asks the database once more at each call."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(read=path).filter(read__startswith=F("page__path"))
    return pages.filter(live=True).filter(~Exists(above))


def live_call_pages() -> list[Any]:
    """Published pages of calls: open ones first (soonest closing first), then upcoming, then closed (latest first)."""
    pages = readable(apps.get_model("cms", "CallPage").objects.all()).filter(call__isnull=False).select_related("call")

    def key(page: Any) -> tuple[int, float]:
        call, now = page.call, clock.now()
        if call.phase == CallPhase.UPCOMING:
            return ORDER[call.phase], (call.opens_at - now).total_seconds()
        return ORDER[call.phase], abs((call.closes_at - now).total_seconds())

    return sorted(pages, key=key)


def latest_news(limit: int | None = None) -> QuerySet[Any]:
    """Published news, latest first."""
    news = readable(apps.get_model("cms", "NewsPage").objects.all()).order_by("-published_on", "-pk")
    return news[:limit] if limit else news


def only_published(kind: str) -> Any:
    """The first published page of a kind that exists once (list of calls, list of news), or None."""
    return readable(apps.get_model("cms", kind).objects.all()).order_by("path").first()


def subpages(page: Any) -> QuerySet[Any]:
    """Pages of text under `page`, in the order that editors gave them."""
    standard = apps.get_model("cms", "StandardPage")
    if page.is_leaf():
        return standard.objects.none()
    return readable(standard.objects.child_of(page)).order_by("path")
