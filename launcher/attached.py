"""Running a program in the foreground: it has the terminal, and the command ends as it does."""

import signal
import subprocess
from collections.abc import Mapping, Sequence

from launcher.project import Project
from launcher.signals import Interrupted

PATIENCE = 15


def run(project: Project, command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs one of the environment's programs (`command` starts with `-m` or a script); returns its exit code."""
    child = subprocess.Popen([str(project.python), *command], cwd=project.root, env=environment)
    try:
        return child.wait()
    except Interrupted as interruption:
        _end(child, interruption.signum)
        raise


def _end(child: subprocess.Popen[bytes], signum: int) -> None:
    """Ctrl-C has already reached the program; any other signal becomes one, so that it cleans up behind itself."""
    if signum != signal.SIGINT:
        child.send_signal(signal.SIGINT)
    for insist in (child.terminate, child.kill):
        try:
            child.wait(timeout=PATIENCE)
            return
        except subprocess.TimeoutExpired:
            insist()
    child.wait()
