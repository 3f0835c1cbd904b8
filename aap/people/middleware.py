"""Who may go where before any view: the second factor (ADR 0004), and the door of the administrations."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aap.people.rules import may_administer, may_open_django_admin, needs_second_factor
from aap.people.second_factor import has_second_factor, used_second_factor

# Files, and the supervisor's question: no person's data there.
OPEN_PREFIXES = ("/static/", "/medias/", "/sante/")
# Where one signs in or out: allauth keeps these safe itself.
DOORS = {"account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn", "account_inactive"}
# Where a person who has no second factor yet may go: to set one up, and what that asks on the way.
SETTING_UP = {
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
}

SET_UP = (
    "Votre rôle donne accès aux dossiers de nombreuses personnes : il demande une seconde vérification à la connexion. "
    "Mettez-la en place maintenant, cela prend deux minutes."
)
SIGN_IN_AGAIN = "Cette connexion s’est faite sans votre seconde vérification. Reconnectez-vous : elle vous sera demandée."


class Middleware:
    """A rule applied once the view is known, after the messages are ready."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SecondFactorMiddleware(Middleware):
    """A person who holds a role goes nowhere without a second factor used in this session.

    Judged on `path_info`, which the URLs are resolved from: a front server's SCRIPT_NAME changes `path` and not it.
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user = request.user
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not user.is_authenticated or request.path_info.startswith(OPEN_PREFIXES) or name in DOORS:
            return None
        if not needs_second_factor(user) or used_second_factor(request):
            return None
        if has_second_factor(user):
            logout(request)
            messages.warning(request, SIGN_IN_AGAIN)
            return redirect("account_login")
        if name in SETTING_UP:
            return None
        messages.info(request, SET_UP)
        return redirect("mfa_activate_totp")


class AdministrationMiddleware(Middleware):
    """The administrations answer 403 to a signed-in person who has nothing to do there.

    Their own answer is to send to the sign-in page, which sends a signed-in person back: an endless loop.
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        user = request.user
        if not user.is_authenticated:
            return
        if request.path_info.startswith("/admin/") and not may_administer(user):
            raise PermissionDenied("Cette partie du site est réservée aux équipes du service.")
        if request.path_info.startswith("/django-admin/") and not may_open_django_admin(user):
            raise PermissionDenied("Cette partie du site est réservée aux administrateurs.")
