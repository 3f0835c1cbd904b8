"""`make test` and its variants: the same preparation as `make run`, then pytest on a database of its own."""

import os
import shlex

from launcher import attached, chromium, locks, preparation
from launcher.messages import say
from launcher.project import Project

BUSY = "Des tests tournent déjà dans ce dossier ({note}) : attendez leur fin, ou arrêtez-les."


def everything(project: Project) -> int:
    return _pytest(project, ["-n", "2", "--dist", "loadgroup", "-m", "not soak and not shots"], browser=True)


def without_browser(project: Project) -> int:
    return _pytest(project, ["-n", "2", "--dist", "loadgroup", "-m", "not e2e and not soak and not shots"])


def large_sizes(project: Project) -> int:
    return _pytest(project, ["-m", "soak"], browser=True, SOAK="1")


def screenshots(project: Project) -> int:
    folder = project.var / "shots"
    code = _pytest(project, ["-m", "shots", "tests/e2e/shots"], browser=True, SHOTS_DIR=str(folder))
    if code == 0:
        say(f"Captures d’écran : {folder}")
    return code


def _pytest(project: Project, arguments: list[str], *, browser: bool = False, **variables: str) -> int:
    if browser:
        variables["CHROMIUM"] = chromium.ensure()
    project.make_folders()
    arguments += shlex.split(os.environ.get("ARGS", ""))
    with locks.only_one(project.var / "test.lock", BUSY) as lock:
        lock.write(f"processus {os.getpid()}")
        lock.flush()
        with preparation.prepared(project, preparation.DEVELOPMENT, creates=True) as environment:
            return attached.run(project, ["-m", "pytest", *arguments], environment | variables)
