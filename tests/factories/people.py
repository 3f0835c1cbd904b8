"""People, deterministic: the n-th person is always the same."""

import factory

from aap.people.models import Role, User
from aap.people.services import sync_groups


class UserFactory(factory.django.DjangoModelFactory):
    """An applicant, unless `roles` says more. Password: « motdepasse-de-test »."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or "motdepasse-de-test")
        if create:
            self.save()
            sync_groups(self)


class OfficerFactory(UserFactory):
    roles = [Role.OFFICER.value]


class AdministratorFactory(UserFactory):
    roles = [Role.ADMINISTRATOR.value]
    is_staff = True
    is_superuser = True


class JurorFactory(UserFactory):
    roles = [Role.JUROR.value]


class ChairFactory(UserFactory):
    roles = [Role.CHAIR.value]


class ContributorFactory(UserFactory):
    roles = [Role.CONTRIBUTOR.value]


class PublisherFactory(UserFactory):
    roles = [Role.PUBLISHER.value]
