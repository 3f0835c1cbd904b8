"""The access matrix, compared with what the site answers. Add routes in `matrix.py`, people and objects in `world.py`."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from aap.people.middleware import AdministrationMiddleware
from tests.access.matrix import ABSENT, ADMINISTRATIONS, FORBIDDEN, LOGIN, PEOPLE, ROUTES, Route
from tests.access.world import World

pytestmark = pytest.mark.django_db
REFUSALS = {LOGIN, FORBIDDEN, ABSENT}
EXAMPLES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}


def patterns(resolver: URLResolver | None = None, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route of the site: its full name (its address when it has none), and its address as written."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield (f"{namespace}{entry.name}" if entry.name else address), address
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, address)


def is_administration(address: str) -> bool:
    return address.startswith(tuple(ADMINISTRATIONS))


def own_routes() -> set[str]:
    names = {name for name, address in patterns() if not is_administration(address)}
    return names | {"admin/login/", "django-admin/login/"}


def test_every_route_is_in_the_matrix() -> None:
    listed = [route.name for route in ROUTES]
    assert sorted(own_routes() - set(listed)) == [], "à ajouter dans tests/access/matrix.py"
    assert sorted(set(listed) - own_routes()) == [], "n’existe plus : à retirer de tests/access/matrix.py"
    rows = [str(route) for route in ROUTES]
    assert sorted(row for row in set(rows) if rows.count(row) > 1) == [], "deux fois la même ligne : nommez le cas (case=…)"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def clients(world: World, sign_in: Any) -> dict[str, Client]:
    """One browser per person."""
    opened = {}
    for name, person in world.people.items():
        client = Client(raise_request_exception=False)
        opened[name] = client if isinstance(person, AnonymousUser) else sign_in(client, person)
    return opened


def address_of(route: Route, world: World) -> str:
    if "/" in route.name:
        return f"/{route.name}"
    kwargs = dict(route.kwargs(world))
    return reverse(route.name, args=kwargs.pop("args", None), kwargs=kwargs or None)


def answer(response: HttpResponse) -> int | str:
    if response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login")):
        return LOGIN
    return response.status_code


def ask(client: Client, address: str, method: str) -> int | str:
    """The answer, without a trace: what the request wrote is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return answer(response)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_route_answers_as_the_matrix_says(route: Route, world: World, clients: dict[str, Client]) -> None:
    address = address_of(route, world)
    wrong = []
    for person in PEOPLE:
        expected = route.cells[person]
        got, sent = ask(clients[person], address, "get"), ask(clients[person], address, "post")
        if route.post:
            # A method that is not accepted may be said before anything else; it tells nothing of the object.
            if got not in {405, *(REFUSALS & {expected})}:
                wrong.append(f"{person} : GET {got}, attendu 405")
            fits = sent == expected if expected in REFUSALS else sent in {200, 204, 302, 400, 409, 422}
            if not fits:
                wrong.append(f"{person} : POST {sent}, attendu {expected}")
            continue
        if got != expected:
            wrong.append(f"{person} : GET {got}, attendu {expected}")
        if expected in REFUSALS and sent not in {expected, 405}:
            wrong.append(f"{person} : POST {sent}, attendu {expected}")
        if isinstance(sent, int) and sent >= 500:
            wrong.append(f"{person} : POST {sent}")
    assert wrong == [], address


def example(address: str) -> str:
    """An address that the pattern accepts, whatever its object: the door is before the view."""
    address = re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], address)
    address = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", address)
    return "/" + re.sub(r"[\^$\\?]", "", address)


def door(address: str, person: Any) -> int | str:
    """What the two middlewares of the door say of an address, before any view. OK (200) when they let in."""
    request = RequestFactory().get(address)
    request.user = person
    match = resolve(address)
    request.resolver_match = match
    response = LoginRequiredMiddleware(ok).process_view(request, match.func, match.args, match.kwargs)
    if response is not None:
        return LOGIN
    try:
        AdministrationMiddleware(ok).process_view(request, match.func, match.args, match.kwargs)
    except PermissionDenied:
        return FORBIDDEN
    return 200


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("prefix", ADMINISTRATIONS)
def test_every_route_of_an_administration_is_closed_before_its_view(prefix: str, world: World) -> None:
    """Hundreds of routes: the door is asked, not the whole site."""
    addresses = sorted({example(address) for _name, address in patterns() if address.startswith(prefix)})
    assert len(addresses) > 10
    wrong = [
        (address, "anonymous")
        for address in addresses
        # The sign-in pages, and Wagtail's own API: public for the middleware, they refuse an anonymous visitor themselves.
        if door(address, world.people["anonymous"]) != LOGIN and answer(Client().get(address)) != LOGIN
    ]
    for person in ADMINISTRATIONS[prefix]:
        wrong += [(address, person) for address in addresses if door(address, world.people[person]) != FORBIDDEN]
    assert wrong == []


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/1/", "/admin/images/", "/django-admin/", "/django-admin/aap/user/"]
)
def test_administration_answers_so_from_end_to_end(address: str, clients: dict[str, Client]) -> None:
    prefix = next(prefix for prefix in ADMINISTRATIONS if address.startswith(f"/{prefix}"))
    got = {person: ask(clients[person], address, "get") for person in ADMINISTRATIONS[prefix]}
    assert got == dict.fromkeys(ADMINISTRATIONS[prefix], FORBIDDEN)
    last = clients["anonymous"].get(address, follow=True).redirect_chain[-1][0]
    assert last.startswith(reverse("account_login"))
