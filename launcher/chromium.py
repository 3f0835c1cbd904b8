"""A Chromium that really starts: the tests drive it, and some systems only have a stub of that name."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from launcher import apt
from launcher.messages import Refusal
from launcher.project import is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
REMAINS = "Sans navigateur, make test-unit lance tous les autres tests."


def ensure() -> str:
    """The path of a Chromium that starts; when root on Debian, installs it."""
    found = find()
    if found:
        return found
    if os.environ.get("CHROMIUM"):
        raise Refusal(
            f"CHROMIUM={os.environ['CHROMIUM']} ne démarre pas : donnez le chemin d’un Chromium ou d’un Chrome. {REMAINS}"
        )
    if is_root() and shutil.which("apt-get"):
        apt.install(["chromium"], "tester les pages dans un vrai navigateur")
        found = find()
        if found:
            return found
    raise Refusal(
        "Aucun Chromium utilisable sur cette machine. Sous Debian : sudo apt-get install -y chromium. "
        f"Ailleurs (Ubuntu n’a qu’un snap) : installez Google Chrome, ou CHROMIUM=/chemin/du/navigateur make test. {REMAINS}"
    )


def find() -> str | None:
    return next((path for path in _candidates() if starts(path)), None)


def _candidates() -> Iterator[str]:
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        yield chosen
        return
    yield from filter(None, map(shutil.which, NAMES))
    if sys.platform == "darwin":
        yield from filter(os.path.exists, APPLICATIONS)


def starts(path: str) -> bool:
    """Whether the program says that it is a Chromium, and draws an empty page."""
    if "/snap/" in str(Path(path).resolve()):
        return False  # shut in its own folders, it cannot be driven
    version = _output([path, "--version"])
    if "Chrom" not in version:
        return False
    with tempfile.TemporaryDirectory(prefix="aap-chromium-", ignore_cleanup_errors=True) as profile:
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            f"--user-data-dir={profile}",
        ]
        return "<html" in _output([path, *options, "--dump-dom", "about:blank"])


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=60, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
