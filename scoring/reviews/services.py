"""Score: save a draft as often as one likes, submit once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from aap import clock
from aap.applications.models import Application
from aap.applications.states import State
from aap.errors import DomainError
from aap.history.services import record
from aap.mail.services import absolute, send
from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.grids.models import Criterion, ScoringGrid
from scoring.grids.selectors import current_grid
from scoring.grids.services import freeze
from scoring.panels.models import InterestDeclaration
from scoring.panels.rules import may_manage
from scoring.reviews.models import Reopening, Review, Score
from scoring.reviews.rules import missing

INCOMPLETE = "Votre brouillon est enregistré. Il manque encore quelques éléments avant de remettre l’évaluation."


@dataclass(frozen=True)
class Entry:
    """What a juror says on one criterion. `value` None: not scored yet."""

    value: int | None = None
    comment: str = ""
    communicable: bool = False


class StaleReview(DomainError):
    """The draft changed elsewhere since it was read. `review` is what is stored now."""

    def __init__(self, review: Review) -> None:
        super().__init__(
            "Cette évaluation a été modifiée ailleurs (un autre onglet ou un autre appareil) depuis que vous l’avez ouverte ici. "
            "Rien n’est perdu : votre saisie est ci-dessous. Comparez, puis enregistrez de nouveau pour garder la vôtre."
        )
        self.review = review


class IncompleteReview(DomainError):
    """What is missing before submission: criterion key (or « appreciation ») → sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(INCOMPLETE)
        self.problems = problems


class ApplicationGone(DomainError):
    """The application left the jury while it was being reviewed."""


@transaction.atomic
def save_draft(
    assignment: Assignment, *, by: User, entries: Mapping[str, Entry], appreciation: str = "", edit_version: int | None = None
) -> Review:
    """Store the whole draft, by criterion key. `edit_version` is the one that was read (0: no review yet).

    Raises StaleReview when another tab stored something else meanwhile; the same content twice is no conflict.
    """
    assignment = _locked(assignment, by)
    review = Review.objects.select_related("grid__call").filter(assignment=assignment).first() or _start(assignment)
    if review.state == Review.State.SUBMITTED:
        raise DomainError("Cette évaluation est remise : elle ne change plus. Le secrétariat peut la rouvrir.")
    criteria = {criterion.key: criterion for criterion in review.grid.criteria.all()}
    entries = {key: Entry(entry.value, entry.comment.strip(), entry.communicable) for key, entry in entries.items()}
    _check(entries, criteria)
    stored = {score.criterion.key: score for score in review.scores.select_related("criterion")} if review.pk else {}
    changed = {key: entry for key, entry in entries.items() if entry != _entry(stored.get(key))}
    if review.pk and not changed and appreciation.strip() == review.appreciation:
        return review
    if edit_version is not None and edit_version != (review.edit_version if review.pk else 0):
        raise StaleReview(review)
    return _write(review, changed, criteria, appreciation.strip(), by)


@transaction.atomic
def submit(assignment: Assignment, *, by: User, edit_version: int | None = None) -> Review:
    """Hand the stored draft in: final. Submitting again changes nothing. Raises IncompleteReview."""
    assignment = _locked(assignment, by)
    review = Review.objects.filter(assignment=assignment).first()
    if review is None:
        raise DomainError("Notez d’abord ce dossier.")
    if review.state == Review.State.SUBMITTED:
        return review
    if edit_version is not None and edit_version != review.edit_version:
        raise StaleReview(review)
    problems = missing(review)
    if problems:
        raise IncompleteReview(problems)
    review.state, review.submitted_at = Review.State.SUBMITTED, clock.now()
    review.save(update_fields=["state", "submitted_at"])
    record(
        assignment.juror.panel.chain, "review_submitted", by=by, review=str(review.public_id), edit_version=review.edit_version
    )
    return review


@transaction.atomic
def reopen(review: Review, *, by: User, reason: str) -> Review:
    """Give a submitted review back to its juror, before the minutes, with a reason kept in the history."""
    if not may_manage(by):
        raise DomainError("Seul le secrétariat du jury rouvre une évaluation.")
    if review.assignment.juror.user == by:
        raise DomainError("Une autre personne du secrétariat doit rouvrir votre évaluation.")
    if not reason.strip():
        raise DomainError("Dites pourquoi l’évaluation est rouverte : l’historique le garde.")
    if not Application.objects.visible_to(by).filter(pk=review.assignment.application_id).exists():
        raise DomainError("Vous ne pouvez pas agir sur ce dossier.")
    review = Review.objects.select_for_update().get(pk=review.pk)
    panel = review.assignment.juror.panel
    if panel.closed_at:
        raise DomainError("Le procès-verbal de ce jury est établi : plus rien n’y change.")
    if review.state == Review.State.SUBMITTED:
        review.state, review.submitted_at, review.edit_version = Review.State.DRAFT, None, review.edit_version + 1
        review.save(update_fields=["state", "submitted_at", "edit_version"])
        reopening = Reopening.objects.create(review=review, reason=reason.strip(), reopened_by=by, reopened_at=clock.now())
        record(panel.chain, "review_reopened", by=by, review=str(review.public_id), reopening=reopening.pk)
        _tell_juror(review, reopening)
    return review


def _tell_juror(review: Review, reopening: Reopening) -> None:
    juror, application = review.assignment.juror, review.assignment.application
    send(
        "review_reopened",
        to=juror.user.email,
        context={
            "person": juror.user,
            "call": juror.panel.call,
            "application": application,
            "reason": reopening.reason,
            "link": absolute(f"/jury/dossiers/{review.assignment.public_id}/"),
        },
        key=f"review-reopened:{reopening.pk}",
        chain=juror.panel.chain,
    )


def _locked(assignment: Assignment, by: User) -> Assignment:
    """The assignment, locked, if the person may score it now."""
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("juror__user", "juror__panel", "application__call")
        .get(pk=assignment.pk)
    )
    visible = Application.objects.not_recused(by).filter(pk=assignment.application_id).exists()
    if assignment.juror.user != by or assignment.removed_at or not visible:
        raise DomainError("Ce dossier ne vous est pas confié.")
    if not assignment.juror.declarations.filter(
        application=assignment.application_id, answer=InterestDeclaration.Answer.NONE
    ).exists():
        raise DomainError("Déclarez d’abord vos intérêts : c’est ce qui ouvre le dossier.")
    if assignment.application.state == State.WITHDRAWN:
        raise ApplicationGone(
            "La structure a retiré son dossier : il n’est plus à évaluer. Ce que vous aviez écrit reste affiché ci-dessous."
        )
    if assignment.application.state != State.ADMISSIBLE or assignment.juror.panel.closed_at:
        raise ApplicationGone("Le jury a terminé ses travaux sur ce dossier : les évaluations sont closes.")
    return assignment


def _start(assignment: Assignment) -> Review:
    grid = current_grid(assignment.application.call)
    if grid is None:
        raise DomainError("La grille de notation n’est pas encore prête. Prévenez le secrétariat du jury.")
    version = assignment.application.versions.order_by("-number").first()
    return Review(assignment=assignment, grid=grid, version_read=version, edit_version=0)


def _check(entries: Mapping[str, Entry], criteria: Mapping[str, Criterion]) -> None:
    for key, entry in entries.items():
        if key not in criteria:
            raise DomainError("Ce critère n’est pas dans la grille. Rechargez la page.")
        maximum = criteria[key].maximum
        if entry.value is not None and not 0 <= entry.value <= maximum:
            raise DomainError(f"« {criteria[key].label} » : la note va de 0 à {maximum}.")


def _entry(score: Score | None) -> Entry:
    return Entry(score.value, score.comment, score.communicable) if score else Entry()


def _write(
    review: Review, changed: Mapping[str, Entry], criteria: Mapping[str, Criterion], appreciation: str, by: User
) -> Review:
    review.appreciation, review.edit_version, review.updated_at = appreciation, review.edit_version + 1, clock.now()
    review.save()
    for key, entry in changed.items():
        Score.objects.update_or_create(
            review=review,
            criterion=criteria[key],
            defaults={"value": entry.value, "comment": entry.comment, "communicable": entry.communicable},
        )
    _freeze_at_first_score(review.grid, changed, by)
    return review


def _freeze_at_first_score(grid: ScoringGrid, changed: Mapping[str, Entry], by: User) -> None:
    if grid.frozen_at is None and any(entry.value is not None for entry in changed.values()):
        freeze(grid, by=by)
