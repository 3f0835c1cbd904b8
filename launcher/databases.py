"""The database that a command uses: the one of DATABASE_URL, or the local server's.

Run as a script by the environment's Python, which alone has psycopg: `python -m launcher.databases check|recreate`.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from launcher import postgres
from launcher.messages import Refusal, say
from launcher.project import Project


@contextmanager
def address(project: Project, *, creates: bool = False) -> Iterator[dict[str, str]]:
    """The environment that leads to the database; `creates` when the command makes databases of its own."""
    given = os.environ.get("DATABASE_URL", "").strip()
    if given:
        parts = urlsplit(given)
        say(f"Base de données : {name(given)} sur {parts.hostname or 'cette machine'} (DATABASE_URL).")
        _ask(project, given, "check", "creates" if creates else "")
        yield project.environment(DATABASE_URL=given)
        return
    with postgres.server(project) as url:
        environment = project.environment(DATABASE_URL=url)
        yield {key: value for key, value in environment.items() if not key.startswith("PG")}


def name(url: str) -> str:
    return unquote(urlsplit(url).path.lstrip("/"))


def recreate(project: Project, environment: dict[str, str], suffix: str) -> dict[str, str]:
    """Drops and creates the database named after this one and `suffix`; returns the environment that leads to it."""
    url = environment["DATABASE_URL"]
    other = f"{name(url)}_{suffix}"
    _ask(project, url, "recreate", other)
    return {**environment, "DATABASE_URL": urlsplit(url)._replace(path=f"/{other}").geturl()}


def _ask(project: Project, url: str, *arguments: str) -> None:
    command = [str(project.python), "-m", "launcher.databases", *arguments]
    environment = project.environment(DATABASE_URL=url)
    answer = subprocess.run(command, capture_output=True, text=True, cwd=project.root, env=environment, check=False)
    if answer.returncode != 0:
        lines = answer.stderr.strip().splitlines() or ["raison inconnue"]
        raise Refusal(f"La base de données ne convient pas : {lines[-1]}")


def _check(creates: str) -> None:
    with _connect() as connection:
        if connection.info.server_version < 150000:
            sys.exit(f"PostgreSQL {connection.info.server_version // 10000} est trop ancien, il faut la version 15 ou plus.")
        may = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if creates and not (may and may[0]):
            sys.exit(f"ce compte ne peut pas créer de base. Accordez-lui ce droit : ALTER ROLE {connection.info.user} CREATEDB")


def _recreate(other: str) -> None:
    from psycopg.sql import SQL, Identifier

    with _connect() as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(other)))
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(other)))


def _connect() -> Any:  # psycopg is only known to the environment's Python
    import psycopg

    try:
        return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, connect_timeout=5)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        sys.exit(f"elle ne répond pas. Vérifiez DATABASE_URL, ou retirez-la pour une base locale. ({reason})")


if __name__ == "__main__":
    {"check": _check, "recreate": _recreate}[sys.argv[1]](sys.argv[2])
