"""Visit the site as each role does: follow every link, once a route."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

# Each role's first page; what cannot be reached from there by links is a defect.
SKIPPED_PREFIXES = ("/admin/", "/django-admin/", "/medias/", "/static/", "/fichiers/")
SKIPPED_NAMES = {"account_logout"}
VISITS_PER_ROUTE = 2


@dataclass(frozen=True)
class Visit:
    """`route` is the name of the URL, or the type of the CMS page."""

    route: str
    path: str


def route_of(path: str) -> str | None:
    """The name of the route of `path`, None for what is not a page of ours."""
    if path.startswith(SKIPPED_PREFIXES):
        return None
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    if match.view_name in SKIPPED_NAMES:
        return None
    if match.view_name == "wagtail_serve":
        parts = [part for part in urlsplit(path).path.split("/") if part]
        return f"cms:{parts[0] if parts else 'accueil'}:{len(parts)}"
    return match.view_name


def crawl(page: Page, base: str, first: str = "/") -> Iterator[Visit]:
    """Yield each page while it is displayed; at most VISITS_PER_ROUTE different addresses of one route."""
    waiting, seen, visits = deque([first]), {first}, {}
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if route is None or visits.get(route, 0) >= VISITS_PER_ROUTE:
            continue
        answer = page.request.get(base + path, max_redirects=0)
        if answer.status in {301, 302}:
            target = urlsplit(urljoin(base + path, answer.headers["location"]))
            _add(waiting, seen, target.path)
            continue
        if "text/html" not in answer.headers.get("content-type", ""):
            visits[route] = visits.get(route, 0) + 1
            continue
        page.goto(base + path)
        visits[route] = visits.get(route, 0) + 1
        yield Visit(route, path)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            target = urlsplit(href)
            if href.startswith(base):
                _add(waiting, seen, target.path + (f"?{target.query}" if target.query else ""))


def _add(waiting: deque[str], seen: set[str], path: str) -> None:
    if path not in seen:
        seen.add(path)
        waiting.append(path)
