"""An officer at the desk, and a call with work."""

from collections.abc import Callable

import pytest
from django.test import Client

from aap.calls.models import Call
from aap.people.models import User
from tests.factories.calls import CallFactory, ThemeFactory
from tests.factories.people import OfficerFactory


@pytest.fixture
def officer(db: None) -> User:
    return OfficerFactory(first_name="Camille", last_name="Durand")


@pytest.fixture
def desk(client: Client, officer: User, sign_in: Callable[[Client, User], Client]) -> Client:
    """The browser of the officer."""
    return sign_in(client, officer)


@pytest.fixture
def call(db: None) -> Call:
    call = CallFactory(slug="appel", title="Inclusion numérique", prefix="FNE25")
    ThemeFactory(call=call, key="aller-vers", title="Aller vers", position=1)
    ThemeFactory(call=call, key="former", title="Former", position=2)
    return call
