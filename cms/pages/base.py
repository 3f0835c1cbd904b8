"""What every page of the site has."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from aap.streams import BlocksField
from cms.blocks.body import BODY_BLOCKS


class SitePage(Page):
    """A page with a lead and a body of blocks."""

    lead = models.TextField("chapeau", blank=True, help_text="une ou deux phrases, sous le titre")
    menu_title = models.CharField("titre court", max_length=40, blank=True, help_text="pour le menu ; le titre sinon")
    body = BlocksField(BODY_BLOCKS, verbose_name="contenu", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("menu_title")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        ancestors = self.get_ancestors().filter(depth__gt=1).only("title", "url_path", "depth", "path")
        context["breadcrumbs"] = [{"label": page.title, "url": page.get_url(request)} for page in ancestors] + [
            {"label": self.title, "url": ""}
        ]
        return context
