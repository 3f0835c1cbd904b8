"""Installing packages of the system: by apt-get when root, otherwise the sentence with the exact command."""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from launcher.messages import Refusal, say
from launcher.project import is_root

LISTS = Path("/var/lib/apt/lists")
DAY = 24 * 60 * 60


def lists_are_fresh(folder: Path = LISTS) -> bool:
    """Whether the lists of packages exist and are younger than a day (a bare image has none)."""
    newest = max((file.stat().st_mtime for file in folder.glob("*_Packages*")), default=0)
    return time.time() - newest < DAY


def install(packages: Sequence[str], purpose: str) -> None:
    """Installs the packages, or refuses with the command to run. `purpose` completes « … manque pour … »."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise Refusal(
            f"Il manque de quoi {purpose}. Installez l’équivalent de ces paquets Debian avec l’outil de votre système : {names}"
        )
    command = f"apt-get install -y {names}"
    if not is_root():
        raise Refusal(f"Il manque de quoi {purpose}. Lancez : sudo {command}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not lists_are_fresh():
        say("→ apt-get update")
        _run(["apt-get", "update"], environment)
    say(f"→ {command}   (pour {purpose})")
    if _run(command.split(), environment) != 0:
        raise Refusal(
            f"apt-get n’a pas pu installer de quoi {purpose} (voir ci-dessus). "
            f"Vérifiez le réseau et les sources d’apt, puis relancez : {command}"
        )


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    return subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False).returncode
