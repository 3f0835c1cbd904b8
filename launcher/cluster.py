"""The folder of the local PostgreSQL: where it is, how it is first filled, where its socket goes."""

import hashlib
import os
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import accounts
from launcher.accounts import Account
from launcher.messages import failure, say
from launcher.postgres_binaries import Binaries, Version
from launcher.project import Project, is_root

OUTSIDE = Path("/var/lib/appels-a-projets")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 103  # 107 on Linux, 103 on macOS
PACKAGED = "packaged"
SUPERUSER = "postgres"
SHORT = "/tmp"  # noqa: S108 — mkdtemp makes a private folder there; TMPDIR may be too long


@dataclass(frozen=True)
class Cluster:
    """`home` is private to `account`: the data, the socket, the server's log, the locks."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def ready(self) -> Path:
        """Written when the data were completely initialised; a folder of data without it is a broken start."""
        return self.home / "ready"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def is_initialised(self) -> bool:
        return self.ready.exists() and (self.data / "PG_VERSION").exists()

    def made_with(self) -> Version | None:
        """What the data were made with; they can only be read by the same version."""
        if not self.is_initialised():
            return None
        major = int((self.data / "PG_VERSION").read_text())
        return Version(major, packaged=PACKAGED in self.ready.read_text())

    def make_home(self) -> None:
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.account.give(self.home)
        self.home.chmod(0o700)


def locate(project: Project) -> Cluster:
    """In var/postgres; outside when root's unprivileged account may not go there. Parents are never opened to it."""
    inside = project.var / "postgres"
    if not is_root():
        return Cluster(inside, accounts.current())
    owner = accounts.owner_of(inside)
    account = owner if owner and owner.uid != 0 else accounts.for_server()
    if account.may_enter(project.var):
        return Cluster(inside, account)
    path = str(project.root)
    home = OUTSIDE / f"{project.root.name}-{hashlib.sha256(path.encode()).hexdigest()[:12]}"
    if not home.exists():
        say(f"Ce dossier est fermé au compte {account.name} : la base de données va dans {home}")
    if not OUTSIDE.exists():
        OUTSIDE.mkdir(parents=True)
        OUTSIDE.chmod(0o755)
    return Cluster(home, account)


def initialise(cluster: Cluster, binaries: Binaries) -> None:
    """Fills the folder once; a first attempt that was cut short is put aside, never reused."""
    if cluster.is_initialised():
        return
    if cluster.data.exists():
        aside = cluster.home / f"data-inachevee-{time.strftime('%Y%m%d-%H%M%S')}"
        cluster.data.rename(aside)
        say(f"La première préparation de PostgreSQL avait été interrompue : elle recommence ({aside.name} peut être effacé).")
    say(f"Préparation de PostgreSQL {binaries.version.major}…")
    command = [binaries["initdb"], "-D", str(cluster.data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
    with cluster.log.open("w") as log:
        cluster.account.give(cluster.log)
        code = cluster.account.run([*command, *_locale(binaries)], stdout=log, stderr=log).returncode
    if code != 0:
        raise failure("PostgreSQL n’a pas pu préparer sa base.", cluster.log)
    cluster.ready.write_text(f"{binaries.version.major} {PACKAGED if binaries.version.packaged else ''}\n")


def _locale(binaries: Binaries) -> list[str]:
    """One order of letters everywhere, by code point; French order comes from stored keys, not from the machine."""
    if binaries.version.major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def socket_folder(cluster: Cluster) -> Path:
    """A private folder whose name leaves room for the socket's: beside the data, or a short temporary one."""
    beside = cluster.home / "run"
    if fits(beside):
        beside.mkdir(mode=0o700, exist_ok=True)
        cluster.account.give(beside)
        return beside
    note = cluster.home / "socket"
    if note.exists() and is_private(Path(note.read_text().strip()), cluster.account):
        return Path(note.read_text().strip())
    parents = [] if is_root() else [os.environ.get("XDG_RUNTIME_DIR", "")]
    parent = next((name for name in parents if name and Path(name).is_dir() and fits(Path(name) / "aap-12345678")), SHORT)
    folder = Path(tempfile.mkdtemp(prefix="aap-", dir=parent))  # 0700, and nobody else's
    cluster.account.give(folder)
    note.write_text(f"{folder}\n")
    return folder


def fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET


def is_private(folder: Path, account: Account) -> bool:
    """Whether a folder found again in a place open to all is really the one that we made there."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) & 0o077 == 0


def remove(cluster: Cluster) -> None:
    note = cluster.home / "socket"
    if note.exists() and is_private(Path(note.read_text().strip()), cluster.account):
        shutil.rmtree(Path(note.read_text().strip()), ignore_errors=True)
    if cluster.home.exists():
        shutil.rmtree(cluster.home)
