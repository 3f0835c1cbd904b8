"""What allauth knows of a person's second factor."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.dispatch import receiver
from django.http import HttpRequest

from aap.people.models import User

REAL = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session went through a second factor (a code, a passkey)."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def has_second_factor(user: User) -> bool:
    """Whether the person has set up an authenticator or a passkey. Recovery codes alone are not one."""
    return is_mfa_enabled(user, REAL)


@receiver(authenticator_added, dispatch_uid="aap.people.record_new_factor")
def record_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    """Setting a factor up proves that one holds it: the session need not start again."""
    if authenticator.type in REAL:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
