"""What is typed for the second factor: allauth's forms in our words."""

import struct
from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms

from aap.people.forms import PLAIN, Worded

UNREADABLE_KEY = "La réponse de la clé n’a pas été comprise. Recommencez ; si cela continue, utilisez votre mot de passe."


class CodeForm(Worded):
    """A code read on a telephone: the keyboard and the browser help to type it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= PLAIN


class AuthenticateForm(CodeForm, base_forms.AuthenticateForm):
    wording = {
        "code": (
            "Code de vérification",
            "Les six chiffres affichés par votre application, ou l’un de vos codes de secours.",
            "Saisissez le code de vérification.",
        )
    }


class ReauthenticateForm(CodeForm, base_forms.ReauthenticateForm):
    wording = AuthenticateForm.wording


class ActivateAuthenticatorForm(CodeForm, totp_forms.ActivateTOTPForm):
    wording = {
        "code": (
            "Code affiché par l’application",
            "Six chiffres, qui changent toutes les 30 secondes.",
            "Saisissez les six chiffres affichés par l’application.",
        )
    }

    @property
    def grouped_secret(self) -> str:
        """The key in groups of four characters, to be read and typed without losing one's place."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class CredentialField(forms.JSONField):
    """JSON so deep or with numbers so long that it cannot be read is refused like any other that is not JSON."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(UNREADABLE_KEY) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing to show again: a key answers anew each time."""
        return None


class Credential(forms.Form):
    """What a passkey answers, or anything else that someone sends in its place: the library stumbles on some of it."""

    credential = CredentialField(widget=forms.HiddenInput)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (LookupError, TypeError, ValueError, AttributeError, struct.error):
            self.cleaned_data = {}
            self.add_error(None, UNREADABLE_KEY)


class LoginPasskeyForm(Credential, webauthn_forms.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(Credential, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(Credential, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(Credential, Worded, webauthn_forms.AddWebAuthnForm):
    wording = {
        "name": ("Nom de la clé", "Pour la reconnaître dans la liste : « Ordinateur du bureau », « Mon téléphone ».", ""),
        "passwordless": (
            "Me connecter avec cette clé seule, sans mot de passe",
            "La clé demandera alors votre empreinte, votre visage ou un code.",
            "",
        ),
        "credential": ("Clé", "", "La clé n’a pas été créée. Choisissez « Créer la clé », puis suivez votre appareil."),
    }


class RenamePasskeyForm(Worded, webauthn_forms.EditWebAuthnForm):
    wording = {"name": ("Nom de la clé", "", "Donnez un nom à la clé.")}
