"""Register an organisation, and keep it true."""

from typing import Any

from django.db import IntegrityError, transaction

from aap.errors import DomainError
from aap.history.services import record
from aap.organisations.models import MemberRole, Membership, Organisation
from aap.organisations.rights import may_edit_organisation
from aap.people.models import User

ALREADY_REGISTERED = (
    "Cette structure est déjà inscrite sur le site. Demandez à l’une des personnes qui s’en occupent de vous y rattacher\u00a0: "
    "vous retrouverez alors ses informations sans les saisir de nouveau."
)
ALREADY_YOURS = "Vous faites déjà partie de cette structure\u00a0: vous la trouvez dans «\u00a0Ma structure »."


def chain_of(organisation: Organisation) -> str:
    """The name of this organisation's chain of events."""
    return f"organisation:{organisation.public_id}"


def refusal_of_siret(siret: str, *, by: User) -> str:
    """Why an organisation of this SIRET cannot be registered again; empty when it can. Says nothing of what is stored."""
    existing = Organisation.objects.filter(siret=siret).values_list("pk", flat=True).first()
    if existing is None:
        return ""
    return ALREADY_YOURS if Membership.objects.filter(organisation=existing, user=by).exists() else ALREADY_REGISTERED


@transaction.atomic
def create_organisation(*, by: User, **values: Any) -> Organisation:
    """Register an organisation; its creator administers it. Raises DomainError when the SIRET is already registered."""
    if refusal := refusal_of_siret(values["siret"], by=by):
        raise DomainError(refusal)
    try:
        # Two people may register the same organisation at once: the second meets the constraint.
        with transaction.atomic():
            organisation = Organisation.objects.create(**values)
    except IntegrityError as error:
        raise DomainError(ALREADY_REGISTERED) from error
    Membership.objects.create(organisation=organisation, user=by, role=MemberRole.ADMINISTRATOR)
    record(chain_of(organisation), "organisation_created", by=by)
    return organisation


@transaction.atomic
def update_organisation(organisation: Organisation, *, by: User, **values: Any) -> Organisation:
    """Write what changed, the SIRET excepted: another SIRET is another establishment."""
    if not may_edit_organisation(by, organisation):
        raise DomainError("Votre rattachement à cette structure permet de lire, pas de modifier.")
    if "siret" in values:
        raise DomainError("Le numéro SIRET ne se modifie pas. Écrivez au service si votre structure en a changé.")
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
    if changed:
        for name in changed:
            setattr(locked, name, values[name])
        locked.save()
        record(chain_of(locked), "organisation_updated", by=by, fields=changed)
    organisation.refresh_from_db()
    return organisation
