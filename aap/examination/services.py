"""The verbs of the examination: start, note findings, declare admissible, hand over."""

from collections.abc import Mapping

from django.db import transaction

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Application
from aap.applications.rules import may_examine
from aap.applications.states import State
from aap.errors import DomainError
from aap.examination.models import EligibilityCheck
from aap.examination.rules import NOTE_LENGTH, may_check, may_follow
from aap.examination.selectors import Checklist, Point, checklist
from aap.history.services import record
from aap.people.models import User

Findings = Mapping[str, tuple[str, str]]


@transaction.atomic
def start_examination(application: Application, *, by: User) -> Application:
    """Begin to examine a deposited application; whoever begins follows it, unless someone already does."""
    locked = _lock(application, by)
    changes = {} if locked.officer_id else {"officer": by}
    return lifecycle.apply(
        application, "start_examination", by=by, changes=changes, officer=str((locked.officer or by).public_id)
    )


@transaction.atomic
def record_checks(application: Application, findings: Findings, *, by: User, seen: str | None = None) -> Checklist:
    """Write findings: `{rule key: (outcome, note)}`. Points left out stay as they are; equal findings are not touched.

    `seen` is the `Checklist.stamp` that the officer had before typing: when a colleague wrote meanwhile, nothing is
    written and DomainError says who. Returns the checklist as it now is.
    """
    locked = _lock(application, by)
    if not may_check(locked):
        raise DomainError(_not_checkable(locked))
    current = checklist(locked)
    if seen is not None and seen != current.stamp:
        raise DomainError(_overtaken(current))
    points = {point.rule.key: point for point in current.points}
    changed = {key: _finding(points, key, outcome, note) for key, (outcome, note) in findings.items()}
    changed = {key: finding for key, finding in changed.items() if _differs(points[key], finding)}
    if not changed:
        return current
    moment = clock.now()
    EligibilityCheck.objects.bulk_create(
        [
            EligibilityCheck(
                application=locked, rule=points[key].rule, outcome=outcome, note=note, checked_at=moment, checked_by=by
            )
            for key, (outcome, note) in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["application", "rule"],
        update_fields=["outcome", "note", "checked_at", "checked_by"],
    )
    # The notes stay in their erasable table: the record keeps what was decided, point by point.
    record(locked.chain, "checks_recorded", by=by, outcomes={key: outcome for key, (outcome, _) in changed.items()})
    return checklist(locked)


@transaction.atomic
def declare_admissible(application: Application, *, by: User) -> Application:
    """Declare « recevable ». Every point must have been verified and met; the refusal names those that are not."""
    locked = _lock(application, by)
    found = checklist(locked)
    # In any other state, the table of transitions has the better sentence.
    if locked.state == State.EXAMINING and not found.all_met:
        raise DomainError(obstacles(found))
    return lifecycle.apply(application, "declare_admissible", by=by)


@transaction.atomic
def assign_officer(application: Application, officer: User | None, *, by: User) -> Application:
    """Make `officer` the person who follows the application (None: nobody). Someone recused from it may not."""
    locked = _lock(application, by)
    if locked.state == State.WITHDRAWN:
        raise DomainError("Ce dossier a été retiré par la structure : il n’est plus suivi.")
    if officer is not None and not may_follow(officer, locked):
        raise DomainError(f"{officer} ne peut pas suivre ce dossier. Choisissez une autre personne de l’instruction.")
    if locked.officer_id != (officer.pk if officer else None):
        locked.officer = officer
        locked.save(update_fields=["officer"])
        record(locked.chain, "officer_assigned", by=by, officer=str(officer.public_id) if officer else None)
    application.refresh_from_db()
    return application


def obstacles(found: Checklist) -> str:
    """Why the application cannot be declared « recevable » yet, naming each point; empty when it can."""
    sentences = []
    if found.missing:
        sentences.append(_naming(found.missing, "Il reste un point à vérifier", "Il reste {} points à vérifier"))
    if found.unmet:
        sentences.append(_naming(found.unmet, "Un point n’est pas conforme", "{} points ne sont pas conformes"))
    return " ".join(sentences)


def _naming(points: list[Point], one: str, several: str) -> str:
    head = one if len(points) == 1 else several.format(len(points))
    return f"{head} : {', '.join(f'« {point.rule.label} »' for point in points)}."


def _lock(application: Application, by: User) -> Application:
    """The row as it is now, held until the end of the transaction; DomainError when the person may not examine it."""
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if not may_examine(by, locked):
        raise DomainError("Vous ne pouvez pas faire cette action sur ce dossier.")
    return locked


def _not_checkable(application: Application) -> str:
    if application.state == State.SUBMITTED:
        return "Commencez l’instruction du dossier avant d’enregistrer des constats."
    return (
        f"Le dossier est maintenant à l’état « {State(application.state).label} » : les constats ne changent plus. "
        "Ce que vous avez saisi n’a pas été enregistré."
    )


def _overtaken(current: Checklist) -> str:
    latest = max((point.check for point in current.points if point.check), key=lambda check: check.checked_at, default=None)
    who = latest.checked_by if latest else "Une autre personne"
    return (
        f"{who} a enregistré des constats sur ce dossier pendant votre saisie. Rien n’a été écrasé : comparez avec ce que "
        "vous avez saisi, puis enregistrez de nouveau."
    )


def _finding(points: Mapping[str, Point], key: str, outcome: str, note: str) -> tuple[str, str]:
    if key not in points:
        raise DomainError("Un point à vérifier a changé dans l’appel. Rechargez la page : vos autres constats sont intacts.")
    if outcome not in EligibilityCheck.Outcome.values:
        raise DomainError(f"Choisissez « conforme » ou « non conforme » pour « {points[key].rule.label} ».")
    if len(note.strip()) > NOTE_LENGTH:
        raise DomainError(f"La précision sur « {points[key].rule.label} » dépasse {NOTE_LENGTH} caractères : raccourcissez-la.")
    return outcome, note.strip()


def _differs(point: Point, finding: tuple[str, str]) -> bool:
    return point.check is None or (point.check.outcome, point.check.note) != finding
