"""A picture of every page that each role can reach, at 375 and 1280 px (make shots)."""

import os
import re
from pathlib import Path

import pytest

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.crawl import crawl
from tests.e2e.test_layout import VISITORS

FOLDER = Path(os.environ.get("SHOTS_DIR", "var/shots"))


@pytest.mark.shots
@pytest.mark.parametrize("email", VISITORS, ids=lambda email: (email or "visiteur").partition("@")[0])
def test_shoot_every_page(site, open_page, sign_in_as, email):
    role = (email or "visiteur").partition("@")[0]
    page = open_page(DESKTOP)
    if email:
        sign_in_as(page, email)
    taken = 0
    for visit in crawl(page, site.url, "/espace/" if email else "/"):
        taken += 1
        name = f"{taken:02d}-{re.sub(r'[^a-z0-9]+', '-', visit.route.lower()).strip('-')}"
        for viewport in (DESKTOP, PHONE):
            folder = FOLDER / role / str(viewport["width"])
            folder.mkdir(parents=True, exist_ok=True)
            page.set_viewport_size(viewport)
            page.screenshot(path=folder / f"{name}.png", full_page=True)
        page.set_viewport_size(DESKTOP)
    assert taken >= 4
