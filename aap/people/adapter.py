"""How allauth meets our people: its words in French, its messages, its rules of freshness."""

import logging
import time
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from aap.mail.services import absolute
from aap.people.models import User

logger = logging.getLogger(__name__)

INCORRECT_CODE = "Ce code n’est pas le bon, ou il n’est plus valable. Vérifiez les caractères, ou demandez un nouveau code."
INCORRECT_APP_CODE = (
    "Ce code n’est pas le bon, ou il a changé entre-temps. Saisissez le code affiché en ce moment par votre application."
)


class AccountAdapter(DefaultAccountAdapter):
    """Mail and addresses of this site."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Ce compte est désactivé. Écrivez-nous pour le rouvrir : l’adresse est en bas de la page.",
        "duplicate_email": "C’est déjà l’adresse de votre compte. Saisissez la nouvelle.",
        "email_password_mismatch": (
            "L’adresse électronique ou le mot de passe ne correspond pas. Vérifiez les deux, "
            "ou choisissez « Mot de passe oublié ? »."
        ),
        "email_taken": "Cette adresse ne peut pas être utilisée. Choisissez-en une autre, ou connectez-vous avec elle.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel. Saisissez celui avec lequel vous vous connectez.",
        "incorrect_code": INCORRECT_CODE,
        "incorrect_password": "Ce mot de passe n’est pas le bon. Saisissez celui avec lequel vous vous connectez.",
        "invalid_or_expired_key": "Ce lien n’est plus valable. Demandez-en un nouveau.",
        "invalid_password_reset": "Ce lien n’est plus valable. Demandez-en un nouveau.",
        "too_many_login_attempts": "Trop d’essais en peu de temps. Attendez cinq minutes, puis réessayez.",
        "unverified_primary_email": "Vérifiez d’abord votre adresse électronique.",
        "same_as_current": "C’est déjà cette adresse. Saisissez-en une autre.",
        "rate_limited": "Vous venez de demander un code. Attendez quelques secondes avant d’en demander un autre.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, outside the outbox: codes and links that open an account are never stored."""
        words = {
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": absolute("/"),
            "login_url": absolute(reverse("account_login")),
            "signup_url": absolute(reverse("account_signup")),
            "password_reset_url": absolute(reverse("account_reset_password")),
            "code_minutes": account_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
        }
        try:
            super().send_mail(template_prefix, email, words | context)
        except (SMTPException, OSError):
            logger.exception("Message %s not sent", template_prefix)
            if self.request is not None:
                messages.error(
                    self.request,
                    "Le courriel n’a pas pu partir. Réessayez dans quelques minutes ; si cela continue, écrivez-nous.",
                )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address: the one of the request could have been forged."""
        uid, _, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account" if self.request.user.is_authenticated else "account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Someone who signed in a few minutes ago is not asked for the password again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = any(time.time() - record["at"] < account_settings.REAUTHENTICATION_TIMEOUT for record in records)
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        words = {
            "reauthenticate": "Utiliser mon mot de passe",
            "mfa_reauthenticate": "Utiliser un code de mon application",
            "mfa_reauthenticate:webauthn": "Utiliser ma clé d’accès",
        }
        return [{**method, "description": words[method["id"]]} for method in super().get_reauthentication_methods(user)]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names and errors of the second factor."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Ce moyen de vérification ne peut pas être retiré.",
        "cannot_generate_recovery_codes": (
            "Les codes de secours accompagnent une application ou une clé d’accès. Ajoutez d’abord l’une des deux."
        ),
        "incorrect_code": INCORRECT_APP_CODE,
        "unverified_email": "Vérifiez d’abord votre adresse électronique : « Mon compte », puis « Adresse électronique ».",
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's own name
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Ma clé d’accès" if count == 0 else f"Clé d’accès n° {count + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Someone who holds a role keeps at least one second factor; replacing it is adding first, removing after."""
        person = User.objects.get(pk=authenticator.user_id)
        if not settings.SECOND_FACTOR_REQUIRED or not person.roles:
            return True
        others = Authenticator.objects.filter(user=person).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def _get_site_name(self) -> str:
        return settings.WAGTAIL_SITE_NAME
