"""Give applications to jurors, and take them back."""

from collections.abc import Iterable

from django.db import transaction

from aap import clock
from aap.applications.models import Application, Recusal
from aap.applications.states import State
from aap.errors import DomainError
from aap.history.services import record
from aap.organisations.models import Membership
from aap.people.models import User
from scoring.assignments.models import Assignment
from scoring.panels.models import Juror, Panel
from scoring.panels.rules import may_manage


@transaction.atomic
def assign(juror: Juror, application: Application, *, by: User) -> Assignment:
    """Give `application` to `juror`; giving it twice changes nothing. Never to somebody recused from it."""
    panel = _locked(juror.panel_id, by)
    _require_visible(application, by)
    if application.call_id != panel.call_id or application.state != State.ADMISSIBLE:
        raise DomainError("Seul un dossier recevable de cet appel peut être affecté.")
    if Recusal.objects.filter(application=application, user=juror.user_id).exists():
        # Says who, not what: the message may be read over a shoulder.
        raise DomainError(f"{juror} est en déport : choisissez un autre membre du jury.")
    if Membership.objects.filter(organisation=application.organisation_id, user=juror.user_id).exists():
        raise DomainError(
            f"{juror} est membre de la structure candidate : ce dossier lui reste fermé. Choisissez un autre membre du jury."
        )
    assignment = Assignment.objects.filter(juror=juror, application=application).first()
    if assignment and assignment.removed_at is None:
        return assignment
    values = {
        "removed_at": None, "assigned_at": clock.now(), "assigned_by": by,
        "position": Assignment.objects.filter(juror=juror, removed_at__isnull=True).count() + 1,
    }  # fmt: skip
    assignment, _created = Assignment.objects.update_or_create(juror=juror, application=application, defaults=values)
    record(panel.chain, "application_assigned", by=by, juror=str(juror.public_id), application=str(application.public_id))
    return assignment


@transaction.atomic
def unassign(assignment: Assignment, *, by: User) -> None:
    """Take an application back from a juror who has not submitted a review of it."""
    panel = _locked(assignment.juror.panel_id, by)
    _require_visible(assignment.application, by)
    assignment = (
        Assignment.objects.select_for_update(of=("self",)).select_related("juror__user", "application").get(pk=assignment.pk)
    )
    if assignment.removed_at:
        return
    if getattr(assignment, "review", None) and assignment.review.submitted_at:
        raise DomainError(f"{assignment.juror} a déjà remis son évaluation : elle compte, l’affectation ne se retire plus.")
    assignment.removed_at = clock.now()
    assignment.save(update_fields=["removed_at"])
    record(
        panel.chain, "application_unassigned", by=by,
        juror=str(assignment.juror.public_id), application=str(assignment.application.public_id),
    )  # fmt: skip


@transaction.atomic
def set_assignments(application: Application, jurors: Iterable[Juror], *, by: User) -> None:
    """Make `jurors` exactly those who review `application`."""
    wanted = {juror.pk: juror for juror in jurors}
    for assignment in Assignment.objects.filter(application=application, removed_at__isnull=True).select_related(
        "juror", "application"
    ):
        if wanted.pop(assignment.juror_id, None) is None:
            unassign(assignment, by=by)
    for juror in wanted.values():
        assign(juror, application, by=by)


def _locked(panel_id: int, by: User) -> Panel:
    if not may_manage(by):
        raise DomainError("Seul le secrétariat du jury affecte les dossiers.")
    panel = Panel.objects.select_for_update().get(pk=panel_id)
    if panel.closed_at:
        raise DomainError("Le procès-verbal de ce jury est établi : plus rien n’y change.")
    return panel


def _require_visible(application: Application, by: User) -> None:
    if not Application.objects.visible_to(by).filter(pk=application.pk).exists():
        raise DomainError("Vous ne pouvez pas agir sur ce dossier.")
