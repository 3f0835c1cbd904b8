"""What the person at the terminal reads: one sentence at a time, in French."""

import shutil
import sys
from pathlib import Path

ENOUGH_BYTES = 100 * 1024 * 1024


class Refusal(Exception):
    """Something prevents the command: the message says what and what to do next; details are lines of a log."""

    def __init__(self, message: str, *, details: str = "") -> None:
        super().__init__(message)
        self.details = details


def say(sentence: str = "") -> None:
    """Writes a line at once, even when the output is a file; a closed terminal is not a reason to stop badly."""
    try:
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()
    except OSError:
        pass


def complain(refusal: Refusal) -> None:
    try:
        sys.stdout.flush()
        details = f"{refusal.details.rstrip()}\n\n" if refusal.details else ""
        sys.stderr.write(f"\n{details}✗ {refusal}\n")
        sys.stderr.flush()
    except OSError:
        pass


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, indented, or nothing when it cannot be read."""
    try:
        text = log.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def failure(sentence: str, log: Path) -> Refusal:
    """A refusal that shows the end of a log, and names the commonest cause when it is that one: a full disk."""
    if log.parent.exists() and shutil.disk_usage(log.parent).free < ENOUGH_BYTES:
        sentence = f"{sentence} Le disque est plein : libérez au moins 1 Go, puis relancez la même commande."
    return Refusal(f"{sentence} Journal complet : {log}", details=tail(log))


def explain(error: OSError) -> Refusal:
    """Turns an error of the system into a sentence."""
    import errno

    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(f"Le disque est plein{where} : libérez au moins 1 Go, puis relancez la même commande.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refusal(
            f"Ce compte n’a pas le droit d’écrire ici{where}. Si une commande précédente a été lancée par un autre compte, "
            "rendez-lui le dossier du projet : sudo chown -R $(id -un): ."
        )
    if error.errno == errno.EROFS:
        return Refusal(f"Le dossier du projet est en lecture seule{where} : copiez-le là où vous pouvez écrire.")
    return Refusal(f"Le système a refusé une opération{where} : {error.strerror or error}.")
