"""Organisations with right SIRET numbers."""

import factory
from stdnum import luhn

from aap.organisations.models import MemberRole, Membership, Organisation
from tests.factories.people import UserFactory


def siret(n: int) -> str:
    """The n-th valid SIRET: a SIREN with its key, then an establishment with the key of the whole."""
    siren = f"{90000000 + n:08d}"
    siren += luhn.calc_check_digit(siren)
    number = siren + "0001"
    return number + luhn.calc_check_digit(number)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    siret = factory.Sequence(siret)
    rna = factory.Sequence(lambda n: f"W84{n:07d}")
    name = factory.Sequence(lambda n: f"Association {n}")
    address = "1, rue des Écoles"
    postcode = "84000"
    city = "Avignon"
    representative_name = "Anne Martin"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.ADMINISTRATOR
