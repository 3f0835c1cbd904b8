"""From the definition of a section to a Django form, and from kept answers to what still prevents the deposit."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html

from aap.calls.models import Call
from aap.questionnaires.budget import Limits
from aap.questionnaires.budget_field import BudgetField
from aap.questionnaires.definition import Definition, Question, QuestionType, Section
from aap.questionnaires.fields import (
    MAX_LINE,
    MAX_TEXT,
    YES_NO,
    AnswerField,
    AttestationField,
    DayField,
    LineField,
    OneOfField,
    SeveralOfField,
    TextField,
    ToCorrectError,
    WholeNumberField,
    YesNoField,
    spaced,
)
from aap.questionnaires.indicators_field import IndicatorsField
from aap.questionnaires.problems import Problem
from aap.territories.selectors import commune_choices

TITLE_MAXIMUM = 200
LONG_LIST = 7
NO_ANSWER = ("", "Sans réponse")


class SectionForm(forms.Form):
    """The questions of one section. Draw it with `{% crispy form %}` inside the page's own <form>."""

    use_required_attribute = False

    class Media:
        css = {"all": ["css/budget.css"]}

    def __init__(self, section: Section, *, call: Call, initial_answers: dict[str, Any], draft: bool, data: Any = None) -> None:
        self.section, self.initial_answers = section, initial_answers
        self.to_correct: dict[str, ToCorrectError] = {}
        self.contested: dict[str, dict[str, Any]] = {}
        questions = section.questions
        fields = {question.key: question_field(question, call=call, draft=draft) for question in questions}
        initial = {key: field.to_raw(initial_answers.get(key)) for key, field in fields.items()}
        super().__init__(data, initial=initial, label_suffix="")
        self.fields.update(fields)
        self.questions = fields
        for key, field in fields.items():
            field.previous = initial_answers.get(key)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(_Asked(question) for question in questions))

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None and isinstance(error, ToCorrectError):
            self.to_correct[field] = error
        super().add_error(field, error)

    def answers(self) -> dict[str, Any]:
        """Every question whose answer a draft may keep, as JSON; None when it was left empty or emptied.

        Call it after `is_valid()`. A refused answer is left out, unless it is kept to be corrected: nothing else is lost.
        """
        values = self.cleaned_data | {key: error.kept for key, error in self.to_correct.items()}
        return {
            key: field.to_answer(values[key], self.initial_answers.get(key))
            for key, field in self.questions.items()
            if key in values
        }

    def unkept(self) -> list[str]:
        """What is named on the page as not kept: the questions of which `answers` keeps nothing, or a part only."""
        found = []
        for key, field in self.questions.items():
            error = self.to_correct.get(key)
            if key in self.errors and not (error and error.whole):
                found.append(f"«\u00a0{field.label}\u00a0»{' (lignes signalées)' if error else ''}")
        return found

    def summary(self) -> list[dict[str, str]]:
        """Every error with the very input where it is corrected, named by its question: {text, href}."""
        return [
            {"text": f"{field.label}\u00a0: {text}", "href": f"#{target}"}
            for key, field in self.questions.items()
            for text, target in field.located([str(text) for text in self.errors.get(key, [])], self[key])
        ]

    def take(self, key: str, answer: Any) -> None:
        """Show the kept answer instead of what was sent: somebody else's was chosen, or came first."""
        self.questions[key].shown = self.questions[key].to_raw(answer)
        self.errors.pop(key, None)
        self.to_correct.pop(key, None)
        self.questions[key].forget_problems()

    def contest(self, key: str, context: dict[str, Any]) -> None:
        """Draw under a question the answer that was kept meanwhile, with the context of contested.html."""
        self.contested[key] = context


class _Asked(Field):
    """A question as the page draws it: the words to attest first, what somebody else kept meanwhile last."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.key)
        self.question = question

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> str:
        drawn = super().render(form, context, template_pack=template_pack, **kwargs)
        if self.question.type == QuestionType.ATTESTATION and self.question.legal_text:
            drawn = render_to_string("aap/questionnaires/legal_text.html", {"question": self.question}) + drawn
        if other := form.contested.get(self.question.key):
            drawn += render_to_string("aap/questionnaires/contested.html", other)
        return drawn


def section_form(
    section: Section, *, call: Call, data: Any = None, initial_answers: dict[str, Any], draft: bool
) -> SectionForm:
    """The form of `section`. `data` is what the browser sent; `initial_answers` are the kept answers by question key.

    draft: nothing is compulsory, but what is given must be well formed. Otherwise everything is verified.
    """
    return SectionForm(section, call=call, data=data, initial_answers=initial_answers, draft=draft)


def missing(definition: Definition, call: Call, answers: dict[str, Any]) -> list[Problem]:
    """What prevents the deposit, in reading order; empty when the questionnaire is complete. At most two queries."""
    found = []
    for section in definition.sections:
        for question in section.questions:
            field = question_field(question, call=call, draft=False)
            found += [
                Problem(section.key, question.key, question.label, message)
                for message in _problems(field, answers.get(question.key))
            ]
    return found


def _problems(field: Any, answer: Any) -> list[str]:
    try:
        field.clean(field.to_raw(answer))
    except ValidationError as error:
        return list(error.messages)
    return []


def question_field(question: Question, *, call: Call, draft: bool) -> AnswerField:
    """The form field of one question."""
    common = {"label": question.label, "help_text": _help(question), "required": question.required}
    field = _of_type(question, call, common)
    field.draft = draft
    return field


def _of_type(question: Question, call: Call, common: dict[str, Any]) -> AnswerField:  # noqa: PLR0911
    match question.type:
        case QuestionType.TITLE:
            return LineField(maximum=min(question.max_length or TITLE_MAXIMUM, TITLE_MAXIMUM), **common)
        case QuestionType.SHORT_TEXT:
            return LineField(maximum=min(question.max_length or MAX_LINE, MAX_TEXT), **common)
        case QuestionType.LONG_TEXT:
            return TextField(maximum=min(question.max_length or MAX_TEXT, MAX_TEXT), **common)
        case QuestionType.INTEGER:
            return WholeNumberField(**common)
        case QuestionType.AMOUNT:
            return WholeNumberField(what="montant", **common)
        case QuestionType.DATE | QuestionType.PROJECT_START | QuestionType.PROJECT_END:
            return DayField(**common)
        case QuestionType.BUDGET:
            return BudgetField(limits=limits_of(call), **common)
        case QuestionType.INDICATORS:
            return IndicatorsField(**common)
        case QuestionType.ATTESTATION:
            return AttestationField(legal_text=question.legal_text or question.label, **common)
        case _:
            return _of_choices(question, call, common)


def _of_choices(question: Question, call: Call, common: dict[str, Any]) -> AnswerField:
    nothing = [] if question.required else [NO_ANSWER]
    listed = [(choice, choice) for choice in question.choices]
    match question.type:
        case QuestionType.YES_NO:
            return YesNoField(choices=[*YES_NO, *nothing], widget=forms.RadioSelect, **common)
        case QuestionType.THEME:
            return OneOfField(choices=[*theme_choices(call), *nothing], widget=forms.RadioSelect, **common)
        case QuestionType.COMMUNE:
            return OneOfField(choices=[("", "Choisissez une commune"), *commune_choices()], **common)
        case QuestionType.CHOICES:
            return SeveralOfField(choices=listed, **common)
        case _ if len(listed) > LONG_LIST:
            return OneOfField(choices=[("", "Choisissez dans la liste"), *listed], **common)
        case _:
            return OneOfField(choices=[*listed, *nothing], widget=forms.RadioSelect, **common)


def theme_choices(call: Call) -> list[tuple[str, str]]:
    """The axes of the call, each with its description under its title."""
    detail = '{}<span class="choice-detail">{}</span>'
    return [
        (theme.key, format_html(detail, theme.title, theme.description) if theme.description else theme.title)
        for theme in call.themes.all()
    ]


def limits_of(call: Call) -> Limits:
    """What the call allows a budget."""
    return Limits(floor=call.floor, ceiling=call.ceiling, max_rate=call.max_rate, authority=call.authority)


def _help(question: Question) -> str:
    """The help of the question, with the length allowed when the question sets one."""
    if question.type in {QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT, QuestionType.TITLE} and question.max_length:
        return f"{question.help_text} {spaced(question.max_length)}\u00a0caractères au plus.".strip()
    return question.help_text
