"""What the applicant's pages receive beside the questionnaire: an organisation, a file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aap.applications.bases import Base
from aap.applications.bases import read as read_bases
from aap.calls.models import DocumentRequirement
from aap.files.inspection import DEFAULT_ALLOWED
from aap.organisations.models import Organisation
from aap.organisations.rules import spaced_siret
from aap.organisations.selectors import writable_organisations
from aap.people.models import User


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, organisation: Organisation) -> str:
        return f"{organisation.name} (SIRET {spaced_siret(organisation.siret)})"

    def to_python(self, value: Any) -> Organisation | None:
        try:
            return super().to_python(value)
        except ValidationError:
            # What is not even an identifier is told as any other wrong choice, not in the database's words.
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class StartForm(forms.Form):
    """In whose name the application is made."""

    organisation = OrganisationChoice(
        label="Au nom de quelle structure\u00a0?",
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez la structure qui porte le projet.",
            "invalid_choice": "Choisissez une structure de la liste.",
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = writable_organisations(user).order_by("sort_key", "pk")
        self.fields["organisation"].queryset = found
        first = found.first()
        self.initial.setdefault("organisation", first.public_id if first else None)


class SectionExtrasForm(forms.Form):
    """What a section sends beside its answers: what was on the page, and the questions for which it takes the kept answer.

    Its names cannot be those of a question, which begin with a letter.
    """

    prefix = "_"
    bases = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    taken = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken"].choices = [(key, key) for key in keys]

    def read(self) -> tuple[dict[str, Base], set[str]]:
        """The bases and the taken keys; nothing in place of what cannot be read."""
        self.is_valid()
        return read_bases(self.cleaned_data.get("bases", "")), set(self.cleaned_data.get("taken", ()))


class DocumentForm(forms.Form):
    """One file. Its content, size and type are judged by the service, which explains its refusals."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": "Choisissez d’abord un fichier sur votre appareil.",
            "invalid": "Le fichier n’est pas arrivé. Recommencez.",
        },
    )

    def __init__(self, *args: Any, requirement: DocumentRequirement, another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, prefix=requirement.key, **kwargs)
        self.requirement = requirement
        field = self.fields["file"]
        field.label = "Ajouter un autre fichier" if another else "Choisir un fichier"
        size = f"{requirement.max_megabytes}\u00a0Mo"
        field.help_text = f"{', '.join(each.upper() for each in DEFAULT_ALLOWED)} – {size} au plus. Une photo nette convient."
        field.widget.attrs["accept"] = ",".join(f".{each}" for each in (*DEFAULT_ALLOWED, "jpeg"))
