"""What makes a questionnaire sound, before it is published."""

from collections import Counter
from collections.abc import Iterator

from aap.questionnaires.definition import SINGULAR_TYPES, Definition, Question, QuestionType

CHOICE_TYPES = frozenset({QuestionType.CHOICE, QuestionType.CHOICES})


def flaws(definition: Definition) -> list[str]:
    """What must be corrected before the questionnaire is kept, one French sentence each."""
    return [*_repeated(definition), *_singular(definition), *_questions(definition)]


def gaps(definition: Definition) -> list[str]:
    """What a published questionnaire cannot go without: the application's title and the amount asked are read from it."""
    found = [] if definition.sections else ["Le questionnaire n’a aucune rubrique."]
    found += [
        f"La rubrique « {section.title} » n’a aucune question." for section in definition.sections if not section.questions
    ]
    if definition.first_of(QuestionType.TITLE) is None:
        found.append("Ajoutez une question de type « Intitulé du projet » : les listes et les lettres en ont besoin.")
    if definition.first_of(QuestionType.BUDGET) is None:
        found.append("Ajoutez une question de type « Budget prévisionnel » : le montant demandé y est lu.")
    return found


def _repeated(definition: Definition) -> Iterator[str]:
    sections = Counter(section.key for section in definition.sections)
    yield from (
        f"La clé de rubrique « {key} » est employée {count} fois : donnez une clé à chacune."
        for key, count in sections.items()
        if count > 1
    )
    questions = Counter(question.key for section in definition.sections for question in section.questions)
    yield from (
        f"La clé de question « {key} » est employée {count} fois : donnez une clé à chacune."
        for key, count in questions.items()
        if count > 1
    )


def _singular(definition: Definition) -> Iterator[str]:
    kinds = Counter(question.type for section in definition.sections for question in section.questions)
    for kind in sorted(SINGULAR_TYPES):
        if kinds[kind] > 1:
            labels = [
                f"« {question.label} »"
                for section in definition.sections
                for question in section.questions
                if question.type == kind
            ]
            yield f"Une seule question de ce type est possible, gardez-en une : {', '.join(labels)}."


def _questions(definition: Definition) -> Iterator[str]:
    for section in definition.sections:
        for question in section.questions:
            yield from (f"« {question.label} » : {flaw}" for flaw in _question(question))


def _question(question: Question) -> Iterator[str]:
    if question.type in CHOICE_TYPES:
        if len(question.choices) < 2:
            yield "proposez au moins deux choix."
        if len(set(question.choices)) != len(question.choices):
            yield "le même choix est écrit deux fois."
    if question.type == QuestionType.ATTESTATION and not question.legal_text.strip():
        yield "écrivez le texte de l’attestation, qui est conservé avec la réponse."
