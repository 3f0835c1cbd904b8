"""Create the pages of a site from a file, once; from then on editors own them."""

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import Page, Site

from cms.identity.models import SiteIdentity
from cms.pages.models import CallIndexPage, CallPage, HomePage

FIELDS = ("title", "slug", "lead", "number", "contact", "map_url", "seo_title", "menu_title")


@transaction.atomic
def seed_site(path: Path, *, hostname: str = "localhost", port: int = 80) -> bool:
    """Create the tree described in `path` (config/site/*.json). Returns False, touching nothing, if a home page exists."""
    if HomePage.objects.exists():
        return False
    content = json.loads(path.read_text(encoding="utf-8"))
    home = _create_home(content["home"])
    site = Site.objects.create(
        hostname=hostname, port=port, root_page=home, is_default_site=True, site_name=content["identity"]["name"]
    )
    pages: dict[str, Page] = {}
    for node in content["pages"]:
        _create(node, home, "", pages, menu=content["menu"])
    # Only now: its cards point to pages that did not exist before.
    home.body = _body(content["home"].get("body", []), pages)
    home.roadmap_page = pages[content["roadmap_page"]]
    home.save_revision().publish()
    identity = SiteIdentity.for_site(site)
    for field, value in content["identity"].items():
        setattr(identity, field, value)
    for field, slug in content["legal"].items():
        setattr(identity, field, pages[slug])
    identity.save()
    return True


def _create_home(node: dict[str, Any]) -> HomePage:
    root = Page.objects.get(depth=1)
    # Wagtail's own migrations leave a welcome page and a site that nobody wants.
    Site.objects.all().delete()
    for welcome in root.get_children():
        welcome.delete()
    root.refresh_from_db()
    return root.add_child(instance=HomePage(**{field: node[field] for field in FIELDS if field in node}))


def _create(node: dict[str, Any], parent: Page, prefix: str, pages: dict[str, Page], *, menu: list[str]) -> None:
    model = apps.get_model("cms", node["type"])
    page = model(**{field: node[field] for field in FIELDS if field in node})
    page.body = _body(node.get("body", []), pages)
    key = prefix + node["slug"]
    page.show_in_menus = key in menu
    parent.add_child(instance=page)
    page.save_revision().publish()
    pages[key] = page
    for child in node.get("children", []):
        _create(child, page, key + "/", pages, menu=menu)


def _body(blocks: list[Any], pages: dict[str, Page]) -> str:
    """The raw JSON that a StreamField stores; a card's `page` is a path in the file, replaced by the page's id."""
    return json.dumps([{"type": kind, "value": _value(kind, value, pages)} for kind, value in blocks])


def _value(kind: str, value: Any, pages: dict[str, Page]) -> Any:
    if kind != "cards":
        return value
    cards = [{**card, "page": pages[card["page"]].pk if card.get("page") else None} for card in value["cards"]]
    return {**value, "cards": cards}


@transaction.atomic
def present_call(call: Any, *, title: str, lead: str, body: list[Any]) -> CallPage:
    """Give a call its page under the list of calls, unless it has one."""
    existing = CallPage.objects.filter(call=call).first()
    if existing:
        return existing
    parent = CallIndexPage.objects.get()
    page = parent.add_child(instance=CallPage(title=title, slug=call.slug, lead=lead, call=call, body=_body(body, {})))
    page.save_revision().publish()
    return page
