"""Doors of the applicant's space: another's application does not exist, a reader does not write."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from aap.applications.models import Application
from aap.applications.rules import may_edit
from aap.applications.services.locking import READERS_ONLY_READ


def own_application(request: HttpRequest, public_id: uuid.UUID) -> Application:
    """The application, if it is one of the person's organisations'; 404 otherwise."""
    applications = Application.objects.of_members(request.user).select_related(
        "call", "organisation", "questionnaire_version", "theme", "commune"
    )
    return get_object_or_404(applications, public_id=public_id)


def writable_application(request: HttpRequest, public_id: uuid.UUID) -> Application:
    """The same, for someone who may write in it; 403 for a reader."""
    application = own_application(request, public_id)
    if not may_edit(request.user, application):
        raise PermissionDenied(READERS_ONLY_READ)
    return application
