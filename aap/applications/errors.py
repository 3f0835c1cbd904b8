"""Refusals that carry more than a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from aap.errors import DomainError


@dataclass(frozen=True)
class MissingPiece:
    """One thing to do before the deposit. Either a question of a section, or a document (`requirement_key`)."""

    label: str
    message: str
    section_key: str = ""
    question_key: str = ""
    requirement_key: str = ""


class IncompleteError(DomainError):
    """The application cannot be deposited yet; `problems` lists what is left to do."""

    def __init__(self, problems: Sequence[MissingPiece]) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        subject = "Un point reste à compléter" if count == 1 else f"{count} points restent à compléter"
        super().__init__(f"{subject} avant de déposer le dossier. Rien n’est perdu\u00a0: chaque point a son lien ci-dessous.")
