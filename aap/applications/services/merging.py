"""Keep what one person typed without erasing what another kept meanwhile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from aap.applications.bases import UNKNOWN, Base, print_of
from aap.applications.models import Answer, Application
from aap.applications.services.drafts import keys_of, plain, write_answers
from aap.applications.services.locking import locked_for_writing
from aap.people.models import User


@dataclass(frozen=True)
class Merged:
    """What became of a section that was sent.

    `stored`: its answers as they are now, by question key. `contested`: the keys that were changed on both sides, and
    so were not written. `theirs`: the keys that only somebody else changed; `stored` has their value.
    """

    stored: dict[str, Answer]
    contested: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)


@transaction.atomic
def merge_section(
    application: Application,
    section_key: str,
    answers: dict[str, Any],
    *,
    bases: Mapping[str, Base],
    by: User,
    refused: Collection[str] = (),
) -> Merged:
    """Keep the answers of one section, by question key, but those that somebody else changed since `bases`.

    `refused` are the keys of which what was typed cannot be kept: they are contested too when the answer moved.
    Raises DomainError as `save_section` does.
    """
    row = locked_for_writing(application, by=by)
    asked = keys_of(row, section_key)
    stored = stored_answers(row, asked)
    values = {key: plain(value) for key, value in answers.items() if key in asked}
    moved = {key for key, answer in stored.items() if answer.version != bases.get(key, UNKNOWN).version}
    theirs, contested = [], []
    for key, value in values.items():
        if key not in moved or stored[key].value == value:
            continue
        if print_of(value) == bases.get(key, UNKNOWN).print:
            theirs.append(key)
        elif stored[key].value is not None:
            # Over an answer left empty, there is nothing to lose.
            contested.append(key)
    contested += [key for key in refused if key in moved and key not in values]
    write_answers(row, {key: value for key, value in values.items() if key not in {*theirs, *contested}}, by=by)
    application.refresh_from_db()
    return Merged(stored_answers(row, asked), contested, theirs)


def stored_answers(application: Application, keys: Collection[str]) -> dict[str, Answer]:
    """The answers kept to those questions, with who wrote them. One query."""
    found = application.answers.filter(question_key__in=keys).select_related("updated_by").order_by("pk")
    return {answer.question_key: answer for answer in found}
