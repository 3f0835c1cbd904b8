"""Doors of the views: what a signed-in person without the right role meets. LoginRequiredMiddleware sees to the others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from aap.people.models import Role, User

View = Callable[..., HttpResponseBase]


def role_required(*roles: Role) -> Callable[[View], View]:
    """Answer 403 unless the person holds one of `roles`. Works on functions and, by method_decorator, on dispatch()."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not (isinstance(request.user, User) and request.user.has_role(*roles)):
                raise PermissionDenied("Votre compte n’a pas le rôle que cette page demande.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


# An administrator stands in for an officer; never for the jury, whose notes are nobody else's.
officer_required = role_required(Role.OFFICER, Role.ADMINISTRATOR)
jury_required = role_required(Role.JUROR, Role.CHAIR)
chair_required = role_required(Role.CHAIR)
administrator_required = role_required(Role.ADMINISTRATOR)
