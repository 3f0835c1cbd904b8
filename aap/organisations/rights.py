"""What a membership allows."""

from aap.organisations.models import MemberRole, Membership, Organisation
from aap.people.models import User

WRITERS = (MemberRole.ADMINISTRATOR, MemberRole.EDITOR)


def may_edit_organisation(user: User, organisation: Organisation) -> bool:
    """Members edit their organisation, except those who only read."""
    return Membership.objects.filter(user=user, organisation=organisation, role__in=WRITERS).exists()
