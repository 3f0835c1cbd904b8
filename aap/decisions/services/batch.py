"""What preparing and releasing share: the lock of the batch, who drops out of it, the worker's job."""

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from aap.applications.states import State
from aap.decisions.models import DecisionLetter, Release
from aap.files.storage import private_storage
from aap.queue import defer

JOB = "aap.decisions.prepare_letters"


def lock(release: Release) -> Release:
    """The batch as it is now, locked until the end of the transaction."""
    return Release.objects.select_for_update().get(pk=release.pk)


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
