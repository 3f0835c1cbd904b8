"""A batch of letters: prepared, checked by a person, released at one moment for everyone."""

from django.db import transaction
from django.urls import reverse

from aap import clock
from aap.applications.states import State
from aap.decisions.letter_values import with_letter_data
from aap.decisions.models import Decision, Release, Resolution
from aap.decisions.rules import require_for_call
from aap.decisions.services.batch import defer_preparation, drop_out, lock, lock_applications, lock_resolution
from aap.decisions.services.letters import IncompleteLettersError, letter_problems
from aap.errors import DomainError
from aap.history.services import record
from aap.mail.services import absolute, send
from aap.organisations.models import Membership
from aap.people.models import User


@transaction.atomic
def prepare_release(resolution: Resolution, *, by: User) -> Release:
    """Gather the decisions of `resolution` not yet sent in one batch, and ask the worker for their letters.

    A batch not released yet takes in the decisions made since, and its job is asked again (a stopped worker resumes).
    Raises IncompleteLettersError, with the problems letter by letter, before anything is generated.
    """
    require_for_call(by, resolution.call)
    resolution = lock_resolution(resolution)
    waiting = Decision.objects.filter(resolution=resolution, release__isnull=True, replaced_by__isnull=True).exclude(
        application__state=State.WITHDRAWN
    )
    lock_applications(waiting)
    current = _batch_in_progress(resolution)
    if current is None and not waiting.exists():
        raise DomainError("Aucune décision n’attend de lettre : toutes sont déjà publiées.")
    unmade = Decision.objects.filter(release=current, letter__isnull=True) if current else Decision.objects.none()
    if problems := letter_problems(with_letter_data(waiting | unmade)):
        raise IncompleteLettersError(problems)
    current = current or Release.objects.create(resolution=resolution, created_at=clock.now(), created_by=by)
    if waiting.update(release=current):
        current.state, current.checked_at, current.checked_by = Release.State.PREPARING, None, None
        current.total = current.decisions.count()
        current.save(update_fields=["state", "checked_at", "checked_by", "total"])
        _record(current, "release_prepared", by)
    if current.state == Release.State.PREPARING:
        defer_preparation(current)
    return current


def _batch_in_progress(resolution: Resolution) -> Release | None:
    """The batch to continue, locked. One that was released while its lock was awaited is no longer one."""
    found = resolution.releases.exclude(state=Release.State.RELEASED).first()
    locked = lock(found) if found else None
    return locked if locked and locked.state != Release.State.RELEASED else None


@transaction.atomic
def check_release(release: Release, *, by: User) -> Release:
    """Say that a person has looked at every letter. A letter made again afterwards asks for a new check."""
    require_for_call(by, release.resolution.call)
    locked = lock(release)
    if locked.state == Release.State.PREPARING:
        raise DomainError("Les lettres sont encore en préparation : attendez qu’elles soient toutes prêtes.")
    if locked.state == Release.State.READY and locked.checked_at is None:
        drop_out(locked)
        locked.checked_at, locked.checked_by = clock.now(), by
        locked.save(update_fields=["checked_at", "checked_by"])
        _record(locked, "release_checked", by)
    release.refresh_from_db()
    return release


@transaction.atomic
def release(batch: Release, *, by: User) -> Release:
    """Make every decision of the batch readable at one moment, and tell each organisation that one is available.

    Done once: a second call, even at the same instant, changes nothing. Raises DomainError when the letters are not all
    ready and checked.
    """
    require_for_call(by, batch.resolution.call)
    lock_resolution(batch.resolution)
    lock_applications(Decision.objects.filter(release=batch))
    locked = lock(batch)
    if locked.state != Release.State.RELEASED:
        drop_out(locked)
        _refuse_unless_ready(locked)
        moment = clock.now()
        locked.state, locked.released_at, locked.released_by = Release.State.RELEASED, moment, by
        locked.save(update_fields=["state", "released_at", "released_by"])
        for decision in locked.decisions.select_related("application__organisation", "application__call"):
            record(decision.application.chain, "decision_released", by=by, decision=str(decision.public_id))
            _tell_members(decision)
        _record(locked, "release_released", by)
    batch.refresh_from_db()
    return batch


def _refuse_unless_ready(batch: Release) -> None:
    if not batch.total:
        raise DomainError("Tous les dossiers de cet envoi ont été retirés : il n’y a plus de lettre à publier.")
    if batch.state != Release.State.READY or batch.decisions.filter(letter__isnull=True).exists():
        raise DomainError("Les lettres ne sont pas toutes prêtes : attendez la fin de leur préparation.")
    if batch.checked_at is None:
        raise DomainError("Vérifiez d’abord les lettres, puis indiquez « Tout est vérifié ».")


def _tell_members(decision: Decision) -> None:
    application = decision.application
    link = absolute(reverse("decisions:read", args=[application.public_id]))
    members = Membership.objects.filter(organisation=application.organisation_id, user__is_active=True).select_related("user")
    for membership in members:
        send(
            "decision_available",
            to=membership.user.email,
            context={"application": application, "link": link},
            key=f"decision-available:{decision.public_id}:{membership.user_id}",
            chain=application.chain,
        )


def _record(batch: Release, name: str, by: User) -> None:
    record(f"call:{batch.resolution.call.slug}", name, by=by, release=str(batch.public_id), letters=batch.total)
