"""What preparing and releasing share: the locks, who drops out of a batch, the worker's job.

Locks are always taken in one order, so that two acts at once wait instead of blocking each other: the resolution, then the
applications by key, then the batch. Keys never change, so no lock claims them (`no_key`): PostgreSQL checks foreign keys again
at the commit of a row written twice, and that check must not wait for a lock taken earlier in the order.
"""

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from aap.applications.models import Application
from aap.applications.states import State
from aap.decisions.models import Decision, DecisionLetter, Release, Resolution
from aap.files.storage import private_storage
from aap.queue import defer

JOB = "aap.decisions.prepare_letters"


def lock_resolution(resolution: Resolution) -> Resolution:
    """The resolution as it is now, locked; its call is read, not locked."""
    return Resolution.objects.select_for_update(of=("self",), no_key=True).select_related("call").get(pk=resolution.pk)


def lock_applications(decisions: QuerySet[Decision]) -> None:
    """A withdrawal arriving now waits, or has already been seen."""
    # By a sub-query: a join would lock the decisions too, before the batch.
    applications = Application.objects.select_for_update(no_key=True).filter(pk__in=decisions.order_by().values("application"))
    list(applications.order_by("pk").values_list("pk", flat=True))


def lock(release: Release) -> Release:
    """The batch as it is now, locked until the end of the transaction."""
    return Release.objects.select_for_update(no_key=True).get(pk=release.pk)


def defer_preparation(release: Release) -> None:
    """Ask the worker for the missing letters; two jobs of one batch never run together."""
    defer(JOB, queue="letters", lock=f"release:{release.pk}", release_id=release.pk)


def drop_out(release: Release) -> None:
    """Take out of the batch what must not be read: applications withdrawn, decisions replaced. `release` is locked."""
    gone = release.decisions.filter(Q(application__state=State.WITHDRAWN) | Q(replaced_by__isnull=False))
    delete_letters(DecisionLetter.objects.filter(decision__in=gone))
    gone.update(release=None)
    release.total = release.decisions.count()
    release.save(update_fields=["total"])


def delete_letters(letters: QuerySet[DecisionLetter]) -> int:
    """Delete letters never released, and their files once it is certain that nothing names them. Returns how many."""
    names = [letter.pdf.name for letter in letters if letter.pdf.name]
    letters.delete()
    for name in names:
        transaction.on_commit(partial(private_storage().delete, name))
    return len(names)
