"""Create the pages of a site from a file, once; from then on editors own them."""

import json
import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Site

from cms.identity.models import SiteIdentity
from cms.pages.models import CallIndexPage, CallPage, HomePage

PLAIN = ("title", "slug", "lead", "number", "seo_title", "menu_title")
LINKS = ("roadmap_page", "map_page")
# In the file, a link to a page is written with the page's path in the file: <a href="page:contact">.
PAGE_LINK = re.compile(r'<a href="page:([^"]*)">')


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
    # Only now: texts and cards point to pages that did not exist before.
    _fill(home, content["home"], pages)
    for key, node in _walk(content["pages"]):
        _fill(pages[key], node, pages)
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
    for welcome in Page.objects.filter(depth=2, content_type=ContentType.objects.get_for_model(Page)):
        welcome.delete()
    root.refresh_from_db()
    return root.add_child(instance=HomePage(**{field: node[field] for field in PLAIN if field in node}))


def _create(node: dict[str, Any], parent: Page, prefix: str, pages: dict[str, Page], *, menu: list[str]) -> None:
    key = prefix + node["slug"]
    page = apps.get_model("cms", node["type"])(**{field: node[field] for field in PLAIN if field in node})
    page.show_in_menus = key in menu
    pages[key] = parent.add_child(instance=page)
    for child in node.get("children", []):
        _create(child, page, key + "/", pages, menu=menu)


def _walk(nodes: list[dict[str, Any]], prefix: str = "") -> list[tuple[str, dict[str, Any]]]:
    found = []
    for node in nodes:
        key = prefix + node["slug"]
        found += [(key, node), *_walk(node.get("children", []), key + "/")]
    return found


def _fill(page: Any, node: dict[str, Any], pages: dict[str, Page]) -> None:
    # Its path and its number of children changed while others were created under it.
    page.refresh_from_db()
    page.body = _body(node.get("body", []), pages)
    if "contact" in node:
        page.contact = _linked(node["contact"], pages)
    for field in LINKS:
        if field in node:
            setattr(page, field, pages[node[field]])
    page.save_revision().publish()


def _body(blocks: list[Any], pages: dict[str, Page]) -> str:
    """The raw JSON that a StreamField stores, from a list of [kind, value]."""
    return json.dumps([{"type": kind, "value": _value(value, pages)} for kind, value in blocks])


def _value(value: Any, pages: dict[str, Page]) -> Any:
    """The same value, paths of pages replaced by their ids: in the links of a text, and under the key « page »."""
    if isinstance(value, str):
        return _linked(value, pages)
    if isinstance(value, list):
        return [_value(item, pages) for item in value]
    if isinstance(value, dict):
        return {key: pages[item].pk if key == "page" and item else _value(item, pages) for key, item in value.items()}
    return value


def _linked(text: str, pages: dict[str, Page]) -> str:
    return PAGE_LINK.sub(lambda link: f'<a linktype="page" id="{pages[link[1]].pk}">', text)


@transaction.atomic
def present_call(call: Any, *, title: str, lead: str, body: list[Any] | None = None) -> CallPage:
    """Give a call its page under the list of calls, unless it has one. What the call itself knows needs no `body`."""
    existing = CallPage.objects.filter(call=call).first()
    if existing:
        return existing
    parent = CallIndexPage.objects.get()
    # A dash never begins a line.
    page = CallPage(title=title.replace(" –", "\u00a0–"), slug=call.slug, lead=lead, call=call)
    page.body = _body(body or [], {})  # type: ignore[assignment]
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
