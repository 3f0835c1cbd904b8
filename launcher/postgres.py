"""The local PostgreSQL as the commands see it: there while one of them uses it, stopped by the last one."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from launcher import cluster as clusters
from launcher import locks, postgres_binaries, postmaster
from launcher.cluster import SUPERUSER, Cluster
from launcher.messages import failure
from launcher.postgres_binaries import Binaries
from launcher.project import Project

DATABASE = "appels"


@contextmanager
def server(project: Project) -> Iterator[str]:
    """The address of the local server's database. The last command to leave stops the server."""
    cluster = clusters.locate(project)
    cluster.make_home()
    with users_of(cluster) as users:
        try:
            with starting(cluster):
                fcntl.flock(users, fcntl.LOCK_SH)
                binaries = programs(project, cluster)
                folder = postmaster.find_or_start(cluster, binaries)
                _create_database(cluster, binaries, folder)
            yield f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(folder), safe='/')}"
        finally:
            with starting(cluster):
                fcntl.flock(users, fcntl.LOCK_UN)
                stop_if_unused(project, cluster, users)


def users_of(cluster: Cluster) -> IO[str]:
    """The file that each command using the server holds, shared: free, nobody uses the server any more."""
    return locks.open_lock(cluster.home / "users.lock", (cluster.account.uid, cluster.account.gid))


def starting(cluster: Cluster) -> AbstractContextManager[None]:
    """One command at a time starts or stops the server."""
    return locks.in_turn(cluster.home / "start.lock", owner=(cluster.account.uid, cluster.account.gid))


def programs(project: Project, cluster: Cluster) -> Binaries:
    binaries = postgres_binaries.find(project, cluster.account, cluster.made_with())
    return postgres_binaries.within_reach(binaries, cluster.account, cluster.home)


def stop_if_unused(project: Project, cluster: Cluster, users: IO[str]) -> bool:
    """Stops the server unless another command uses it; says whether nobody does."""
    if not locks.try_exclusive(users):
        return False
    if postmaster.pid_lines(cluster):
        postmaster.stop(cluster, programs(project, cluster))
    return True


def _create_database(cluster: Cluster, binaries: Binaries, folder: Path) -> None:
    psql = [binaries["psql"], "-X", "-q", "-h", str(folder), "-p", "5432", "-U", SUPERUSER, "-d", "postgres", "-tA", "-c"]
    names = cluster.account.run([*psql, "SELECT datname FROM pg_database"], capture_output=True).stdout.split()
    if DATABASE in names:
        return
    answer = cluster.account.run([*psql, f"CREATE DATABASE {DATABASE}"], capture_output=True)
    if answer.returncode != 0:
        raise failure(f"La base de données n’a pas pu être créée ({answer.stderr.strip()}).", cluster.log)
