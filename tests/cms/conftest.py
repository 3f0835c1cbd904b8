"""The site as the command creates it, and the people who edit it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from aap.people.models import Role, User
from aap.people.services import ensure_groups, role_group, sync_groups
from cms.pages.models import CallPage, HomePage
from cms.pages.rights import grant_editing_rights
from cms.pages.seed import present_call, seed_site
from tests.factories.calls import CallFactory, DocumentRequirementFactory, ThemeFactory
from tests.factories.people import UserFactory

SITE_FILE = settings.BASE_DIR / "config" / "site" / "vaucluse.json"
PARIS = ZoneInfo("Europe/Paris")
OPENING = datetime(2025, 3, 3, 9, 0, tzinfo=PARIS)
BEFORE = datetime(2025, 2, 10, 12, 0, tzinfo=PARIS)
DURING = datetime(2025, 3, 20, 12, 0, tzinfo=PARIS)
CLOSING = datetime(2025, 4, 14, 12, 0, tzinfo=PARIS)
AFTER = datetime(2025, 4, 14, 12, 0, 1, tzinfo=PARIS)


@pytest.fixture
def site(db: None) -> HomePage:
    """The seeded site; its home page."""
    ensure_groups()
    grant_editing_rights(role_group(Role.CONTRIBUTOR), role_group(Role.PUBLISHER))
    seed_site(SITE_FILE)
    return HomePage.objects.get()


@pytest.fixture
def make_call_page(site: HomePage) -> Callable[..., CallPage]:
    """A call with two axes and two documents, and its page."""

    def make(title: str = "Appel à projets 2025", **fields: Any) -> CallPage:
        values = {"opens_at": OPENING, "closes_at": CLOSING, "committee_on": date(2025, 6, 20), **fields}
        call = CallFactory(title=title, envelope=Decimal(120000), **values)
        ThemeFactory.create_batch(2, call=call)
        DocumentRequirementFactory(call=call, label="Statuts")
        DocumentRequirementFactory(call=call, label="Devis", required=False)
        return present_call(call, title=title, lead="Le Département peut soutenir votre projet.")

    return make


@pytest.fixture
def editor(site: HomePage, client: Client, sign_in: Callable[[Client, User], Client]) -> Callable[[Role], Client]:
    """Sign in a person with one role, groups included."""

    def enter(role: Role) -> Client:
        user = UserFactory(roles=[role.value])
        sync_groups(user)
        return sign_in(client, user)

    return enter
