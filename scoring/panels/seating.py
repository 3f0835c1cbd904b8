"""Who stands behind an address, and what giving them a seat would do."""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from aap.applications.models import Application
from aap.people.models import Role, User
from scoring.panels.models import Panel


@dataclass(frozen=True)
class Seating:
    """What the officer should know before giving a seat: the account that exists, its roles, what stays closed to it."""

    user: User | None
    role: Role
    other_roles: tuple[Role, ...] = ()
    closed: int = 0

    @property
    def surprising(self) -> bool:
        """Whether it deserves a confirmation."""
        return bool(self.other_roles or self.closed)


def seating_of(panel: Panel, email: str, *, is_chair: bool, by: User) -> Seating:
    """What a seat for this address would mean. `closed` counts what `by` may see themselves."""
    role, user = Role.CHAIR if is_chair else Role.JUROR, account_of(email)
    if user is None:
        return Seating(None, role)
    others = tuple(held for held in Role if held in user.roles and held != role)
    closed = Application.objects.visible_to(by).filter(call=panel.call_id).closed_to(user).distinct().count()
    return Seating(user, role, others, closed)


def account_of(email: str) -> User | None:
    """The account of this address, its main one or another that was proved."""
    address = email.strip()
    found = User.objects.filter(email__iexact=address).first()
    if found is None:
        other = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
        found = other.user if other else None
    return found


def is_own_address(email: str, user: User) -> bool:
    """Whether a message to `email` would come to `user`, however it is spelt."""
    own = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    return mailbox(email) in {mailbox(each) for each in own}


def mailbox(email: str) -> str:
    """The address without what mail servers overlook: case, full-width letters, « +label », the spelling of the domain."""
    local, _, domain = unicodedata.normalize("NFKC", email).strip().casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.rstrip(".").encode("idna").decode()
    return f"{local.partition('+')[0]}@{domain}"
