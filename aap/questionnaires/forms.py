"""From the definition of a section to a Django form, and from kept answers to what still prevents the deposit."""

from dataclasses import dataclass
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
    WholeNumberField,
    YesNoField,
    spaced,
)
from aap.questionnaires.indicators_field import IndicatorsField
from aap.territories.selectors import commune_choices

TITLE_MAXIMUM = 200
LONG_LIST = 7
NO_ANSWER = ("", "Sans réponse")


@dataclass(frozen=True)
class Problem:
    """One thing to do before the deposit. `message` is a French sentence."""

    section_key: str
    question_key: str
    label: str
    message: str


class SectionForm(forms.Form):
    """The questions of one section. Draw it with `{% crispy form %}` inside the page's own <form>."""

    use_required_attribute = False

    class Media:
        css = {"all": ["css/budget.css"]}

    def __init__(self, section: Section, *, call: Call, initial_answers: dict[str, Any], draft: bool, data: Any = None) -> None:
        self.section, self.initial_answers = section, initial_answers
        questions = section.questions
        fields = {question.key: question_field(question, call=call, draft=draft) for question in questions}
        initial = {key: field.to_raw(initial_answers.get(key)) for key, field in fields.items()}
        super().__init__(data, initial=initial, label_suffix="")
        self.fields.update(fields)
        self.questions = fields
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(_drawn(question) for question in questions))

    def answers(self) -> dict[str, Any]:
        """Every question whose answer is acceptable, as JSON; None when it was left empty or emptied.

        Call it after `is_valid()`: a refused answer is left out, so that the others may be kept.
        """
        return {
            key: field.to_answer(self.cleaned_data[key], self.initial_answers.get(key))
            for key, field in self.questions.items()
            if key in self.cleaned_data
        }


class _Attestation(Field):
    """The words first, then the box to tick."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.key)
        self.question = question

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> str:
        words = render_to_string("aap/questionnaires/legal_text.html", {"question": self.question})
        return words + super().render(form, context, template_pack=template_pack, **kwargs)


def _drawn(question: Question) -> Field:
    return _Attestation(question) if question.type == QuestionType.ATTESTATION and question.legal_text else Field(question.key)


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
        case QuestionType.DATE:
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
