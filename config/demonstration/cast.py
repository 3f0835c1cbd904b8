"""Who plays: organisations and their members, officers, jurors, communications staff. Deterministic for a seed."""

from dataclasses import dataclass
from random import Random

from stdnum import luhn

from aap.organisations.models import MemberRole, Membership, Organisation
from aap.people.models import Role, User
from aap.people.services import grant_role
from aap.territories.models import Commune
from aap.text import sort_key
from config.demonstration.accounts import ACCOUNTS
from config.demonstration.material import FIRST_NAMES, LAST_NAMES, OFFICERS, ORGANISATIONS, WOMEN
from config.demonstration.places import at, of

DOMAIN = "exemple.fr"


def address(first_name: str, last_name: str) -> str:
    """The printed account of that name, else a fictitious address made of it, e.g. `anne-marie.fabre@exemple.fr`."""
    printed = {(account.first_name, account.last_name): account.email for account in ACCOUNTS}
    if (first_name, last_name) in printed:
        return printed[first_name, last_name]
    return f"{sort_key(first_name).replace(' ', '-')}.{sort_key(last_name).replace(' ', '-')}@{DOMAIN}"


def person(first_name: str, last_name: str, *, roles: tuple[Role, ...] = (), email: str = "", **fields: str) -> User:
    """The person of this address, created once, without a usable password."""
    email = email or address(first_name, last_name)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, first_name=first_name, last_name=last_name, **fields)
    for role in roles:
        if not user.has_role(role):
            grant_role(user, role, by=None)
    return user


def officers() -> list[User]:
    """The officers of the service, each with the function that letters print."""
    return [person(first, last, roles=(Role.OFFICER,), job_title=job, phone="04 90 16 15 00") for first, last, job in OFFICERS]


@dataclass(frozen=True)
class Place:
    commune: Commune
    at: str
    of: str


def places(random: Random, count: int) -> list[Place]:
    """`count` communes, the populous ones more often, drawn without the database's order."""
    communes = sorted(Commune.objects.all(), key=lambda commune: (-commune.population, commune.code))
    drawn = communes[: max(12, count // 2)]
    while len(drawn) < count:
        drawn += communes
    drawn = drawn[:count]
    random.shuffle(drawn)
    return [Place(commune, at(commune.name), of(commune.name)) for commune in drawn]


def fictitious_siret(n: int) -> str:
    """The n-th valid SIRET of a range that the demonstration keeps for itself (SIREN in 999…)."""
    siren = f"999{n:05d}"
    siren += luhn.calc_check_digit(siren)
    number = f"{siren}0001"
    return number + luhn.calc_check_digit(number)


def organisations(random: Random, count: int) -> list[tuple[Organisation, User, Place]]:
    """`count` organisations with one member each, marked as fictitious; the same again for the same seed.

    One that an earlier call created stays as it is, with its member and its commune.
    """
    cast = []
    for index, place in enumerate(places(random, count)):
        pattern, _key = ORGANISATIONS[index % len(ORGANISATIONS)]
        name = pattern.format(commune=place.at, of=place.of)
        first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
        cast.append(_known(index) or _organisation(index, name, first, last, place))
    return cast


def _known(index: int) -> tuple[Organisation, User, Place] | None:
    """The organisation of this rank when it exists, with its first member, where it is."""
    memberships = Membership.objects.filter(organisation__siret=fictitious_siret(index), role=MemberRole.ADMINISTRATOR)
    first = memberships.select_related("organisation", "user").order_by("pk").first()
    if first is None:
        return None
    commune = Commune.objects.get(name=first.organisation.city)
    return first.organisation, first.user, Place(commune, at(commune.name), of(commune.name))


def _organisation(index: int, name: str, first: str, last: str, place: Place) -> tuple[Organisation, User, Place]:
    woman = first in WOMEN
    organisation = Organisation.objects.create(
        siret=fictitious_siret(index),
        rna=f"W849{index:06d}",
        name=name,
        address=f"{index % 40 + 1}, rue de la République",
        postcode=(place.commune.postcodes or ["84000"])[0],
        city=place.commune.name,
        email=f"contact-{index}@{DOMAIN}",
        phone=f"04 90 00 {index // 100:02d} {index % 100:02d}",
        representative_title="Madame" if woman else "Monsieur",
        representative_name=f"{first} {last}",
        representative_role="Présidente" if woman else "Président",
        fictitious=True,
    )
    member = person(first, last, email=address(first, last).replace("@", f"-{index}@"))
    Membership.objects.create(organisation=organisation, user=member, role=MemberRole.ADMINISTRATOR)
    return organisation, member, place
