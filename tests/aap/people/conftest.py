"""People as they come to the sign-in pages."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail

from aap.people.models import Role, User
from aap.people.services import open_account, set_roles

PASSWORD = "quatre-mots-sans-lien"


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """An account with a verified address and the password above."""

    def _person(*roles: Role, email: str = "nadia@exemple.fr") -> User:
        user = open_account(email, first_name="Nadia", last_name="Benali", password=PASSWORD)
        return set_roles(user, list(roles), by=None)

    return _person


def current_code(secret: str) -> str:
    """What the application on the telephone shows now."""
    counter = next(totp.yield_hotp_counters_from_time()) + 1
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def activate_application(user: User) -> str:
    """Give `user` an application of codes; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    assert Authenticator.objects.filter(user=user).count() == 1
    return secret


def code_in_last_mail() -> str:
    """The code of the last message sent."""
    found = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]
