"""The Makefile names what the launcher does, and nothing else."""

import re
import subprocess
import sys

from launcher.project import here
from launcher.verbs import VERBS


def test_every_verb_has_a_target_and_a_line_of_help() -> None:
    text = (here().root / "Makefile").read_text()
    documented = set(re.findall(r"^([a-z-]+):.*## ", text, flags=re.MULTILINE))
    called = set(re.search(r"^([a-z -]+):\n\t@\$\(PYTHON\) -m launcher \$@", text, flags=re.MULTILINE)[1].split())  # type: ignore[index]
    assert documented == {*VERBS, "help"}
    assert called == set(VERBS)


def test_make_alone_shows_the_help() -> None:
    answer = subprocess.run(["make", "--no-print-directory"], cwd=here().root, capture_output=True, text=True, check=True)
    assert sorted(re.findall(r"^  make ([a-z-]+)", answer.stdout, flags=re.MULTILINE)) == sorted([*VERBS, "help"])
    assert answer.stdout.splitlines()[1] == "Essayer"


def test_unknown_verb_is_refused_with_a_sentence() -> None:
    command = [sys.executable, "-m", "launcher", "inconnu"]
    answer = subprocess.run(command, cwd=here().root, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", "\n✗ Commande inconnue. La liste : make help\n")
