"""The account that PostgreSQL runs under: ours, or an unprivileged one when we are root (it refuses to run as root)."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.messages import Refusal, say
from launcher.project import is_root

SERVER_NAME = "postgres"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command as this account, away from any folder that it could not enter, without the PG* variables."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        # Messages in English: some are recognised.
        environment |= {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}
        if is_root() and self.uid != 0:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": [], "umask": 0o077}
        # In a session of its own: Ctrl-C must not cut short the start or the stop of a server.
        options["start_new_session"] = True
        return subprocess.run(command, cwd="/", env=environment, stdin=subprocess.DEVNULL, text=True, check=False, **options)

    def may_enter(self, folder: Path) -> bool:
        """Whether every folder down to this one is open to the account. Asked to the system, not computed."""
        return self.run(["test", "-x", str(folder)], capture_output=True).returncode == 0

    def give(self, path: Path) -> None:
        """Makes the account the owner of a file or folder that we have just made."""
        if is_root():
            os.chown(path, self.uid, self.gid)


def current() -> Account:
    return _account(pwd.getpwuid(os.geteuid()))


def owner_of(path: Path) -> Account | None:
    """The account that a folder belongs to; None when the folder, or an account of that number, does not exist."""
    try:
        return _account(pwd.getpwuid(path.stat().st_uid))
    except (FileNotFoundError, NotADirectoryError, KeyError):
        return None


def for_server() -> Account:
    """The account `postgres`, made if need be; only root asks for it."""
    try:
        return _account(pwd.getpwnam(SERVER_NAME))
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    if shutil.which("useradd") is None:
        raise Refusal(f"PostgreSQL refuse de tourner en root : créez un compte système nommé {SERVER_NAME}, puis relancez.")
    say(f"→ {' '.join(command)} {SERVER_NAME}")
    subprocess.run([*command, SERVER_NAME], check=False)
    try:
        return _account(pwd.getpwnam(SERVER_NAME))
    except KeyError:
        raise Refusal(f"Le compte système {SERVER_NAME} n’a pas pu être créé (voir ci-dessus).") from None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
