"""What every command needs before its own work: libraries, packages, a database."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from launcher import databases, frontend, libraries, locks, venv
from launcher.messages import Refusal
from launcher.project import Project

DEVELOPMENT = "requirements-dev.txt"
SITE = "requirements.txt"
FIRST_START_BYTES = 2 * 1024**3
ANY_START_BYTES = 200 * 1024**2


def install(project: Project, lock: str) -> None:
    """Everything but the database. One command at a time: two would install over each other."""
    project.make_folders()
    _check_disk(project)
    with locks.in_turn(project.var / "prepare.lock", "Une autre commande prépare déjà ce dossier : attente de sa fin…"):
        libraries.ensure()
        venv.ensure(project, lock)
        frontend.ensure(project)


@contextmanager
def prepared(project: Project, lock: str, *, creates: bool = False) -> Iterator[dict[str, str]]:
    """The environment of the command's programs, its database being open; `creates`: it makes databases of its own."""
    install(project, lock)
    with databases.address(project, creates=creates) as environment:
        yield environment


def _check_disk(project: Project) -> None:
    needed = ANY_START_BYTES if project.venv.exists() else FIRST_START_BYTES
    free = shutil.disk_usage(project.var).free
    if free < needed:
        raise Refusal(
            f"Le disque est plein : il reste {free // 1024**2} Mo là où est le projet et il en faut {needed // 1024**2}. "
            "Libérez de la place, puis relancez la même commande."
        )
