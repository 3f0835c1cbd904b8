"""`make stop` and `make clean`: ending what runs, removing what the other commands made."""

import os
import shutil
import signal
import sys
import time

from launcher import cluster as clusters
from launcher import postgres, running
from launcher.messages import Refusal, say
from launcher.processes import birth
from launcher.project import Project

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")
PATIENCE = 40.0


def stop(project: Project) -> int:
    project.make_folders()
    launcher = running.remembered(project).get("launcher")
    if launcher:
        _stop_launcher(*launcher)
    for name in running.end_leftovers(project):
        say(f"Arrêté : {name}.")
    cluster = clusters.locate(project)
    if cluster.is_initialised():
        with postgres.users_of(cluster) as users, postgres.starting(cluster):
            if not postgres.stop_if_unused(project, cluster, users):
                raise Refusal("Une autre commande (des tests ?) se sert de PostgreSQL : il s’arrêtera avec elle.")
    say("Tout est arrêté.")
    return 0


def clean(project: Project) -> int:
    if sys.stdin is not None and sys.stdin.isatty():
        say("Ceci efface .venv, node_modules et var : la base locale, ses documents, les journaux. Continuer ? [o/N]")
        if sys.stdin.readline().strip().lower() not in ("o", "oui"):
            raise Refusal("Rien n’a été effacé.")
    stop(project)
    clusters.remove(clusters.locate(project))
    for folder in (project.venv, project.root / "node_modules", project.var, *(project.root / name for name in CACHES)):
        if folder.exists():
            shutil.rmtree(folder)
    say("Effacé : .venv, node_modules, var.")
    return 0


def _stop_launcher(pid: int, born: str) -> None:
    try:
        os.kill(pid, signal.SIGTERM)
    except PermissionError:
        raise Refusal(f"Le site a été lancé par un autre compte (processus {pid}) : arrêtez-le depuis ce compte.") from None
    deadline = time.monotonic() + PATIENCE
    while birth(pid) == born:
        if time.monotonic() > deadline:
            raise Refusal(f"Le site ne s’arrête pas (processus {pid}). Insistez : kill -9 {pid}, puis make stop")
        time.sleep(0.1)
