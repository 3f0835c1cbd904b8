"""Each kind of page in a real browser: accessibility, width, size of text and of targets, no refused resource.

The pages are answered by the test client behind the browser: no server, no other database,.
"""

import os
import shutil
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import sync_playwright

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


@pytest.fixture
def browser():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.fail("Aucun Chromium utilisable : installez-le (sudo apt-get install -y chromium) ou donnez CHROMIUM=/chemin.")
    # Playwright's loop would make Django believe that it runs in async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield launched
        launched.close()


@pytest.fixture
def window(browser, client):
    """A page whose every request goes to the test client; what it asks of another site, and its errors, are kept."""
    problems = []

    def answer(route):
        url = route.request.url
        if not url.startswith("http://localhost/"):
            problems.append(f"demande à un tiers : {url}")
            return route.abort()
        response = client.get(url.removeprefix("http://localhost"))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return route.fulfill(status=response.status_code, headers=dict(response.items()), body=body)

    page = browser.new_page()
    page.route("**/*", answer)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: _keep(problems, line))
    page.problems = problems
    return page


def _keep(problems, line):
    if line.type == "error" and "status of 404" not in line.text:
        problems.append(line.text)


@pytest.fixture
def calls(make_call_page):
    make_call_page("Appel ouvert", slug="appel")
    make_call_page("Appel à venir", slug="bientot", opens_at=DURING.replace(month=6), closes_at=DURING.replace(month=9))
    make_call_page("Appel clos", slug="clos", opens_at=DURING.replace(year=2024), closes_at=DURING.replace(month=1))


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_are_accessible_and_fit(window, calls, width):
    window.set_viewport_size({"width": width, "height": 900})
    found = {}
    with time_machine.travel(DURING):
        for path in PATHS:
            window.goto(f"http://localhost{path}")
            measure = window.evaluate(MEASURE)
            window.evaluate(AXE.read_text())
            broken = window.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join())]))")
            if measure != RIGHT or broken:
                found[path] = (measure, broken)
    assert found == {}
    assert window.problems == []


def test_page_seen_by_an_editor_breaks_no_rule_of_the_policy(window, calls, editor):
    editor(Role.PUBLISHER)
    with time_machine.travel(DURING):
        window.goto("http://localhost/appels-a-projets/appel/")
        assert window.get_by_role("link", name="Modifier cette page").is_visible()
    assert window.problems == []
