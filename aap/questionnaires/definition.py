"""What a questionnaire asks, as frozen typed objects: no database, no form."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


class QuestionType(StrEnum):
    """How a question is answered. Those of SINGULAR_TYPES occur at most once: the application reads them."""

    TITLE = "title"
    THEME = "theme"
    COMMUNE = "commune"
    BUDGET = "budget"
    PROJECT_START = "project_start"
    PROJECT_END = "project_end"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    AMOUNT = "amount"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    INDICATORS = "indicators"
    ATTESTATION = "attestation"


SINGULAR_TYPES = frozenset(
    {
        QuestionType.TITLE,
        QuestionType.THEME,
        QuestionType.COMMUNE,
        QuestionType.BUDGET,
        QuestionType.PROJECT_START,
        QuestionType.PROJECT_END,
    }
)


@dataclass(frozen=True)
class Question:
    """One question. `key` is stable for ever: answers, exports and conditions refer to it."""

    key: str
    type: QuestionType
    label: str
    help_text: str = ""
    required: bool = True
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    legal_text: str = ""
    # Answers that serve the service and not the note, personal ones first.
    hidden_from_jury: bool = False


@dataclass(frozen=True)
class Section:
    """A « rubrique »: one page of the applicant's task list."""

    key: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire, in order."""

    sections: tuple[Section, ...] = field(default=())

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Definition":
        """Read what `to_json` wrote. Raises KeyError or ValueError on anything else: a published version is trusted."""
        return cls(
            sections=tuple(
                Section(
                    key=section["key"],
                    title=section["title"],
                    intro=section.get("intro", ""),
                    questions=tuple(
                        Question(
                            key=question["key"],
                            type=QuestionType(question["type"]),
                            label=question["label"],
                            help_text=question.get("help_text", ""),
                            required=question.get("required", True),
                            max_length=question.get("max_length"),
                            choices=tuple(question.get("choices", ())),
                            legal_text=question.get("legal_text", ""),
                            hidden_from_jury=question.get("hidden_from_jury", False),
                        )
                        for question in section["questions"]
                    ),
                )
                for section in content["sections"]
            )
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "sections": [
                {
                    "key": section.key,
                    "title": section.title,
                    "intro": section.intro,
                    "questions": [
                        {
                            "key": question.key,
                            "type": question.type.value,
                            "label": question.label,
                            "help_text": question.help_text,
                            "required": question.required,
                            "max_length": question.max_length,
                            "choices": list(question.choices),
                            "legal_text": question.legal_text,
                            "hidden_from_jury": question.hidden_from_jury,
                        }
                        for question in section.questions
                    ],
                }
                for section in self.sections
            ]
        }

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by key, in reading order."""
        return {question.key: question for section in self.sections for question in section.questions}

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def first_of(self, question_type: QuestionType) -> Question | None:
        """The question of a singular type, if the questionnaire asks it."""
        return next((question for question in self.questions.values() if question.type == question_type), None)
