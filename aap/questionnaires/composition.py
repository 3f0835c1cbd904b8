"""Between what officers compose (blocks) and what is asked (typed objects)."""

from typing import Any

from aap.questionnaires.definition import Definition, Question, QuestionType, Section
from aap.questionnaires.models import Questionnaire

OWN_LIMIT = frozenset({QuestionType.TITLE, QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT})


def composed(questionnaire: Questionnaire) -> Definition:
    """The composed questionnaire as a definition. What its type does not use is left out, so that it is no change."""
    return definition_of(questionnaire.sections)


def definition_of(stream: Any) -> Definition:
    """The definition of a stream of sections."""
    return Definition(sections=tuple(_section(block.value) for block in stream))


def _section(value: Any) -> Section:
    return Section(
        key=value["key"],
        title=value["title"].strip(),
        intro=(value.get("intro") or "").strip(),
        questions=tuple(_question(question) for question in value["questions"]),
    )


def _question(value: Any) -> Question:
    kind = QuestionType(value["type"])
    return Question(
        key=value["key"],
        type=kind,
        label=value["label"].strip(),
        help_text=(value.get("help_text") or "").strip(),
        required=bool(value.get("required")),
        max_length=value.get("max_length") if kind in OWN_LIMIT else None,
        choices=tuple(choice.strip() for choice in value.get("choices") or ())
        if kind in {QuestionType.CHOICE, QuestionType.CHOICES}
        else (),
        legal_text=(value.get("legal_text") or "").strip() if kind == QuestionType.ATTESTATION else "",
        hidden_from_jury=bool(value.get("hidden_from_jury")),
    )


def as_stream(definition: Definition) -> list[dict[str, Any]]:
    """The definition as the raw content of the stream, for a questionnaire loaded from a file."""
    return [
        {"type": "section", "value": section, "id": f"rubrique-{section['key']}"}
        for section in definition.to_json()["sections"]
    ]
