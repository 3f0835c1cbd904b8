"""What every test may ask for. The network is closed: only this machine is reached."""

import socket
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test import Client

from aap.people.models import User

# No timed assertion, and the same examples at every run: a failure is told again until it is mended.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")

LOCAL = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """A test that reaches outside the machine fails, whatever catches its errors."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"connexion au réseau refusée pendant les tests : {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def empty_queue(request: pytest.FixtureRequest) -> Any:
    """A test that really commits leaves its jobs behind: the flush after it does not know the worker's tables."""
    mark = request.node.get_closest_marker("django_db")
    if not mark or not mark.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


@pytest.fixture
def sign_in() -> Callable[[Client, User], Client]:
    """Sign a person in, with the record of a second factor when a role wants one."""

    def _sign_in(client: Client, user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if user.roles:
            from tests.access.second_factor import give_second_factor

            give_second_factor(client, user)
        return client

    return _sign_in
