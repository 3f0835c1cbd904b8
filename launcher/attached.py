"""Running a program in the foreground: it has the terminal, and the command ends as it does."""

import subprocess
from collections.abc import Mapping, Sequence

from launcher.processes import wait
from launcher.project import Project

PATIENCE = 15.0  # seconds: pytest drops its databases before it leaves


def run(project: Project, command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs one of the environment's programs (`command` starts with `-m` or a script); returns its exit code."""
    child = subprocess.Popen([str(project.python), *command], cwd=project.root, env=environment)
    return wait(child, patience=PATIENCE)
