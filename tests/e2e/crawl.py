"""Visit the site as each role does: follow every link, a few addresses of each route."""

from collections import deque
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
    """`route` is the name of the URL, or the place of the CMS page. A download has no status."""

    route: str
    path: str
    status: int | None = None


def route_of(path: str) -> str | None:
    """The name of the route of `path`, None for what is not a page of ours."""
    if path.startswith(SKIPPED_PREFIXES):
        return None
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    if match.view_name == "wagtail_serve":
        parts = [part for part in urlsplit(path).path.split("/") if part]
        return f"cms:{parts[0] if parts else 'accueil'}:{len(parts)}"
    return match.view_name


def crawl(page: Page, base: str, first: str = "/") -> Iterator[Visit]:
    """Yield each page while it is displayed, and each download; at most VISITS_PER_ROUTE different addresses of one route."""
    waiting, known = deque([first]), {first}
    visits: dict[str, int] = {}
    while waiting:
        path = waiting.popleft()
        asked = route_of(path)
        if asked is None or visits.get(asked, 0) >= VISITS_PER_ROUTE:
            continue
        visits[asked] = visits.get(asked, 0) + 1
        try:
            answer = page.goto(base + path)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            yield Visit(asked, path)
            continue
        assert answer is not None
        shown = _local(page.url, base) or path
        if shown != path:
            # Sent elsewhere: this address is a visit of its own route, which may have been made already.
            visits[asked] -= 1
            if shown in known:
                continue
            known.add(shown)
            arrived = route_of(shown)
            if arrived is None or visits.get(arrived, 0) >= VISITS_PER_ROUTE:
                continue
            visits[arrived] = visits.get(arrived, 0) + 1
            asked = arrived
        yield Visit(asked, shown, answer.status)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            target = _local(href, base)
            if target and target not in known:
                known.add(target)
                waiting.append(target)


def _local(href: str, base: str) -> str | None:
    """The path and query of an address of this site."""
    if not href.startswith(f"{base}/"):
        return None
    target = urlsplit(href)
    return target.path + (f"?{target.query}" if target.query else "")
