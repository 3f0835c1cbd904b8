"""Which pages the site cannot do without."""

from wagtail.models import Page, Site

from cms.identity.models import SiteIdentity

LEGAL_FIELDS = ("accessibility_page", "legal_page", "privacy_page", "cookies_page", "contact_page")


def is_indispensable(page: Page) -> bool:
    """Whether `page` is the front door, a page that the law wants in the footer, or stands above one of them."""
    roots = Site.objects.values_list("root_page__path", flat=True)
    legal = SiteIdentity.objects.values_list(*(f"{field}__path" for field in LEGAL_FIELDS))
    needed = [*roots, *(path for row in legal for path in row if path)]
    return any(path.startswith(page.path) for path in needed)
