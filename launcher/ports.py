"""The address of the site: chosen by HOST and PORT, refused with a sentence when it is taken."""

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.messages import Refusal
from launcher.processes import name_of

LISTENING = "0A"


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        """For a browser on this machine: by name, because passkeys refuse numeric addresses."""
        return f"http://localhost:{self.port}"

    @property
    def reached_at(self) -> str:
        """Where the launcher itself asks the site how it is."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def wanted() -> Address:
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal(
            f"PORT={text} n’est pas un numéro de port : donnez un nombre de 1024 à 65535, par exemple PORT=8001 make run"
        )
    return Address(os.environ.get("HOST", "").strip() or "127.0.0.1", int(text))


def ensure_free(address: Address) -> None:
    try:
        targets = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError:
        raise Refusal(f"HOST={address.host} n’est pas une adresse de cette machine : essayez HOST=127.0.0.1") from None
    for family, kind, protocol, _, target in targets:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(target)
                probe.listen()
            except PermissionError:
                raise Refusal(f"Le port {address.port} est réservé à l’administrateur : essayez PORT=8000 make run") from None
            except OSError as error:
                raise _busy(address, error) from None


def _busy(address: Address, error: OSError) -> Refusal:
    import errno

    if error.errno != errno.EADDRINUSE:
        return Refusal(f"HOST={address.host} n’est pas une adresse de cette machine : essayez HOST=127.0.0.1")
    pid = listener(address.port)
    by = f" par {name_of(pid) or 'un programme'} (processus {pid})" if pid else ""
    other = address.port + 1 if address.port < 65535 else 8000
    return Refusal(
        f"Le port {address.port} est déjà occupé{by}. Arrêtez ce programme, ou choisissez un autre port : PORT={other} make run"
    )


def listener(port: int) -> int | None:
    """The process that listens on a port, when this account may know it."""
    if not Path("/proc/net/tcp").exists():
        return _listener_from_lsof(port)
    links = {f"socket:[{inode}]" for inode in _inodes(port)}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(link) in links for link in (entry / "fd").iterdir()):
                return int(entry.name)
        except OSError:
            continue
    return None


def _inodes(port: int) -> set[str]:
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            fields = line.split()
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(fields[9])
    return found


def _listener_from_lsof(port: int) -> int | None:
    if shutil.which("lsof") is None:
        return None
    command = ["lsof", "-t", f"-iTCP:{port}", "-sTCP:LISTEN"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return int(answer[0]) if answer else None
