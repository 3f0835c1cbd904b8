"""A real Chromium on the real site. One worker plays all of it: the site is loaded once."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright
from pypdfium2 import PdfDocument

from config.demonstration.accounts import PASSWORD
from tests.e2e.crawl import Visit, crawl
from tests.e2e.layout import axe_problems, layout_problems
from tests.e2e.site import Databases, Site
from tests.e2e.visitor import Visitor

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
WAIT_MS = 45_000
# One of those who edit pages is enough.
EDITORS = {"redaction@exemple.fr"}


# First: xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser, and shares one site."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            if item.get_closest_marker("shots") is None:
                item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, loaded with the demonstration and served."""
    address = os.environ["DATABASE_URL"]
    # Each process of the tests has its own site, should two of them play at once.
    suffix = "_".join(
        filter(None, [address.partition("?")[0].rpartition("/")[2] or "aap", os.environ.get("PYTEST_XDIST_WORKER")])
    )
    site = Site(Databases(address, (f"{suffix}_e2e_seed", f"{suffix}_e2e")), tmp_path_factory.mktemp("site"))
    site.load()
    site.databases.create(site.name, template=site.seed)
    site.start()
    yield site
    site.stop()
    for name in site.databases.names:
        site.databases.drop(name)


@pytest.fixture
def site(running_site: Site) -> Site:
    """The site, as after the demonstration was loaded."""
    running_site.reset()
    return running_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.fail("Aucun Chromium utilisable : installez-le (sudo apt-get install -y chromium) ou donnez CHROMIUM=/chemin.")
    # Playwright's loop would make Django believe that it runs in async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


Open = Callable[..., Page]
Arrive = Callable[..., Visitor]
Crawled = Callable[[str | None], tuple[list[Visit], list[str]]]


def new_page(browser: Browser, problems: list[str], viewport: dict[str, int] = DESKTOP) -> Page:
    """A fresh window (own cookies); script errors and refused resources are added to `problems`."""
    context = browser.new_context(viewport=viewport, locale="fr-FR", timezone_id="Europe/Paris")  # type: ignore[arg-type]
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(f"{page.url} : {error}"))
    page.on("console", lambda line: _keep(problems, page, line.type, line.text))
    return page


def _keep(problems: list[str], page: Page, kind: str, text: str) -> None:
    # A page that answers 403 or 404 on purpose logs it as an error: the tests assert statuses themselves.
    if kind == "error" and "the server responded with a status of" not in text:
        problems.append(f"{page.url} : {text}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a fresh window (own cookies). A script error or a refused resource fails the test at its end."""
    opened: list[Page] = []
    problems: list[str] = []

    def _open(viewport: dict[str, int] = DESKTOP) -> Page:
        opened.append(new_page(browser, problems, viewport))
        return opened[-1]

    yield _open
    for page in opened:
        page.context.close()
    assert problems == []


def named(email: str | None) -> str:
    """A person's short name, for the name of a test or of a file."""
    return (email or "visiteur").partition("@")[0]


def sign_in_by_form(page: Page, base: str, email: str, password: str = PASSWORD) -> Page:
    """Fill the sign-in page, and wait for the space of that person."""
    page.goto(base + reverse("account_login"))
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: reverse("account_login") not in url)
    return page


@pytest.fixture
def album() -> Path | None:
    """Where to keep a picture of each page seen; nowhere, except for `make shots`."""
    return None


@pytest.fixture
def arrive(site: Site, open_page: Open, album: Path | None) -> Iterator[Arrive]:
    """Somebody arrives at the site: signed in with a printed account, or not. What is wrong in the pages seen fails the test."""
    visitors: list[Visitor] = []

    def _arrive(email: str | None = None, viewport: dict[str, int] = DESKTOP) -> Visitor:
        page = open_page(viewport)
        if email:
            sign_in_by_form(page, site.url, email)
        folder = album and album / str(viewport["width"])
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        visitors.append(Visitor(page, site.url, named(email), album=folder))
        return visitors[-1]

    yield _arrive
    assert [problem for visitor in visitors for problem in visitor.problems] == []


@pytest.fixture(scope="session")
def crawled(running_site: Site, browser: Browser) -> Crawled:
    """What a person (None: a visitor) reaches by links in the demonstration, and what is wrong there; each asked once."""
    known: dict[str | None, tuple[list[Visit], list[str]]] = {}

    def _crawled(email: str | None) -> tuple[list[Visit], list[str]]:
        if email not in known:
            running_site.reset()
            known[email] = _visit_everything(browser, running_site.url, email)
        return known[email]

    return _crawled


def _visit_everything(browser: Browser, base: str, email: str | None) -> tuple[list[Visit], list[str]]:
    problems: list[str] = []
    page = new_page(browser, problems, PHONE)
    if email:
        sign_in_by_form(page, base, email)
    visits = []
    # The pages of the CMS are the same for everyone, but for the link that those who edit them have.
    skip = None if email in {None, *EDITORS} else "cms:"
    for visit in crawl(page, base, reverse("start") if email else "/", "/", reverse("account"), skip=skip):
        visits.append(visit)
        if visit.status is not None:
            problems += [f"{visit.path} : {problem}" for problem in page_problems(page)]
    page.context.close()
    return visits, problems


def page_problems(page: Page) -> list[str]:
    """What is wrong in the page displayed: layout at both widths, then axe; the width is given back as it was."""
    before = page.viewport_size
    problems = []
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        problems += [f"à {viewport['width']} px, {problem}" for problem in layout_problems(page)]
    problems += [f"axe {problem}" for problem in axe_problems(page)]
    if before:
        page.set_viewport_size(before)
    return problems


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A real PDF to attach, of one blank page."""
    path = tmp_path / "piece.pdf"
    with PdfDocument.new() as document:
        document.new_page(595, 842)
        document.save(path)
    return path
