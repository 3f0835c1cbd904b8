"""What differs between two definitions, in French sentences. Pure: no database."""

from collections.abc import Iterator

from aap.questionnaires.definition import Definition, Question

PARTS = (
    ("type", "son type"),
    ("label", "son libellé"),
    ("help_text", "son aide"),
    ("required", "son caractère obligatoire"),
    ("max_length", "sa longueur maximale"),
    ("choices", "ses choix"),
    ("legal_text", "le texte à attester"),
    ("hidden_from_jury", "ce que le jury en voit"),
)


def changes(before: Definition, after: Definition) -> list[str]:
    """One sentence for each question or section added, removed, moved or reworded; empty when the two are the same."""
    return [*_sections(before, after), *_questions(before, after), *_order(before, after)]


def _sections(before: Definition, after: Definition) -> Iterator[str]:
    old = {section.key: section for section in before.sections}
    new = {section.key: section for section in after.sections}
    yield from (f"rubrique ajoutée : « {section.title} »" for key, section in new.items() if key not in old)
    yield from (f"rubrique retirée : « {section.title} »" for key, section in old.items() if key not in new)
    for key, section in new.items():
        if key in old and (old[key].title, old[key].intro) != (section.title, section.intro):
            yield f"rubrique « {section.title} » : son titre ou son introduction change"


def _questions(before: Definition, after: Definition) -> Iterator[str]:
    old, new = before.questions, after.questions
    yield from (f"question ajoutée : « {question.label} »" for key, question in new.items() if key not in old)
    yield from (f"question retirée : « {question.label} »" for key, question in old.items() if key not in new)
    for key, question in new.items():
        if key in old and (parts := _differing(old[key], question)):
            yield f"question « {question.label} » : {_listed(parts)} {'change' if len(parts) == 1 else 'changent'}"


def _differing(old: Question, new: Question) -> list[str]:
    return [words for name, words in PARTS if getattr(old, name) != getattr(new, name)]


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def _order(before: Definition, after: Definition) -> Iterator[str]:
    """Only what is in both counts: an addition does not move the rest."""
    old, new = _places(before), _places(after)
    shared = old.keys() & new.keys()
    if [(key, place) for key, place in old.items() if key in shared] != [
        (key, place) for key, place in new.items() if key in shared
    ]:
        yield "l’ordre des questions change, ou l’une d’elles passe dans une autre rubrique"


def _places(definition: Definition) -> dict[str, str]:
    return {question.key: section.key for section in definition.sections for question in section.questions}
