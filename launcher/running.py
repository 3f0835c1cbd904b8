"""The programs of a running site: started, watched, remembered across a brutal stop, ended."""

import http.client
import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import signals
from launcher.messages import Refusal, failure
from launcher.ports import Address
from launcher.processes import birth, end
from launcher.project import Project

PATIENCE = 10.0  # seconds given to a program to stop
FIRST_ANSWER = 90.0


@dataclass(frozen=True)
class Program:
    name: str  # as in « Le serveur web s’est arrêté »
    process: subprocess.Popen[bytes]
    log: Path

    def end(self) -> None:
        born = birth(self.process.pid)
        if born and self.process.poll() is None:
            end(self.process.pid, born, patience=PATIENCE)
        self.process.wait()


def start(project: Project, name: str, log: str, command: list[str], environment: dict[str, str]) -> Program:
    """Starts a program in a session of its own: Ctrl-C reaches the launcher alone, which stops them in order."""
    path = project.logs / log
    with path.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=project.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    return Program(name, process, path)


def check(programs: list[Program]) -> None:
    """Refuses to go on when one of them has stopped."""
    for program in programs:
        if program.process.poll() is not None:
            raise failure(f"{program.name} s’est arrêté tout seul : le reste est arrêté aussi.", program.log)


def wait_until_healthy(address: Address, program: Program) -> None:
    deadline = time.monotonic() + FIRST_ANSWER
    while not answers(address):
        check([program])
        signals.check()
        if time.monotonic() > deadline:
            raise failure(f"Le site ne répond pas après {FIRST_ANSWER:.0f} secondes.", program.log)
        time.sleep(0.1)


def answers(address: Address, path: str = "/sante/") -> bool:
    connection = http.client.HTTPConnection(address.reached_at, address.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{address.port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def remember(project: Project, programs: list[Program]) -> None:
    """Writes who runs, with the moment each was born: the number alone could be another program's tomorrow."""
    pids = {"launcher": os.getpid()} | {program.name: program.process.pid for program in programs}
    _note(project).write_text(json.dumps({name: [pid, birth(pid)] for name, pid in pids.items()}))


def forget(project: Project) -> None:
    _note(project).unlink(missing_ok=True)


def remembered(project: Project) -> dict[str, tuple[int, str]]:
    """The programs of the last start that still live, by name."""
    try:
        note = json.loads(_note(project).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {name: (pid, born) for name, (pid, born) in note.items() if born and birth(pid) == born}


def end_leftovers(project: Project) -> list[str]:
    """Ends what a launcher killed brutally left behind; returns the names."""
    left = remembered(project)
    for name, (pid, born) in left.items():
        try:
            end(pid, born, patience=PATIENCE)
        except PermissionError:
            raise Refusal(
                f"{name} (processus {pid}) a été lancé par un autre compte : arrêtez-le depuis ce compte (make stop)."
            ) from None
    forget(project)
    return list(left)


def _note(project: Project) -> Path:
    return project.var / "run.json"
