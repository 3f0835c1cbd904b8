"""A jury of three with two applications, each person signed in on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client

from aap.applications.models import Application
from aap.people.models import User
from scoring.panels.models import Juror, Panel
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import OfficerFactory
from tests.factories.scoring import admissible, make_juror, make_panel


@dataclass
class Jury:
    """The cast of a jury's tests."""

    panel: Panel
    officer: User
    chair: Juror
    one: Juror
    two: Juror
    first: Application
    second: Application
    extra: list[Application] = field(default_factory=list)


@pytest.fixture
def jury(db: None) -> Jury:
    panel = make_panel()
    return Jury(
        panel=panel,
        officer=OfficerFactory(),
        chair=make_juror(panel, is_chair=True),
        one=make_juror(panel),
        two=make_juror(panel),
        first=admissible(panel, organisation=OrganisationFactory(name="Zénith", city="Apt"), title="Projet-secret-un"),
        second=admissible(panel, organisation=OrganisationFactory(name="Étincelle", city="Sault"), title="Projet-secret-deux"),
    )


@pytest.fixture
def as_user(sign_in: Callable[[Client, User], Client]) -> Callable[[User], Client]:
    """A browser of one's own for each person."""
    return lambda user: sign_in(Client(), user)
