"""The blocks with which officers compose a questionnaire in Wagtail's admin."""

from django.core.validators import RegexValidator
from wagtail import blocks

from aap.questionnaires.definition import QuestionType

KEY_VALIDATOR = RegexValidator(
    r"^[a-z][a-z0-9_]{1,39}$", "Une clé s’écrit en minuscules sans accent, par exemple besoin_local."
)

TYPE_LABELS = {
    QuestionType.TITLE: "Intitulé du projet",
    QuestionType.THEME: "Axe de l’appel",
    QuestionType.COMMUNE: "Commune principale du projet",
    QuestionType.BUDGET: "Budget prévisionnel",
    QuestionType.PROJECT_START: "Début du projet (date)",
    QuestionType.PROJECT_END: "Fin du projet (date)",
    QuestionType.SHORT_TEXT: "Texte court",
    QuestionType.LONG_TEXT: "Texte long",
    QuestionType.INTEGER: "Nombre entier",
    QuestionType.AMOUNT: "Montant en euros",
    QuestionType.DATE: "Date",
    QuestionType.YES_NO: "Oui ou non",
    QuestionType.CHOICE: "Choix unique",
    QuestionType.CHOICES: "Choix multiple",
    QuestionType.INDICATORS: "Tableau d’indicateurs",
    QuestionType.ATTESTATION: "Attestation à cocher",
}


class QuestionBlock(blocks.StructBlock):
    """One question."""

    key = blocks.CharBlock(
        label="Clé", max_length=40, validators=[KEY_VALIDATOR], help_text="ne change plus jamais une fois publiée"
    )
    type = blocks.ChoiceBlock(label="Type", choices=[(kind.value, label) for kind, label in TYPE_LABELS.items()])
    label = blocks.CharBlock(label="Question", max_length=255)
    help_text = blocks.TextBlock(label="Aide", required=False)
    required = blocks.BooleanBlock(label="Réponse obligatoire", required=False, default=True)
    max_length = blocks.IntegerBlock(label="Nombre maximal de caractères", required=False, min_value=1, max_value=20000)
    choices = blocks.ListBlock(
        blocks.CharBlock(label="Choix", max_length=200), label="Choix proposés", default=[], collapsed=True
    )
    legal_text = blocks.TextBlock(label="Texte de l’attestation", required=False, help_text="conservé tel quel avec la réponse")
    hidden_from_jury = blocks.BooleanBlock(
        label="Réservée au service", required=False, help_text="le jury ne voit pas la réponse : elle ne sert pas à noter"
    )

    class Meta:
        icon = "help"
        label = "Question"
        label_format = "{label}"


class SectionBlock(blocks.StructBlock):
    """A section, with its questions."""

    key = blocks.CharBlock(label="Clé", max_length=40, validators=[KEY_VALIDATOR])
    title = blocks.CharBlock(label="Titre de la rubrique", max_length=120)
    intro = blocks.TextBlock(label="Introduction", required=False)
    questions = blocks.ListBlock(QuestionBlock(), label="Questions", collapsed=True)

    class Meta:
        icon = "form"
        label = "Rubrique"
        label_format = "{title}"
