"""Every page that each role can reach by links: layout at 375 and 1280 px, axe, no error."""

import pytest

from config.demonstration.accounts import ACCOUNTS
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.crawl import crawl
from tests.e2e.layout import axe_problems, layout_problems

VISITORS = [None, *(account.email for account in ACCOUNTS)]


@pytest.mark.parametrize("email", VISITORS, ids=lambda email: (email or "visiteur").partition("@")[0])
def test_every_page_is_laid_out_and_accessible(site, open_page, sign_in_as, email):
    page = open_page(PHONE)
    if email:
        sign_in_as(page, email)
    problems, visited = [], []
    for visit in crawl(page, site.url, "/espace/" if email else "/"):
        visited.append(visit.route)
        for viewport in (PHONE, DESKTOP):
            page.set_viewport_size(viewport)
            problems += [f"{visit.path} à {viewport['width']} px : {problem}" for problem in layout_problems(page)]
        problems += [f"{visit.path} : axe {problem}" for problem in axe_problems(page)]
        page.set_viewport_size(PHONE)
    assert problems == []
    assert len(set(visited)) >= (8 if email is None else 4)
