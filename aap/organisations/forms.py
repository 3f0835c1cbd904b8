"""What is typed about an organisation, once, for all its applications."""

from typing import Any, ClassVar

from django import forms

from aap.organisations.models import Organisation
from aap.organisations.rules import clean_siret, validate_siret
from aap.organisations.services import refusal_of_siret
from aap.people.models import User
from aap.phone import PhoneField
from aap.tidied import Tidied

IDENTITY = ["name", "short_name", "rna"]
ADDRESS = ["address", "postcode", "city"]
CONTACT = ["email", "phone", "website"]
REPRESENTATIVE = ["representative_title", "representative_name", "representative_role"]

REQUIRED = {
    "name": "Écrivez le nom de votre structure, tel qu’il figure dans ses statuts.",
    "address": "Écrivez l’adresse du siège\u00a0: numéro et rue, ou lieu-dit.",
    "postcode": "Écrivez le code postal du siège (5 chiffres).",
    "city": "Écrivez la commune du siège.",
    "representative_name": "Écrivez le prénom et le nom de la personne qui représente la structure.",
    "representative_role": "Écrivez sa fonction, par exemple «\u00a0Présidente\u00a0» ou «\u00a0Trésorier ».",
}
# Browsers and telephones fill in what they already know.
ATTRIBUTES: dict[str, dict[str, str]] = {
    "name": {"autocomplete": "organization"},
    "rna": {"autocapitalize": "characters", "spellcheck": "false"},
    "address": {"autocomplete": "street-address"},
    "postcode": {"autocomplete": "postal-code", "inputmode": "numeric"},
    "city": {"autocomplete": "address-level2"},
    "email": {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    "website": {"autocomplete": "url", "autocapitalize": "none", "spellcheck": "false"},
}


class RnaField(forms.CharField):
    """Typed in small letters or with spaces, a RNA number is still right."""

    def to_python(self, value: Any) -> str:
        return "".join(super().to_python(value).split()).upper()


class OrganisationForm(Tidied, forms.ModelForm):
    """Everything but the SIRET: the form to edit with."""

    rna = RnaField(
        label="Numéro RNA",
        required=False,
        help_text="Pour une association\u00a0: W suivi de 9 chiffres, sur le récépissé de la préfecture.",
    )
    phone = PhoneField(required=False)
    website = forms.URLField(label="Site web", required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Organisation
        fields = [*IDENTITY, *ADDRESS, *CONTACT, *REPRESENTATIVE]
        labels: ClassVar[dict[str, str]] = {
            "name": "Nom de la structure",
            "short_name": "Sigle",
            "address": "Adresse du siège",
            "postcode": "Code postal",
            "city": "Commune",
            "email": "Adresse électronique de la structure",
            "representative_title": "Civilité",
            "representative_name": "Prénom et nom",
            "representative_role": "Fonction",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "email": "Une adresse relevée par plusieurs personnes, si vous en avez une.",
            "representative_role": "Par exemple «\u00a0Présidente », «\u00a0Directeur ».",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A title guessed would end up on a letter: the person says it.
        title = self.fields["representative_title"]
        title.choices = [("", "Choisir"), *((value, label) for value, label in title.choices if value)]
        title.error_messages["required"] = "Choisissez la civilité à employer dans les courriers."
        for name, message in REQUIRED.items():
            self.fields[name].error_messages["required"] = message
        for name, attributes in ATTRIBUTES.items():
            self.fields[name].widget.attrs.update(attributes)
        if self.instance.pk is None:
            for name in ("representative_title", "representative_role"):
                self.initial.pop(name, None)
                self.fields[name].initial = ""

    def groups(self) -> list[dict[str, Any]]:
        """The fields as they are read: four short groups."""
        named = [
            ("La structure", IDENTITY),
            ("Son adresse", ADDRESS),
            ("La joindre", CONTACT),
            ("La personne qui la représente", REPRESENTATIVE),
        ]
        return [{"title": title, "fields": [self[name] for name in names if name in self.fields]} for title, names in named]


class NewOrganisationForm(OrganisationForm):
    """The form to register with: the SIRET first, because it decides whether the rest is worth typing."""

    siret = forms.CharField(
        label="Numéro SIRET",
        max_length=30,
        help_text="14 chiffres, avec ou sans espaces. Il est obligatoire pour recevoir une subvention publique.",
        error_messages={"required": "Écrivez le numéro SIRET de votre structure (14 chiffres)."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta(OrganisationForm.Meta):
        fields = ["siret", *OrganisationForm.Meta.fields]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_siret(self) -> str:
        siret = clean_siret(self.cleaned_data["siret"])
        validate_siret(siret)
        if refusal := refusal_of_siret(siret, by=self.user):
            raise forms.ValidationError(refusal)
        return siret

    def groups(self) -> list[dict[str, Any]]:
        groups = super().groups()
        groups[0]["fields"].insert(0, self["siret"])
        return groups
