"""Letters made one by one by the worker: killed anywhere, each is made exactly once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from aap import clock
from aap.applications.models import Application
from aap.decisions import merge
from aap.decisions.letter_layout import compose, letter_pdf, reference_of
from aap.decisions.letter_values import values_of, with_letter_data
from aap.decisions.models import Decision, DecisionLetter, LetterTemplate, Outcome, Release, Resolution
from aap.decisions.rules import require_for_call
from aap.decisions.services.batch import defer_preparation, delete_letters, drop_out, lock
from aap.errors import DomainError
from aap.files.storage import opaque_name, private_storage
from aap.history.services import record
from aap.pdf.rendering import batch
from aap.people.models import User


@dataclass(frozen=True)
class LetterProblem:
    """Why one letter cannot be made, in French sentences."""

    decision: Decision
    sentences: tuple[str, ...]


@dataclass(eq=False)
class IncompleteLettersError(DomainError):
    """Letters that cannot be made: nothing is generated before all can be."""

    problems: list[LetterProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = [f"{each.decision.application.number} : {' '.join(each.sentences)}" for each in self.problems]
        super().__init__("Des lettres ne peuvent pas être produites.\n" + "\n".join(lines))


def letter_problems(decisions: Iterable[Decision]) -> list[LetterProblem]:
    """What is missing, letter by letter. `decisions` come from `with_letter_data`."""
    decisions = list(decisions)
    calls = {decision.application.call_id for decision in decisions}
    templates = {(each.call_id, each.outcome): each for each in LetterTemplate.objects.filter(call__in=calls)}
    problems = []
    for decision in decisions:
        sentences = _sentences(decision, templates.get((decision.application.call_id, decision.outcome)))
        if sentences:
            problems.append(LetterProblem(decision, tuple(sentences)))
    return problems


def _sentences(decision: Decision, template: LetterTemplate | None) -> list[str]:
    if template is None:
        return [f"Aucun modèle de lettre « {decision.get_outcome_display()} » n’existe pour cet appel."]
    text = f"{template.subject}\n{template.body}"
    missing = merge.missing_in(text, values_of(decision))
    return [*merge.problems_in(text), *(f"Il manque : {label.lower()}." for label in missing)]


def generate_letters(release: Release) -> int:
    """Make every missing letter of the batch, each in its own transaction, then declare the batch ready.

    Safe to run again after any interruption. Returns how many letters were made by this run. When a letter cannot be
    made, keeps the reason on the batch and makes none.
    """
    with transaction.atomic():
        locked = lock(release)
        if locked.state != Release.State.PREPARING:
            return 0
        drop_out(locked)
        problems = letter_problems(with_letter_data(locked.decisions.filter(letter__isnull=True)))
        locked.error = str(IncompleteLettersError(problems)) if problems else ""
        locked.save(update_fields=["error"])
    if problems:
        return 0
    made = 0
    with batch():
        for pk in list(locked.decisions.filter(letter__isnull=True).order_by("pk").values_list("pk", flat=True)):
            made += _generate(locked, pk)
    _finish(locked)
    return made


def _generate(release: Release, decision_pk: int) -> int:
    # The batch is locked while one letter is drawn (50 ms): a template changed meanwhile cannot leave an old letter.
    with transaction.atomic():
        locked = lock(release)
        missing = with_letter_data(locked.decisions.filter(pk=decision_pk, letter__isnull=True)).first()
        if locked.state != Release.State.PREPARING or missing is None:
            return 0
        template = LetterTemplate.objects.get(call=missing.application.call_id, outcome=missing.outcome)
        reference = reference_of(missing)
        letter = compose(missing, template, values_of(missing), reference)
        pdf = letter_pdf(letter.document)
        name = private_storage().save(opaque_name("letters", "pdf"), ContentFile(pdf))
        try:
            DecisionLetter.objects.create(
                decision=missing,
                reference=reference,
                subject=letter.subject,
                body=letter.body,
                html=letter.document,
                pdf=name,
                sha256=sha256(pdf).hexdigest(),
                generated_at=clock.now(),
            )
        except BaseException:
            private_storage().delete(name)
            raise
    return 1


@transaction.atomic
def _finish(release: Release) -> None:
    locked = lock(release)
    drop_out(locked)
    if locked.state == Release.State.PREPARING and not locked.decisions.filter(letter__isnull=True).exists():
        locked.state = Release.State.READY
        locked.save(update_fields=["state"])


@transaction.atomic
def regenerate_letters(release: Release, *, decision: Decision | None = None, by: User) -> Release:
    """Make one letter again, or all of them, after a template or a value changed. The check is to be done again."""
    require_for_call(by, release.resolution.call)
    locked = lock(release)
    if locked.state == Release.State.RELEASED:
        raise DomainError("Ces lettres sont publiées : elles ne peuvent plus être refaites.")
    letters = DecisionLetter.objects.filter(decision__release=locked)
    if decision is not None:
        letters = letters.filter(decision=decision)
    made_again = delete_letters(letters)
    locked.state, locked.checked_at, locked.checked_by, locked.error = Release.State.PREPARING, None, None, ""
    locked.save(update_fields=["state", "checked_at", "checked_by", "error"])
    record(
        f"call:{locked.resolution.call.slug}", "letters_regenerated", by=by, release=str(locked.public_id), letters=made_again
    )
    defer_preparation(locked)
    release.refresh_from_db()
    return release


def preview_letter(template: LetterTemplate, application: Application, *, by: User) -> bytes:
    """What `template` gives on a real application; a value not known yet is replaced by the field's example."""
    decision = with_letter_data(application.decisions.filter(outcome=template.outcome, replaced_by__isnull=True)).first()
    if decision is None:
        kind = (
            Resolution.Kind.DELEGATION
            if template.outcome in (Outcome.INADMISSIBLE, Outcome.INELIGIBLE)
            else Resolution.Kind.COMMITTEE
        )
        resolution = Resolution(call=application.call, kind=kind)
        decision = Decision(application=application, resolution=resolution, outcome=template.outcome, decided_by=by)
    values = {name: value for name, value in values_of(decision).items() if value}
    examples = {name: each.example for name, each in merge.FIELDS.items()}
    return letter_pdf(compose(decision, template, examples | values, f"{application.number}-1").document)
