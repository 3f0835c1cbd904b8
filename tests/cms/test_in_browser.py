"""Each kind of page in a real browser: accessibility, width, size of text and of targets, no refused resource.

The answers are made by the test client first and shown afterwards: no server, no other database, and time stands still.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from aap.people.models import Role
from tests.cms.conftest import DURING

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
PATHS = [
    "/", "/feuille-de-route/", "/feuille-de-route/filiere-materiel/", "/appels-a-projets/", "/appels-a-projets/appel/",
    "/appels-a-projets/bientot/", "/appels-a-projets/clos/", "/actualites/", "/actualites/premiere-feuille-de-route-locale/",
    "/contact/", "/accessibilite/", "/page-qui-n-existe-pas/",
]  # fmt: skip
MEASURE = """() => {
    const shown = (node) => node.checkVisibility({visibilityProperty: true}) && !node.closest(".visually-hidden, .skip-link");
    const small = [...document.querySelectorAll("body *")].filter((node) => shown(node)
        && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())
        && parseFloat(getComputedStyle(node).fontSize) < 16).map((node) => node.textContent.trim().slice(0, 40));
    const targets = [...document.querySelectorAll("a[href], button, summary")].filter((node) => shown(node)
        && !node.closest("p, dd, .rich-text") && Math.round(node.getBoundingClientRect().height) < 44)
        .map((node) => node.textContent.trim().slice(0, 40));
    return {
        sideways: document.documentElement.scrollWidth - innerWidth, small, targets,
        titles: document.querySelectorAll("h1").length,
        actions: [...document.querySelectorAll(".btn-primary")].filter(shown).length > 1,
    };
}"""
RIGHT = {"sideways": 0, "small": [], "targets": [], "titles": 1, "actions": False}


FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ORIGIN = "http://localhost"
Answers = dict[str, dict[str, Any]]


def answers(client: Any, paths: list[str]) -> Answers:
    """What the site says at each address, while the call of the tests is open."""
    found = {}
    with time_machine.travel(DURING, tick=False):
        for path in paths:
            response = client.get(path)
            headers = {name: value for name, value in response.items() if name != "Content-Length"}
            found[path] = {"status": response.status_code, "headers": headers, "body": response.content}
    return found


@contextmanager
def window(given: Answers, width: int) -> Iterator[tuple[Page, list[str]]]:
    """A browser that knows `given` and our static files, and the list of what went wrong in it."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.fail("Aucun Chromium utilisable : installez-le (sudo apt-get install -y chromium) ou donnez CHROMIUM=/chemin.")
    problems: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        file = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
        if file:
            route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0])
        elif path in given:
            route.fulfill(**given[path])
        else:
            problems.append(f"demande inattendue : {route.request.url}")
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.route("**/*", answer)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda line: problems.append(line.text) if line.type == "error" and "of 404" not in line.text else None
        )
        yield page, problems
        browser.close()


@pytest.fixture
def calls(make_call_page):
    make_call_page("Appel ouvert", slug="appel")
    make_call_page("Appel à venir", slug="bientot", opens_at=DURING.replace(month=6), closes_at=DURING.replace(month=9))
    make_call_page("Appel clos", slug="clos", opens_at=DURING.replace(year=2024), closes_at=DURING.replace(month=1))


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_are_accessible_and_fit(client, calls, width):
    given, found = answers(client, PATHS), {}
    with window(given, width) as (page, problems):
        for path in PATHS:
            page.goto(f"{ORIGIN}{path}")
            measure = page.evaluate(MEASURE)
            page.evaluate(AXE.read_text())
            broken = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join())]))")
            if measure != RIGHT or broken:
                found[path] = (measure, broken)
    assert found == {}
    assert problems == []


def test_page_seen_by_an_editor_breaks_no_rule_of_the_policy(calls, editor):
    given = answers(editor(Role.PUBLISHER), ["/appels-a-projets/appel/"])
    with window(given, 1280) as (page, problems):
        page.goto(f"{ORIGIN}/appels-a-projets/appel/")
        assert page.get_by_role("link", name="Modifier cette page").is_visible()
    assert problems == []
