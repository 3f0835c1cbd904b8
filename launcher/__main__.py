"""Finds a recent enough Python before anything else is read: this file alone must run on an old one."""

from __future__ import annotations

import os
import shutil
import sys

RECENT = ("python3.13", "python3.12", "python3.11")


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 — the whole point of this file
        newer = next((path for path in map(shutil.which, RECENT) if path), None)
        if newer is None:
            sys.stderr.write(
                "Python 3.11 ou plus récent est nécessaire, et cette machine n’a que Python "
                + ".".join(map(str, sys.version_info[:2]))
                + ". Installez-en un, puis relancez la même commande.\n"
            )
            return 2
        os.execv(newer, [newer, "-m", "launcher", *sys.argv[1:]])  # noqa: S606
    from launcher.verbs import main as run_verb

    return run_verb(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
