"""The real site for a browser: its own database, web server and files, as `make run` starts them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
COMMAND_SECONDS = 600
LOAD = """
import django
from django.core.management import call_command
django.setup()
call_command("migrate", "--no-input", verbosity=0)
for name in ("createcachetable", "load_reference", "load_demo"):
    call_command(name)
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass
class Databases:
    """A seeded database, and the one that the site uses, copied from it before each test."""

    address: str
    names: tuple[str, str] = ("e2e_seed", "e2e_site")

    def url(self, name: str) -> str:
        """The address of another database of the same server (options after « ? » are kept)."""
        address, mark, options = self.address.partition("?")
        return f"{address.rpartition('/')[0]}/{name}{mark}{options}"

    def _maintenance(self) -> psycopg.Connection:
        return psycopg.connect(self.url("postgres"), autocommit=True)

    def create(self, name: str, template: str = "template0") -> None:
        """Make `name` anew, as a copy of `template`; whoever was connected is sent away."""
        with self._maintenance() as connection:
            for each in (name, template) if template != "template0" else (name,):
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                    [each],
                )
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(sql.Identifier(name), sql.Identifier(template))
            )

    def drop(self, name: str) -> None:
        with self._maintenance() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@dataclass
class Site:
    """A running site. `url` has no slash at its end."""

    databases: Databases
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        # Not an IP address: WebAuthn refuses them.
        return f"http://localhost:{self.port}"

    @property
    def seed(self) -> str:
        return self.databases.names[0]

    @property
    def name(self) -> str:
        return self.databases.names[1]

    def environment(self, database: str) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.databases.url(database),
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "VAR_DIR": str(self.folder),
            "SITE_URL": self.url,
            "DEMONSTRATION": "1",
            "PYTHONWARNINGS": "ignore",
        }

    def manage(self, *command: str, database: str = "") -> str:
        """Run a management command against the site's database, or another one; its output."""
        return self._python("manage.py", *command, database=database or self.name)

    def _python(self, *arguments: str, database: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=self.environment(database), capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(arguments)} :\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def load(self) -> None:
        """Fill the seed database with the demonstration, once."""
        self.databases.create(self.seed)
        # In one process: starting Python and Django again for each would cost as much as the commands.
        self._python("-c", LOAD, database=self.seed)

    def reset(self) -> None:
        """Start again from the demonstration; mails sent before are forgotten."""
        self.databases.create(self.name, template=self.seed)
        for mail in (self.folder / "mail").glob("*"):
            mail.unlink()

    def start(self) -> None:
        log = (self.folder / "web.log").open("wb")
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "1"]
        self.process = subprocess.Popen(
            [*command, "--threads", "6", "--no-control-socket"],
            cwd=ROOT,
            env=self.environment(self.name),
            stdout=log,
            stderr=log,
        )
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante/", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(f"le site ne répond pas :\n{(self.folder / 'web.log').read_text()[-3000:]}")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)

    def work(self) -> None:
        """Let a real worker empty the queue, then stop."""
        self.manage("procrastinate", "worker", "--one-shot")

    def close_call(self, slug: str) -> None:
        """Let the closing of a call be over: the one thing that no page may do."""
        with psycopg.connect(self.databases.url(self.name)) as connection:
            connection.execute("UPDATE aap_call SET closes_at = now() - interval '1 minute' WHERE slug = %s", [slug])

    def mails(self, to: str) -> list[str]:
        """The texts of the mails sent to `to`, oldest first (subject, then body)."""
        texts = []
        for path in sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime):
            for raw in path.read_bytes().split(b"-" * 79 + b"\n"):
                message = message_from_bytes(raw.strip(), policy=policy.default)
                if to in str(message["To"]):
                    body = message.get_body(("plain",))
                    texts.append(f"{message['Subject']}\n{body.get_content() if body else ''}")
        return texts
