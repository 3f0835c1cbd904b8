"""A real Chromium on the real site. One worker plays all of it: the site is loaded once."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config.demonstration.accounts import PASSWORD
from tests.e2e.site import Databases, Site

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser, and shares one site."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            if "shots" not in item.keywords or item.get_closest_marker("shots") is None:
                item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, loaded with the demonstration and served."""
    address = os.environ["DATABASE_URL"]
    suffix = address.rpartition("/")[2].partition("?")[0] or "aap"
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


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open a fresh window (own cookies). A script error or a refused resource fails the test at its end."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def _open(viewport: dict[str, int] | None = None) -> Page:
        context = browser.new_context(viewport=viewport or DESKTOP, locale="fr-FR", timezone_id="Europe/Paris")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url} : {error}"))
        page.on("console", lambda line: _keep(problems, page, line.type, line.text))
        return page

    yield _open
    for context in contexts:
        context.close()
    assert problems == []


def _keep(problems: list[str], page: Page, kind: str, text: str) -> None:
    # A page that answers 403 or 404 on purpose logs it as an error: the tests assert statuses themselves.
    if kind == "error" and "the server responded with a status of" not in text:
        problems.append(f"{page.url} : {text}")


@pytest.fixture
def sign_in_as(running_site: Site) -> Callable[[Page, str], Page]:
    """Sign in through the page, with a printed account."""

    def _sign_in(page: Page, email: str, password: str = PASSWORD) -> Page:
        page.goto(running_site.url + reverse("account_login"))
        page.get_by_label("Adresse électronique").fill(email)
        page.get_by_label("Mot de passe", exact=True).fill(password)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        return page

    return _sign_in
