"""The pages of the public site and where each may stand in the tree."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from aap import clock
from aap.calls.models import Call
from cms.pages.base import SitePage
from cms.pages.selectors import latest_news, live_call_pages


class HomePage(SitePage):
    """The front door: what is open now, what the roadmap is, what is new."""

    roadmap_page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="page de la feuille de route"
    )

    content_panels = [*SitePage.content_panels, FieldPanel("roadmap_page")]
    template = "cms/pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.RoadmapPage", "cms.CallIndexPage", "cms.NewsIndexPage", "cms.StandardPage"]
    max_count = 1

    class Meta:
        verbose_name = "page d’accueil"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = []
        context["call_pages"] = live_call_pages()
        context["news"] = latest_news(3)
        return context


class RoadmapPage(SitePage):
    """The roadmap; its axes are its children."""

    contact = RichTextField("contact", blank=True, features=["bold", "link", "ul"])
    map_url = models.URLField("adresse de la cartographie", blank=True, help_text="vide tant que la carte n’est pas publiée")

    content_panels = [*SitePage.content_panels, FieldPanel("contact"), FieldPanel("map_url")]
    template = "cms/pages/roadmap.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.AxisPage", "cms.StandardPage"]

    class Meta:
        verbose_name = "feuille de route"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["axes"] = AxisPage.objects.live().public().child_of(self).order_by("path")
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
        context["siblings"] = AxisPage.objects.live().public().sibling_of(self, inclusive=False).order_by("path")
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
        context["call_pages"] = live_call_pages()
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
        if call is not None:
            context["phase"] = call.phase
            context["themes"] = call.themes.all()
            context["requirements"] = call.document_requirements.all()
            context["key_dates"] = _key_dates(call)
        return context


def _key_dates(call: Call) -> list[dict[str, Any]]:
    """The calendar, each date past or to come; the next one is marked."""
    moment = clock.now()
    dates: list[dict[str, Any]] = [
        {"label": "Ouverture de l’appel", "date": call.opens_at},
        {"label": "Clôture des dépôts", "date": call.closes_at},
    ]
    if call.committee_on:
        dates.append({"label": "Commission permanente", "date": call.committee_on})
    upcoming = True
    for item in dates:
        past = item["date"] < moment if hasattr(item["date"], "hour") else item["date"] < clock.today()
        item["state"] = "past" if past else ("next" if upcoming else "")
        upcoming = upcoming and past
    return dates


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
        context["news"] = latest_news()
        return context


class NewsPage(SitePage):
    """One piece of news."""

    published_on = models.DateField("date", default=clock.today)

    content_panels = [Page.content_panels[0], FieldPanel("published_on"), FieldPanel("lead"), FieldPanel("body")]
    template = "cms/pages/news.html"
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "actualité"


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
