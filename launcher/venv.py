"""The virtual environment `.venv`, filled from a lock file, once."""

import importlib.util
import subprocess
import sys

from launcher import apt, stamps
from launcher.messages import say
from launcher.processes import run_logged
from launcher.project import Project

OLDEST = (3, 11)


def ensure(project: Project, lock: str = "requirements.txt") -> None:
    """Creates the environment when it is missing or broken, and installs `lock` unless that was already done."""
    lock_file = project.root / lock
    stamp = project.venv / f".installed-{lock}"
    version = _ask(project, "import sys; print(*sys.version_info[:2])")
    if version and stamps.matches(stamp, stamps.fingerprint([lock_file], version)):
        return
    if not version or tuple(map(int, version.split())) < OLDEST or not _ask(project, "import pip; print(1)"):
        _create(project)
        version = f"{sys.version_info.major} {sys.version_info.minor}"
    say(f"Installation des bibliothèques Python ({lock} ; une minute environ la première fois)…")
    run_logged(
        [str(project.python), "-m", "pip", "install", "--no-input", "--require-hashes", "-r", str(lock_file)],
        log=project.logs / "pip.log",
        sentence="Les bibliothèques Python n’ont pas pu être installées : vérifiez le réseau, puis relancez.",
        cwd=project.root,
        env=project.environment(PIP_ROOT_USER_ACTION="ignore", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0"),
    )
    stamps.write(stamp, stamps.fingerprint([lock_file], version))


def _ask(project: Project, code: str) -> str:
    """What the environment's own Python prints, empty when it cannot run (moved, or its system's Python replaced)."""
    try:
        answer = subprocess.run([str(project.python), "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _create(project: Project) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        # Debian's python3-venv matches its python3; each version of Python has a package of its own name.
        apt.install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"], "créer un environnement Python")
    say("Création de l’environnement Python (.venv)…")
    run_logged(
        [sys.executable, "-m", "venv", "--clear", str(project.venv)],
        log=project.logs / "venv.log",
        sentence="L’environnement Python n’a pas pu être créé. Sous Debian : sudo apt-get install -y python3-venv.",
        cwd=project.root,
    )
