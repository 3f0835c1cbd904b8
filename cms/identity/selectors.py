"""What every page shows around its content, read from the site's settings and from the tree."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.identity.models import SiteIdentity

LEGAL_PAGES = (
    ("contact_page", "Contact"),
    ("legal_page", "Mentions légales"),
    ("privacy_page", "Données personnelles"),
    ("cookies_page", "Cookies"),
)


def identity(request: HttpRequest) -> SiteIdentity | None:
    """The identity of the site that answers `request`, its pages loaded; None before the site exists."""
    site = Site.find_for_request(request)
    return SiteIdentity.for_site(site) if site else None


def main_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Pages that an editor chose to show in the menu, under the home page."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    children = Page.objects.filter(path__startswith=site.root_page.path, depth=site.root_page.depth + 1).live().in_menu()
    return [_link(page, request) for page in children.order_by("path").specific()]


def footer_links(found: SiteIdentity, request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that the law wants within reach of every page."""
    pages = ((getattr(found, field), label) for field, label in LEGAL_PAGES)
    return [{"label": label, "url": page.get_url(request)} for page, label in pages if page and page.live]


def _link(page: Page, request: HttpRequest) -> dict[str, Any]:
    url = page.get_url(request) or "/"
    return {"label": getattr(page, "menu_title", "") or page.title, "url": url, "current": request.path.startswith(url)}
