"""A call as data: its texts, axes, documents, questionnaire, grid and letters, read from a file (config/calls/*.json).

The dates are not in the file: they are given by whoever loads it. Loading again brings the call back to the file.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from aap.calls.models import Call, DocumentRequirement, EligibilityRule, Theme
from aap.decisions.models import LetterTemplate
from aap.decisions.services import install_model_letters
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User
from aap.questionnaires.changes import changes
from aap.questionnaires.composition import as_stream, composed
from aap.questionnaires.definition import Definition
from aap.questionnaires.models import Questionnaire
from aap.questionnaires.services import pending_changes, publish
from scoring.grids.models import ScoringGrid
from scoring.grids.selectors import current_grid
from scoring.grids.services import CriterionDraft, write_grid

AMOUNTS = ("envelope", "floor", "ceiling", "max_rate", "pass_mark")


@transaction.atomic
def load_call(  # noqa: PLR0913 - the file has no date, no name of its own and no author
    path: Path,
    *,
    slug: str,
    opens_at: datetime,
    closes_at: datetime,
    committee_on: date | None,
    title: str | None = None,
    year: int | None = None,
    prefix: str | None = None,
    fictitious: bool = False,
    by: User | None = None,
) -> Call:
    """Create the call `slug` from the file, or bring it back to the file; publish its questionnaire when it changed.

    `title`, `year` and `prefix` replace those of the file. Raises DomainError, in French, when the file is wrong or
    would take away something that applications already use.
    """
    content = _read(path)
    named = {"title": title, "year": year, "prefix": prefix}
    values = content["call"] | {name: value for name, value in named.items() if value is not None}
    values |= {name: Decimal(values[name]) for name in AMOUNTS if values.get(name) is not None}
    values |= {"opens_at": opens_at, "closes_at": closes_at, "committee_on": committee_on, "fictitious": fictitious}
    call = Call.objects.filter(slug=slug).first() or Call(slug=slug)
    created = call.pk is None
    _save(call, values)
    _children(call, Theme, content["themes"])
    _children(call, DocumentRequirement, content["documents"])
    _children(call, EligibilityRule, content["rules"])
    _questionnaire(call, Definition.from_json(content["questionnaire"]), by=by)
    _letters(call, content.get("letters", ()))
    _grid(call, content.get("grid", ()), by=by)
    if created:
        record(f"call:{call.slug}", "call_created", by=by)
    return call


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        missing = {"call", "themes", "documents", "rules", "questionnaire"} - content.keys()
    except (OSError, ValueError, AttributeError) as error:
        raise DomainError(f"Le fichier {path} ne peut pas être lu ({error}).") from None
    if missing:
        raise DomainError(f"Il manque dans {path} : {', '.join(sorted(missing))}.")
    return content


def _save(instance: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(instance, name, value)
    try:
        instance.full_clean()
    except ValidationError as error:
        raise DomainError(f"{instance._meta.verbose_name} « {instance} » : {' '.join(error.messages)}") from None
    instance.save()


def _children(call: Call, model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    """The axes, documents or points of the file, in its order, and no other."""
    stored = {child.key: child for child in model.objects.filter(call=call)}
    for position, row in enumerate(rows):
        _save(stored.pop(row["key"], None) or model(call=call), row | {"position": position})
    for child in stored.values():
        try:
            child.delete()
        except ProtectedError:
            raise DomainError(
                f"{model._meta.verbose_name} « {child} » : des dossiers l’emploient, gardez cette clé ({child.key}) dans le fichier."
            ) from None


def _questionnaire(call: Call, definition: Definition, *, by: User | None) -> None:
    questionnaire, _created = Questionnaire.objects.get_or_create(call=call)
    if changes(composed(questionnaire), definition):
        field = Questionnaire._meta.get_field("sections")
        questionnaire.sections = field.to_python(json.dumps(as_stream(definition)))
        questionnaire.save()
    if pending_changes(questionnaire):
        publish(questionnaire, by=by)


def _letters(call: Call, rows: Iterable[dict[str, str]]) -> None:
    """The letters of the file, then our models for those that it lacks."""
    stored = {letter.outcome: letter for letter in LetterTemplate.objects.filter(call=call)}
    for row in rows:
        letter = stored.get(row["outcome"]) or LetterTemplate(call=call)
        if any(getattr(letter, name) != value for name, value in row.items()):
            _save(letter, row)
    install_model_letters(call)


def _grid(call: Call, rows: Iterable[dict[str, Any]], *, by: User | None) -> None:
    wanted = [
        CriterionDraft(
            label=row["label"], weight=Decimal(row["weight"]), guidance=row.get("guidance", ""), maximum=len(row["levels"]) - 1,
            levels=tuple(row["levels"]), eliminatory=row.get("eliminatory", False), key=row["key"],
        )
        for row in rows
    ]  # fmt: skip
    if wanted and wanted != _drafts(current_grid(call)):
        write_grid(call, by=by, criteria=wanted)


def _drafts(grid: ScoringGrid | None) -> list[CriterionDraft]:
    return [
        CriterionDraft(
            label=each.label, weight=each.weight, guidance=each.guidance, maximum=each.maximum,
            levels=tuple(each.levels), eliminatory=each.eliminatory, key=each.key,
        )
        for each in (grid.criteria.all() if grid else ())
    ]  # fmt: skip
