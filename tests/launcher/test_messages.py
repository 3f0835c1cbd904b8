"""Each refusal is one sentence that says what to do next."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from launcher import apt, chromium, libraries, messages
from launcher.messages import Refusal
from launcher.project import here
from tests.launcher.conftest import as_root

SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.mark.parametrize(
    ("number", "start"),
    [
        (errno.ENOSPC, "Le disque est plein (/x) : libérez au moins 1 Go"),
        (errno.EACCES, "Ce compte n’a pas le droit d’écrire ici (/x). "),
        (errno.EROFS, "Le dossier du projet est en lecture seule (/x) : "),
        (errno.EIO, "Le système a refusé une opération (/x) : "),
    ],
)
def test_error_of_the_system_becomes_a_sentence(number: int, start: str) -> None:
    assert str(messages.explain(OSError(number, os.strerror(number), "/x"))).startswith(start)


def test_failure_shows_the_last_lines_of_the_log(folder: Path) -> None:
    log = folder / "some.log"
    log.write_text("\n".join(f"ligne {number}" for number in range(30)))
    refusal = messages.failure("Cela n’a pas marché.", log)
    assert str(refusal) == f"Cela n’a pas marché. Journal complet : {log}"
    assert refusal.details.splitlines() == [f"    ligne {number}" for number in range(15, 30)]


def test_missing_libraries_are_debian_packages() -> None:
    assert libraries.missing(present=lambda library: library.name == "pango-1.0") == [
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
    ]


@as_root
def test_ordinary_account_is_given_the_exact_command() -> None:
    if not Path(SYSTEM_PYTHON).exists():
        pytest.skip("le Python du système n’est pas là")
    code = "from launcher import apt; apt.install(['libpango-1.0-0', 'chromium'], 'fabriquer les PDF')"
    answer = subprocess.run(
        [SYSTEM_PYTHON, "-c", code],
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(here().root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        user=65534,
        group=65534,
        extra_groups=[],
    )
    if "No module named 'launcher'" in answer.stderr:
        pytest.skip("ce dossier est fermé aux autres comptes")
    expected = "Il manque de quoi fabriquer les PDF. Lancez : sudo apt-get install -y libpango-1.0-0 chromium"
    assert answer.stderr.strip().splitlines()[-1] == f"launcher.messages.Refusal: {expected}"


def test_old_or_absent_lists_of_packages_are_not_fresh(folder: Path) -> None:
    assert not apt.lists_are_fresh(folder)
    lists = folder / "main_binary-amd64_Packages.lz4"
    lists.write_text("")
    assert apt.lists_are_fresh(folder)
    os.utime(lists, (0, 0))
    assert not apt.lists_are_fresh(folder)


def test_program_that_is_no_chromium_does_not_start() -> None:
    assert [chromium.starts(path) for path in (sys.executable, "/absent")] == [False, False]


def test_chosen_browser_that_does_not_start_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/absent")
    with pytest.raises(Refusal, match=r"CHROMIUM=/absent ne démarre pas.*make test-unit"):
        chromium.ensure()
