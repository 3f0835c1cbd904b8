"""Every page that each role can reach by links: layout at 375 and 1280 px, axe, no dead link, no route forgotten."""

import pytest

from config.demonstration.accounts import ACCOUNTS
from tests.access.test_matrix import own_routes
from tests.e2e.conftest import PHONE, Crawled

VISITORS = [None, *(account.email for account in ACCOUNTS)]

# Routes that no link of the demonstration leads to, and why.
NOT_LINKED = {
    "health": "for the machine that watches the site",
    "sitemap": "for search engines",
    "robots": "for search engines",
    "media": "pictures of the pages",
    "wagtaildocs_serve": "files of the pages",
    "wagtail_serve": "counted by page of the CMS",
    "components": "for those who make the site",
    "admin/login/": "sends to the sign-in page",
    "django-admin/login/": "sends to the sign-in page",
}


def named(email: str | None) -> str:
    return (email or "visiteur").partition("@")[0]


@pytest.mark.parametrize("email", VISITORS, ids=named)
def test_every_page_is_laid_out_and_accessible(crawled: Crawled, email: str | None) -> None:
    visits, problems = crawled(email)
    assert problems == []
    assert len({visit.route for visit in visits}) >= 8


@pytest.mark.parametrize("email", VISITORS, ids=named)
def test_no_link_is_dead(crawled: Crawled, email: str | None) -> None:
    visits, _problems = crawled(email)
    assert [(visit.path, visit.status) for visit in visits if visit.status not in {None, 200}] == []


def test_every_route_is_reached_by_someone(crawled: Crawled) -> None:
    reached = {visit.route for email in VISITORS for visit in crawled(email)[0]}
    assert sorted(own_routes() - reached - set(NOT_LINKED)) == []
    assert sorted(set(NOT_LINKED) & reached) == [], "un lien y mène maintenant : à retirer de la liste"
