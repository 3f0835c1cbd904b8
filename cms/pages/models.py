"""The pages of the public site and where each may stand in the tree."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from aap import clock
from aap.calls.models import Call, CallPhase
from aap.moments import french_day, plausible_dates, validate_plausible_date
from cms.pages import call_facts
from cms.pages.base import SitePage
from cms.pages.cards import TONES, axis_card, call_card, featured_call, news_card, page_card
from cms.pages.selectors import latest_news, live_call_pages, only_published, readable, subpages

NEWS_PER_PAGE = 12


def page_link(label: str, help_text: str = "") -> models.ForeignKey:
    """A page that another one points to; nothing is lost when it goes."""
    return models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=label,
        help_text=help_text,
    )


class HomePage(SitePage):
    """The front door: what is open now, what the roadmap is, what is new."""

    roadmap_page = page_link("page de la feuille de route")

    content_panels = [*SitePage.content_panels, FieldPanel("roadmap_page")]
    template = "cms/pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.RoadmapPage", "cms.CallIndexPage", "cms.NewsIndexPage", "cms.StandardPage"]
    max_count = 1

    class Meta:
        verbose_name = "page d’accueil"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = live_call_pages()
        current = [page for page in pages if page.call.phase != CallPhase.CLOSED]
        # The first one that people may answer has the place of honour; the others are cards. Without any, the latest ones.
        context["featured"] = featured_call(current[0], request) if current else None
        context["calls"] = [call_card(page, request) for page in (current[1:4] if current else pages[:3])]
        index_page, news_page = only_published("CallIndexPage"), only_published("NewsIndexPage")
        context["calls_url"] = index_page.get_url(request) if index_page else ""
        context["news"] = [news_card(page, request) for page in latest_news(3)]
        context["news_url"] = news_page.get_url(request) if news_page else ""
        roadmap = self.roadmap_page
        context["roadmap_url"] = roadmap.get_url(request) if roadmap and roadmap.live else ""
        return context

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        return []


class RoadmapPage(SitePage):
    """The roadmap; its axes are its children."""

    contact = RichTextField("contact", blank=True, features=["bold", "link", "ul"])
    map_page = page_link("page de la cartographie", "la carte des lieux, ou la page qui l’annonce")

    content_panels = [*SitePage.content_panels, FieldPanel("contact"), FieldPanel("map_page")]
    template = "cms/pages/roadmap.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.AxisPage", "cms.StandardPage"]

    class Meta:
        verbose_name = "feuille de route"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        axes = readable(AxisPage.objects.child_of(self)).order_by("path")
        context["axes"] = [axis_card(axis, request) for axis in axes]
        chart = self.map_page
        context["map_card"] = {"title": chart.title, "url": chart.get_url(request)} if chart and chart.live else None
        shown = subpages(self).exclude(pk=self.map_page_id)
        context["subpages"] = [page_card(page, request) for page in shown]
        return context


class AxisPage(SitePage):
    """One axis of the roadmap."""

    number = models.CharField("numéro", max_length=8, help_text="par exemple I")

    content_panels = [Page.content_panels[0], FieldPanel("number"), FieldPanel("lead"), FieldPanel("body")]
    template = "cms/pages/axis.html"
    parent_page_types: ClassVar[list[str]] = ["cms.RoadmapPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]

    class Meta:
        verbose_name = "axe"
        verbose_name_plural = "axes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        siblings = readable(AxisPage.objects.sibling_of(self, inclusive=False)).order_by("path")
        context["siblings"] = [axis_card(axis, request) for axis in siblings]
        context["subpages"] = [page_card(page, request) for page in subpages(self)]
        return context


class CallIndexPage(SitePage):
    """Every call, the open ones first."""

    template = "cms/pages/call_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.CallPage"]
    max_count = 1

    class Meta:
        verbose_name = "liste des appels à projets"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = live_call_pages()
        by_phase = {phase: [page for page in pages if page.call.phase == phase] for phase in CallPhase}
        context["open_calls"] = [featured_call(page, request) for page in by_phase[CallPhase.OPEN]]
        context["upcoming_calls"] = [call_card(page, request) for page in by_phase[CallPhase.UPCOMING]]
        context["closed_calls"] = [call_card(page, request) for page in by_phase[CallPhase.CLOSED]]
        return context


class CallPage(SitePage):
    """The face of a call. Dates, amounts and rules are the call's; prose and pictures are the page's."""

    call = models.OneToOneField(Call, null=True, on_delete=models.PROTECT, related_name="page", verbose_name="appel à projets")

    content_panels = [Page.content_panels[0], FieldPanel("call"), FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.FilterField("call")]
    template = "cms/pages/call.html"
    parent_page_types: ClassVar[list[str]] = ["cms.CallIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]

    class Meta:
        verbose_name = "page d’un appel à projets"
        verbose_name_plural = "pages d’appels à projets"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        call = self.call
        context["call"] = call
        context["subpages"] = [page_card(page, request) for page in subpages(self)]
        if call is not None:
            context |= {
                "phase": call.phase,
                "state_tone": TONES[call.phase],
                "notice": call_facts.notice(call),
                "key_dates": call_facts.key_dates(call),
                "amounts": call_facts.amounts(call),
                "steps": () if call.phase == CallPhase.CLOSED else call_facts.STEPS,
                "themes": call.themes.all(),
                "requirements": call.document_requirements.all(),
            }
        return context


class NewsIndexPage(SitePage):
    """All the news, latest first."""

    template = "cms/pages/news_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]
    max_count = 1

    class Meta:
        verbose_name = "liste des actualités"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        page_obj = Paginator(latest_news(), NEWS_PER_PAGE).get_page(request.GET.get("page"))
        context["page_obj"] = page_obj
        context["news"] = [news_card(page, request) for page in page_obj]
        return context


class NewsPage(SitePage):
    """One piece of news."""

    published_on = models.DateField(
        "date",
        default=clock.today,
        help_text="affichée ; la plus récente vient en tête",
        validators=[validate_plausible_date],
    )

    content_panels = [Page.content_panels[0], FieldPanel("published_on"), FieldPanel("lead"), FieldPanel("body")]
    template = "cms/pages/news.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "actualité"
        constraints = [plausible_dates(name="news_date_plausible", days=("published_on",))]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # The list is this page's parent: the trail already knows its address.
        context["news_url"] = context["breadcrumbs"][-2]["url"]
        context["published_day"] = french_day(self.published_on)
        return context


class StandardPage(SitePage):
    """A page of text: legal notice, accessibility, contact, anything."""

    template = "cms/pages/standard.html"
    parent_page_types: ClassVar[list[str]] = [
        "cms.HomePage",
        "cms.StandardPage",
        "cms.RoadmapPage",
        "cms.AxisPage",
        "cms.CallPage",
    ]
    subpage_types: ClassVar[list[str]] = ["cms.StandardPage"]

    class Meta:
        verbose_name = "page courante"
        verbose_name_plural = "pages courantes"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["subpages"] = [page_card(page, request) for page in subpages(self)]
        return context
