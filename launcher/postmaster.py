"""The process of the local PostgreSQL: started, found again after any kind of stop, stopped."""

import os
import shlex
import time
from pathlib import Path

from launcher import cluster as clusters
from launcher import signals
from launcher.cluster import SUPERUSER, Cluster
from launcher.messages import Refusal, failure, say
from launcher.postgres_binaries import Binaries
from launcher.processes import birth, name_of

PATIENCE = 60.0  # seconds: a recovery after a brutal stop may be long
STILL_THERE = "pre-existing shared memory block"


def find_or_start(cluster: Cluster, binaries: Binaries) -> Path:
    """The folder of the socket of a server that answers, already running or started now."""
    folder = running(cluster, binaries)
    if folder:
        return folder
    clusters.initialise(cluster, binaries)
    _forget_dead_server(cluster)
    return _start(cluster, binaries)


def running(cluster: Cluster, binaries: Binaries) -> Path | None:
    """The socket's folder of the server left by a previous start, once it answers; None when there is none."""
    deadline = time.monotonic() + PATIENCE
    while True:
        lines = pid_lines(cluster)  # read again: a server that starts writes them one by one
        if not lines or not _is_server(int(lines[0]), cluster.data):
            return None
        if len(lines) > 4 and _answers(cluster, binaries, Path(lines[4])):
            return Path(lines[4])
        if time.monotonic() > deadline:
            raise Refusal(
                f"Le PostgreSQL d’un démarrage précédent ne répond plus (processus {lines[0]}). Arrêtez-le : make stop"
            )
        signals.check()
        time.sleep(0.2)


def stop(cluster: Cluster, binaries: Binaries) -> None:
    lines = pid_lines(cluster)
    if not lines or not _is_server(int(lines[0]), cluster.data):
        return  # dead already: PostgreSQL's own tool would wait for it in vain
    command = [binaries["pg_ctl"], "stop", "-D", str(cluster.data), "-w", "-t", "30", "-m"]
    if cluster.account.run([*command, "fast"], capture_output=True).returncode != 0:
        cluster.account.run([*command, "immediate"], capture_output=True)


def _start(cluster: Cluster, binaries: Binaries) -> Path:
    folder = clusters.socket_folder(cluster)
    # No network at all: the socket is in a folder that only this account (and root) may enter.
    options = f"-c listen_addresses= -c port=5432 -c unix_socket_permissions=0700 -k {shlex.quote(str(folder))}"
    command = [binaries["pg_ctl"], "start", "-D", str(cluster.data), "-l", str(cluster.log)]
    command += ["-s", "-w", "-t", str(int(PATIENCE)), "-o", options]
    deadline = time.monotonic() + 15
    while True:
        cluster.log.unlink(missing_ok=True)
        if cluster.account.run(command, capture_output=True).returncode == 0:
            return folder
        # Killed brutally, a server leaves its workers a moment: they must be gone before the next one starts.
        if STILL_THERE not in _text(cluster.log) or time.monotonic() > deadline:
            raise failure("PostgreSQL ne démarre pas.", cluster.log)
        time.sleep(0.3)


def _forget_dead_server(cluster: Cluster) -> None:
    """Removes the note of a dead server when PostgreSQL itself could not tell: its number is a zombie's or another's."""
    lines = pid_lines(cluster)
    if not lines or not _exists(int(lines[0])) or _is_server(int(lines[0]), cluster.data):
        return
    deadline = time.monotonic() + 10
    while _workers_left(cluster):
        if time.monotonic() > deadline:
            raise Refusal("Des processus d’un PostgreSQL arrêté brutalement durent encore. Attendez un instant, puis relancez.")
        time.sleep(0.2)
    say("Le PostgreSQL d’un démarrage précédent a été arrêté brutalement : il reprend sa base.")
    cluster.pid_file.unlink()
    folder = Path(lines[4]) if len(lines) > 4 else cluster.home / "run"
    if clusters.is_private(folder, cluster.account):
        (folder / f"{clusters.SOCKET_NAME}.lock").unlink(missing_ok=True)
        (folder / clusters.SOCKET_NAME).unlink(missing_ok=True)


def _workers_left(cluster: Cluster) -> bool:
    """Whether a process still works in the folder of the data (Linux only: elsewhere PostgreSQL checks by itself)."""
    pids = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
    return any(works_in(pid, cluster.data) and birth(pid) for pid in pids)


def _answers(cluster: Cluster, binaries: Binaries, folder: Path) -> bool:
    command = [binaries["pg_isready"], "-q", "-h", str(folder), "-p", "5432", "-U", SUPERUSER]
    return cluster.account.run(command, capture_output=True).returncode == 0


def pid_lines(cluster: Cluster) -> list[str]:
    lines = _text(cluster.pid_file).splitlines()
    return lines if lines and lines[0].strip().isdigit() else []


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except FileNotFoundError:
        return ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _is_server(pid: int, data: Path) -> bool:
    """Whether this process is the server of these data: the number may have gone to another one since."""
    if birth(pid) is None or not name_of(pid).startswith("postgres"):
        return False
    return not Path("/proc/self/cwd").exists() or works_in(pid, data)


def works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False
