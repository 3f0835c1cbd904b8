"""What the site holds at its start. Run by the environment's Python, in one process: starting Django costs a second.

`python -m launcher.content FILE COMMAND…` runs management commands in turn; the output of the last one goes to FILE
when FILE is not `-`.
"""

import io
import subprocess
import sys
import time
from pathlib import Path

from launcher.messages import failure
from launcher.processes import wait
from launcher.project import Project

STEP = "### "
SENTENCES = {
    "migrate": "Les tables de la base n’ont pas pu être mises à jour.",
    "createcachetable": "La table du cache n’a pas pu être créée.",
    "load_reference": "Les données de référence n’ont pas pu être chargées.",
    "load_demo": "La démonstration n’a pas pu être chargée.",
    "demo_accounts": "Les comptes de démonstration n’ont pas pu être lus.",
}


def load(project: Project, environment: dict[str, str], commands: list[str], *, output: Path | None = None) -> None:
    log = project.logs / "preparation.log"
    command = [str(project.python), "-m", "launcher.content", str(output or "-"), *commands]
    with log.open("w") as stream:
        child = subprocess.Popen(
            command, cwd=project.root, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
        )
        code = wait(child)
    if code != 0:
        steps = [line.removeprefix(STEP).split()[0] for line in log.read_text().splitlines() if line.startswith(STEP)]
        raise failure(SENTENCES.get(steps[-1] if steps else "", "Le site n’a pas pu être préparé."), log)


def _run(output: str, commands: list[str]) -> None:
    import django
    from django.core.management import CommandError

    started = time.monotonic()
    django.setup()
    for command in commands:
        print(f"{STEP}{command} (à {time.monotonic() - started:.1f} s)", flush=True)
        try:
            text = _call(command)
        except CommandError as error:
            sys.exit(str(error))
        if output != "-" and command == commands[-1]:
            Path(output).write_text(text)
    print(f"{STEP}fin (à {time.monotonic() - started:.1f} s)")


def _call(command: str) -> str:
    """Runs a command; its output, in colours for nobody, is returned and printed."""
    from django.core.management import call_command

    options = {"interactive": False} if command == "migrate" else {}
    text = io.StringIO()
    try:
        call_command(command, stdout=text, no_color=True, **options)
    finally:
        print(text.getvalue(), end="", flush=True)
    return text.getvalue()


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2:])
