"""What every page of the site has."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from aap.streams import BlocksField
from cms.blocks.body import BODY_BLOCKS
from cms.pages.forms import SitePageForm
from cms.pages.permissions import SitePagePermissions
from cms.pages.selectors import with_short_titles

PARTS_OF_A_LONG_PAGE = 4


class SitePage(Page):
    """A page with a lead and a body of blocks."""

    lead = models.TextField("chapeau", blank=True, help_text="une ou deux phrases, sous le titre")
    menu_title = models.CharField(
        "titre court", max_length=40, blank=True, help_text="pour le menu et le fil d’Ariane ; le titre sinon"
    )
    body = BlocksField(BODY_BLOCKS, verbose_name="contenu", blank=True)

    base_form_class = SitePageForm
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("menu_title")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def short_name(self) -> str:
        """The title where there is little room."""
        return self.menu_title or self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs(request)
        context["contents"] = self.contents()
        context["canonical_url"] = self.get_full_url(request)
        context["edit_url"] = edit_url(self, request)
        return context

    def permissions_for_user(self, user: Any) -> SitePagePermissions:
        return SitePagePermissions(user, self)

    def breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """The pages above this one, the home page first, then this one."""
        above = with_short_titles(Page.objects.ancestor_of(self).filter(depth__gt=1)).order_by("depth")
        return [{"label": page.short_title, "url": page.get_url(request)} for page in above] + [
            {"label": self.short_name, "url": ""}
        ]

    def contents(self) -> list[dict[str, str]]:
        """The parts of the page, from its headings, for a way to them; none for a short page."""
        parts = [
            {"label": block.value["text"], "url": f"#partie-{block.id[:8]}"}
            for block in self.body
            if block.block_type == "heading" and block.value["level"] == "h2" and block.id
        ]
        return parts if len(parts) >= PARTS_OF_A_LONG_PAGE else []


def edit_url(page: Page, request: HttpRequest) -> str:
    """Where this person may change `page`; empty for a reader, and in a preview.

    It replaces Wagtail's floating bar, whose script and style are not wanted on public pages.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "is_preview", False):
        return ""
    if not user.has_perm("wagtailadmin.access_admin") or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
