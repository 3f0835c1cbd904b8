"""What officers may do in the administration, given to their group once the permissions exist (after `migrate`)."""

from django.contrib.auth.models import Permission

from aap.people.models import Role
from aap.people.services import role_group

# Nobody deletes a call or a questionnaire. Axes, documents and points come with the call's own form.
OFFICER_PERMISSIONS = (
    "view_call", "add_call", "change_call",
    "view_questionnaire", "add_questionnaire", "change_questionnaire",
    "view_lettertemplate", "add_lettertemplate", "change_lettertemplate",
)  # fmt: skip


def grant_officer_permissions() -> int:
    """Give the group of officers its permissions. Safe to repeat; returns how many it has of them."""
    permissions = Permission.objects.filter(content_type__app_label="aap", codename__in=OFFICER_PERMISSIONS)
    role_group(Role.OFFICER).permissions.add(*permissions)
    return len(permissions)
