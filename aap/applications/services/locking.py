"""Take an application to write in it, or say why it cannot be written in any more."""

from aap import clock
from aap.applications.models import Application
from aap.applications.rules import may_edit, refusal_to_write
from aap.errors import DomainError
from aap.people.models import User

READERS_ONLY_READ = "Votre rattachement à cette structure permet de lire ce dossier, pas de le modifier."


def locked(application: Application) -> Application:
    """The application as it is in the database now, its row locked until the end of the transaction."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "call", "organisation", "questionnaire_version"
    )
    return rows.get(pk=application.pk)


def locked_for_writing(application: Application, *, by: User) -> Application:
    """The same, when `by` may still write in it. Raises DomainError after the deposit, after the closing, for readers."""
    row = locked(application)
    if not may_edit(by, row):
        raise DomainError(READERS_ONLY_READ)
    if refusal := refusal_to_write(row, at=clock.now()):
        raise DomainError(refusal)
    return row
