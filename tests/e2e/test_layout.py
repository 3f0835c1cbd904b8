"""Every page that each role can reach by links: layout at 375 and 1280 px, axe, no dead link, no route forgotten."""

import pytest

from config.demonstration.accounts import ACCOUNTS
from tests.access.matrix import ROUTES
from tests.access.test_matrix import own_routes
from tests.e2e.conftest import Crawled, named

VISITORS = [None, *(account.email for account in ACCOUNTS)]

# What no link of the demonstration leads to, and why. Addresses that only receive (POST) are those of the access matrix.
ONLY_RECEIVES = {route.name for route in ROUTES if route.post}
FOR_MACHINES = {
    "health": "watches the site",
    "sitemap": "search engines",
    "robots": "search engines",
    "media": "pictures of the pages",
    "original_media": "pictures of the pages",
    "wagtailcore_login": "where a page kept for signed-in people sends visitors",
    "wagtaildocs_serve": "files of the pages",
    "wagtail_serve": "counted by page of the CMS",
    "components": "for those who make the site",
    "admin/login/": "sends to the sign-in page",
    "django-admin/login/": "sends to the sign-in page",
}
STEPS_OF_AN_ACCOUNT = {
    "account_email_verification_sent": "while a code is awaited: test_journey",
    "account_inactive": "a closed account",
    "account_logout": "reached by a button that sends a form",
    "account_reauthenticate": "an old session, before something sensitive",
    "account_reset_password_done": "after the form",
    "account_reset_password_from_key": "a link used once, in a mail",
    "account_reset_password_from_key_done": "after the form",
    "account_set_password": "an account opened by somebody else",
    "mfa_authenticate": "after the password, with a second factor",
    "mfa_reauthenticate": "an old session, with a second factor",
    "mfa_reauthenticate_webauthn": "an old session, with a key",
    "mfa_login_webauthn": "called by a script",
    "mfa_deactivate_totp": "with a second factor",
    "mfa_list_webauthn": "with a key",
    "mfa_edit_webauthn": "with a key",
    "mfa_remove_webauthn": "with a key",
    "mfa_view_recovery_codes": "with a second factor",
    "mfa_generate_recovery_codes": "with a second factor",
    "mfa_download_recovery_codes": "with a second factor",
}
PLAYED_ELSEWHERE = {
    "decisions:letter": "after the decision is displayed: test_first_tasks",
    "decisions:resolution": "once the jury has sat: test_journey",
    "decisions:release_progress": "a part of a page, asked by a script: test_journey",
    "decisions:release_publish": "letters checked, not yet released: test_journey",
    "desk:declare_admissible": "every point found in order: test_journey",
    "scoring:hand_in": "once the ballot is complete: test_first_tasks",
}
NOT_LINKED = {*ONLY_RECEIVES, *FOR_MACHINES, *STEPS_OF_AN_ACCOUNT, *PLAYED_ELSEWHERE}


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
    assert sorted(own_routes() - reached - NOT_LINKED) == []
    assert sorted(NOT_LINKED & reached) == [], "un lien y mène maintenant : à retirer de la liste"
