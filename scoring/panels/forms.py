"""What the secretariat and the jurors type."""

from typing import Any

from django import forms

from aap.fields import LineField
from scoring.panels.models import InterestDeclaration, Juror, Panel
from scoring.panels.selectors import InterestRow


class JurorForm(forms.Form):
    """Add somebody to the jury, known or not."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="La personne reçoit un message avec le lien de son espace.",
        error_messages={"required": "Saisissez l’adresse électronique de la personne."},
    )
    first_name = LineField(label="Prénom", required=False, max_length=150, help_text="Inutile si elle a déjà un compte.")
    last_name = LineField(label="Nom", required=False, max_length=150)
    quality = forms.ChoiceField(label="Qualité", choices=Juror.Quality.choices)
    body = LineField(label="Organisme représenté", required=False, max_length=120)
    voting = forms.BooleanField(label="Voix délibérative : sa note compte", required=False, initial=True)
    is_chair = forms.BooleanField(label="Préside le jury", required=False)


class PanelForm(forms.ModelForm):
    """How the jury works."""

    class Meta:
        model = Panel
        fields = ["reviews_per_application", "reviews_due_on"]
        widgets = {"reviews_due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "reviews_per_application": "En dessous de ce nombre, un dossier n’est pas classé.",
            "reviews_due_on": "Rappelée à chaque membre du jury.",
        }


class InterestForm(forms.Form):
    """A juror's declarations, one row an organisation; a row left empty may be completed another day."""

    def __init__(self, *args: Any, rows: list[InterestRow], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.interest_rows = rows
        for row in rows:
            self.fields[f"answer_{row.key}"] = forms.ChoiceField(
                label=row.organisation.name, choices=InterestDeclaration.Answer.choices, required=False,
                initial=row.answer, widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"detail_{row.key}"] = LineField(
                label="Nature de l’intérêt", required=False, max_length=200,
                help_text="Par exemple : une fonction au bureau, un emploi, un lien de famille avec un membre, une fourniture.",
            )  # fmt: skip

    @property
    def drawn(self) -> list[tuple[InterestRow, forms.BoundField, forms.BoundField]]:
        return [(row, self[f"answer_{row.key}"], self[f"detail_{row.key}"]) for row in self.interest_rows]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in self.interest_rows:
            if (
                data.get(f"answer_{row.key}") == InterestDeclaration.Answer.INTEREST
                and not data.get(f"detail_{row.key}", "").strip()
            ):
                self.add_error(
                    f"detail_{row.key}", "Dites en quelques mots de quel intérêt il s’agit : le procès-verbal en a besoin."
                )
        return data

    def declarations(self) -> list[tuple[InterestRow, str, str]]:
        """(row, answer, detail) for each row answered differently from what is stored."""
        answered = [
            (row, self.cleaned_data.get(f"answer_{row.key}", ""), self.cleaned_data.get(f"detail_{row.key}", ""))
            for row in self.interest_rows
        ]
        return [(row, answer, detail) for row, answer, detail in answered if answer and answer != row.answer]
