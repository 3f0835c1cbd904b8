"""What is typed for the second factor: allauth's forms in our words."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms

from aap.people.forms import PLAIN, Worded


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


class AddPasskeyForm(Worded, webauthn_forms.AddWebAuthnForm):
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
