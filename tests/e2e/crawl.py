"""Visit the site as each role does: follow every link, a few addresses of each route."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

# The two administrations are other people's pages; files and pictures are not pages.
SKIPPED_PREFIXES = ("/admin/", "/django-admin/", "/medias/", "/static/", "/fichiers/")
VISITS_PER_ROUTE = 2


@dataclass(frozen=True)
class Visit:
    """`route` is the name of the URL, or the place of the CMS page. A file or a redirection has no status."""

    route: str
    path: str
    status: int | None = None


def place_of(path: str) -> tuple[str, str] | None:
    """The route of `path`, and the call that it is about when there is one; None for what is not a page of ours."""
    if path.startswith(SKIPPED_PREFIXES):
        return None
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    if match.view_name == "wagtail_serve":
        parts = [part for part in urlsplit(path).path.split("/") if part]
        return f"cms:{parts[0] if parts else 'accueil'}:{len(parts)}", ""
    return match.view_name, match.kwargs.get("slug", "")


def crawl(page: Page, base: str, *starts: str, skip: str | None = None) -> Iterator[Visit]:
    """Yield each page while it is displayed, and what shows none. Routes whose name starts with `skip` are left out.

    At most VISITS_PER_ROUTE addresses of one route, and of each call: those of the demonstration are at different stages.
    """
    waiting, known = deque(starts), set(starts)
    visits: Counter[tuple[str, str]] = Counter()
    while waiting:
        path = waiting.popleft()
        place = place_of(path)
        if place is None or visits[place] >= VISITS_PER_ROUTE or (skip and place[0].startswith(skip)):
            continue
        visits[place] += 1
        route, _call = place
        status = _go(page, base + path)
        shown = _local(page.url, base)
        if status is None or shown != path:
            yield Visit(route, path)
            # Sent elsewhere: that page is one more to visit, unless it was.
            if status and shown and shown not in known:
                known.add(shown)
                waiting.append(shown)
            continue
        yield Visit(route, path, status)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            target = _local(href, base)
            if target and target not in known:
                known.add(target)
                waiting.append(target)


def _go(page: Page, address: str) -> int | None:
    """Open an address; the status of the page that it shows, None when it is a file."""
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None
    if answer is None or "text/html" not in (answer.header_value("content-type") or ""):
        return None
    return answer.status


def _local(href: str, base: str) -> str | None:
    """The path and query of an address of this site."""
    if not href.startswith(f"{base}/"):
        return None
    target = urlsplit(href)
    return target.path + (f"?{target.query}" if target.query else "")
