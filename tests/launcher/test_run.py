"""`run` as a person lives it, on a site of a few lines: started, interrupted, killed, started again."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import accounts, frontend, postgres_binaries, preparation, stamps
from launcher.processes import birth
from launcher.project import here

SITE = Path(__file__).parent / "site"
PATIENCE = 60

pytestmark = pytest.mark.skipif(
    not postgres_binaries.installed(accounts.current()), reason="PostgreSQL n’est pas installé sur cette machine"
)


class Clone:
    """A clone whose packages are installed already: its `.venv` leads to the one that runs these tests."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(here().root / "launcher", root / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(SITE, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        for name in (*frontend.SOURCES, preparation.SITE):
            shutil.copy(here().root / name, root / name)
        python = root / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
        version = f"{sys.version_info.major} {sys.version_info.minor}"
        stamps.write(root / ".venv" / f".installed-{preparation.SITE}", stamps.fingerprint([root / preparation.SITE], version))
        (root / "node_modules").mkdir()
        wanted = stamps.fingerprint(root / name for name in frontend.SOURCES)
        stamps.write(root / "node_modules" / ".installed-package-lock", wanted)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = listening.getsockname()[1]
        dropped = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "HOST", "SITE_URL", "ARGS")
        environment = {key: value for key, value in os.environ.items() if key not in dropped}
        self.environment = {**environment, "PORT": str(self.port), "PYTHONDONTWRITEBYTECODE": "1"}
        self.output = root / "output.txt"

    def start(self) -> "subprocess.Popen[bytes]":
        with self.output.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "launcher", "run"],
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        deadline = time.monotonic() + PATIENCE
        while "Le site est prêt" not in self.said() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        return process

    def said(self) -> str:
        return self.output.read_text()

    def verb(self, name: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "launcher", name]
        return subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False)

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sante/")
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def pids(self) -> dict[str, int]:
        return {name: pid for name, (pid, _) in json.loads((self.root / "var" / "run.json").read_text()).items()}

    def postgres_pid(self) -> int:
        return int((self.root / "var" / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])


@pytest.fixture
def clone(folder: Path) -> Iterator[Clone]:
    made = Clone(folder / "clone")
    yield made
    made.verb("stop")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_then_stops_everything(clone: Clone, signum: signal.Signals) -> None:
    launcher = clone.start()
    assert clone.status() == 200
    assert f"http://localhost:{clone.port}\n\nInstruction  agent@exemple.fr" in clone.said()
    pids = [*clone.pids().values(), clone.postgres_pid()]
    launcher.send_signal(signum)
    assert launcher.wait(PATIENCE) == 0
    assert clone.said().endswith("\nArrêt…\nTout est arrêté.\n")
    assert "Traceback" not in clone.said()
    assert [pid for pid in pids if birth(pid)] == []


def test_second_run_says_that_the_site_already_runs(clone: Clone) -> None:
    launcher = clone.start()
    second = clone.verb("run")
    assert second.returncode == 2
    assert second.stderr.strip() == (
        f"✗ Le site tourne déjà (http://localhost:{clone.port}, processus {launcher.pid}). "
        "Arrêtez-le par Ctrl-C dans son terminal, ou par : make stop"
    )
    assert clone.verb("stop").stdout == "Tout est arrêté.\n"
    assert launcher.wait(PATIENCE) == 0


def test_run_after_a_brutal_stop_takes_everything_over(clone: Clone) -> None:
    launcher = clone.start()
    left, postgres = clone.pids(), clone.postgres_pid()
    launcher.kill()
    launcher.wait()
    assert clone.status() == 200
    again = clone.start()
    assert "Resté d’un arrêt brutal, arrêté maintenant : Le serveur web." in clone.said()
    assert clone.status() == 200
    assert clone.postgres_pid() == postgres
    again.send_signal(signal.SIGINT)
    assert again.wait(PATIENCE) == 0
    assert [pid for pid in (*left.values(), postgres) if birth(pid)] == []


def test_run_says_which_program_stopped(clone: Clone) -> None:
    launcher = clone.start()
    pids = clone.pids()
    os.kill(pids["Le traitement des tâches"], signal.SIGKILL)
    assert launcher.wait(PATIENCE) == 2
    assert "✗ Le traitement des tâches s’est arrêté tout seul : le reste est arrêté aussi." in clone.said()
    assert birth(pids["Le serveur web"]) is None


def test_run_says_which_step_failed(clone: Clone) -> None:
    command = clone.root / "config" / "management" / "commands" / "load_demo.py"
    command.write_text(command.read_text().replace('self.stdout.write("ok")', 'raise ValueError("cassé")'))
    launcher = clone.start()
    assert launcher.wait(PATIENCE) == 2
    assert "    ValueError: cassé\n\n✗ La démonstration n’a pas pu être chargée. Journal complet : " in clone.said()
    assert not (clone.root / "var" / "postgres" / "data" / "postmaster.pid").exists()
