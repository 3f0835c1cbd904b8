"""Running a command with its output in a log, and telling whether a process seen earlier is still the same one."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from launcher import signals
from launcher.messages import failure


def run_logged(command: Sequence[str], *, log: Path, sentence: str, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Runs a command whose output goes to `log`; a failure is `sentence` with the end of that log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, cwd=cwd, env=env)
        code = wait(child)
    if code != 0:
        raise failure(sentence, log)


def wait(child: "subprocess.Popen[bytes]", *, patience: float = 5.0) -> int:
    """The exit code of a program that we wait for; interrupted, we interrupt it, insisting after `patience` seconds."""
    try:
        while True:
            code = _code(child, 0.2)
            if code is not None:
                return code
            signals.check()
    except signals.Interrupted as interruption:
        if interruption.signum != signal.SIGINT:  # Ctrl-C has already reached it
            child.send_signal(signal.SIGINT)
        for insist in (child.terminate, child.kill):
            if _code(child, patience) is None:
                insist()
        child.wait()
        raise


def _code(child: "subprocess.Popen[bytes]", seconds: float) -> int | None:
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None


def birth(pid: int) -> str | None:
    """A value that changes when the number `pid` is given to another process; None when it is dead or a zombie."""
    if not Path("/proc/self/stat").exists():
        return _birth_from_ps(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _birth_from_ps(pid: int) -> str | None:
    answer = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def name_of(pid: int) -> str:
    """The name of a process, empty when it cannot be known."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        pass
    if shutil.which("ps") is None:
        return ""
    answer = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return Path(answer.stdout.strip()).name


def end(pid: int, born: str, *, patience: float) -> None:
    """Asks the process to stop, group included, and insists after `patience` seconds. Does nothing to another one."""
    for signum in (signal.SIGTERM, signal.SIGKILL):
        if birth(pid) != born:
            return
        _signal_group(pid, signum)
        deadline = time.monotonic() + patience
        while birth(pid) == born and time.monotonic() < deadline:
            time.sleep(0.05)


def _signal_group(pid: int, signum: signal.Signals) -> None:
    try:
        if os.getpgid(pid) == pid:
            os.killpg(pid, signum)
        else:
            os.kill(pid, signum)
    except ProcessLookupError:
        pass
