"""What is typed to open an account, to sign in, and to look after one's account: allauth's forms in our words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms

from aap.people.models import User
from aap.phone import PhoneField
from aap.tidied import Tidied

PASSWORD_HELP = "Au moins 12 caractères. Quatre mots sans lien entre eux font un bon mot de passe, facile à retenir."  # noqa: S105
PASSWORDS_DIFFER = "Les deux mots de passe ne sont pas les mêmes. Saisissez-les à nouveau."
# autocapitalize and spellcheck: telephones spoil codes and addresses otherwise.
PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


class Worded(Tidied, forms.Form):
    """Labels, helps and required messages of this site on a form of a library; no placeholder repeats a label."""

    wording: ClassVar[dict[str, tuple[str, str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name, (label, help_text, required) in self.wording.items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.help_text = label, help_text
                field.error_messages |= {"required": required}


EMAIL_REQUIRED = "Saisissez votre adresse électronique."
EMAIL = ("Adresse électronique", "", EMAIL_REQUIRED)
NEW_PASSWORD = ("Nouveau mot de passe", PASSWORD_HELP, "Choisissez un mot de passe.")
NEW_PASSWORD_AGAIN = ("Le même mot de passe, encore une fois", "", "Saisissez le mot de passe une seconde fois.")


class TwicePassword(Worded):
    """Say plainly that the two passwords differ (allauth's own sentence is added under the second field)."""

    def add_error(self, field: Any, error: Any) -> None:
        if field == "password2" and not isinstance(error, forms.ValidationError):
            error = PASSWORDS_DIFFER
        super().add_error(field, error)


class SignupForm(TwicePassword, allauth_forms.SignupForm):
    """Open an account: who the person is, how to write to them, a password."""

    wording = {
        "email": ("Adresse électronique", "Nous y enverrons un code pour vérifier qu’elle est bien à vous.", EMAIL_REQUIRED),
        "password1": ("Mot de passe", PASSWORD_HELP, "Choisissez un mot de passe."),
        "password2": NEW_PASSWORD_AGAIN,
    }
    field_order = ["first_name", "last_name", "email", "password1", "password2"]

    first_name = forms.CharField(
        label="Prénom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Saisissez votre prénom."},
    )
    last_name = forms.CharField(
        label="Nom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Saisissez votre nom."},
    )


class LoginForm(Worded, allauth_forms.LoginForm):
    wording = {
        "login": EMAIL,
        "password": ("Mot de passe", "", "Saisissez votre mot de passe."),
        "remember": ("Rester connecté sur cet appareil", "À ne pas cocher sur un ordinateur partagé.", ""),
    }


class ReauthenticateForm(Worded, allauth_forms.ReauthenticateForm):
    wording = {"password": ("Mot de passe", "", "Saisissez votre mot de passe.")}


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordForm):
    wording = {"email": ("Adresse électronique", "Celle avec laquelle vous vous connectez.", EMAIL_REQUIRED)}


class ResetPasswordKeyForm(TwicePassword, allauth_forms.ResetPasswordKeyForm):
    wording = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ChangePasswordForm(TwicePassword, allauth_forms.ChangePasswordForm):
    wording = {
        "oldpassword": ("Mot de passe actuel", "", "Saisissez votre mot de passe actuel."),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }


class SetPasswordForm(TwicePassword, allauth_forms.SetPasswordForm):
    wording = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class AddEmailForm(Worded, allauth_forms.AddEmailForm):
    wording = {
        "email": (
            "Nouvelle adresse électronique",
            "Nous y enverrons un code. L’adresse actuelle reste en place jusque-là.",
            "Saisissez la nouvelle adresse électronique.",
        )
    }


class ConfirmEmailForm(Worded, allauth_forms.ConfirmEmailVerificationCodeForm):
    wording = {
        "code": (
            "Code reçu par courriel",
            "Majuscules ou minuscules, avec ou sans tiret : tout est accepté.",
            "Saisissez le code reçu par courriel.",
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= PLAIN


class ProfileForm(Tidied, forms.ModelForm):
    """What a person may change of their own account without proving anything again."""

    phone = PhoneField(required=False, help_text="Pour vous joindre si une question bloque votre dossier.")

    class Meta:
        model = User
        fields = ["first_name", "last_name", "phone", "job_title"]
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "job_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }
        labels = {"first_name": "Prénom", "last_name": "Nom", "job_title": "Fonction"}
        help_texts = {
            "job_title": "Par exemple : présidente, trésorier, directrice.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, message in (("first_name", "Saisissez votre prénom."), ("last_name", "Saisissez votre nom.")):
            self.fields[name].required = True
            self.fields[name].error_messages |= {"required": message}
