"""What every page shows around its content, read from the site's settings and from the tree."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.identity.models import SiteIdentity
from cms.pages.selectors import readable, with_short_titles

LEGAL_PAGES = (
    ("contact_page", "Contact"),
    ("legal_page", "Mentions légales"),
    ("privacy_page", "Données personnelles"),
    ("cookies_page", "Cookies"),
)


def identity(request: HttpRequest) -> SiteIdentity | None:
    """The identity of the site that answers `request`, its pages loaded; None before the site exists."""
    return SiteIdentity.for_request(request) if Site.find_for_request(request) else None


def main_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Pages that an editor chose to show in the menu, under the home page."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    children = readable(Page.objects.child_of(site.root_page).in_menu())
    return [_link(page, request) for page in with_short_titles(children).order_by("path")]


def accessibility_url(found: SiteIdentity, request: HttpRequest) -> str:
    """The address of the declaration that the law wants behind the mention."""
    page = found.accessibility_page
    return page.get_url(request) if page and page.live else ""


def footer_links(found: SiteIdentity, request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that the law wants within reach of every page."""
    pages = ((getattr(found, field), label) for field, label in LEGAL_PAGES)
    return [{"label": label, "url": page.get_url(request)} for page, label in pages if page and page.live]


def _link(page: Page, request: HttpRequest) -> dict[str, Any]:
    url = page.get_url(request) or "/"
    return {"label": page.short_title, "url": url, "current": request.path.startswith(url)}
