"""A picture of every page that each role can reach, then of the journey, at 375 and 1280 px (make shots)."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.e2e import journey
from tests.e2e.conftest import DESKTOP, PHONE, Arrive, Open, named, sign_in_by_form
from tests.e2e.crawl import crawl
from tests.e2e.site import Site
from tests.e2e.test_layout import VISITORS
from tests.e2e.visitor import file_name

FOLDER = Path(os.environ.get("SHOTS_DIR", "var/shots"))


@pytest.mark.shots
@pytest.mark.parametrize("email", VISITORS, ids=named)
def test_shoot_every_page(site: Site, open_page: Open, email: str | None) -> None:
    page = open_page(DESKTOP)
    if email:
        sign_in_by_form(page, site.url, email)
    taken = 0
    for visit in crawl(page, site.url, reverse("start") if email else "/", "/", reverse("account")):
        if visit.status is None:
            continue
        taken += 1
        for viewport in (DESKTOP, PHONE):
            folder = FOLDER / named(email) / str(viewport["width"])
            folder.mkdir(parents=True, exist_ok=True)
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            page.screenshot(path=folder / f"{taken:02d}-{file_name(visit.route)}.png", full_page=True)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    assert taken >= 8


@pytest.fixture
def album() -> Path:
    return FOLDER / "parcours"


@pytest.mark.shots
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["bureau", "telephone"])
def test_shoot_the_journey(site: Site, arrive: Arrive, paper: Path, viewport: dict[str, Any]) -> None:
    journey.play(site, arrive, paper, viewport)
    assert len(list((FOLDER / "parcours" / str(viewport["width"])).glob("*.png"))) >= 30
