"""`make run`: the whole site with its demonstration, until Ctrl-C."""

import os
import sys
import time
from contextlib import ExitStack

from launcher import content, locks, ports, preparation, running, signals
from launcher.messages import say
from launcher.ports import Address
from launcher.project import Project

SETTINGS = "config.settings.dev"
CONTENT = ["migrate", "createcachetable", "load_reference", "load_demo", "demo_accounts"]
ALREADY = "Le site tourne déjà ({note}). Arrêtez-le par Ctrl-C dans son terminal, ou par : make stop"


def main(project: Project) -> int:
    started = time.monotonic()
    project.make_folders()
    address = ports.wanted()
    with locks.only_one(project.var / "run.lock", ALREADY) as lock:
        lock.write(f"{address.url}, processus {os.getpid()}")
        lock.flush()
        for name in running.end_leftovers(project):
            say(f"Resté d’un arrêt brutal, arrêté maintenant : {name}.")
        ports.ensure_free(address)
        with ExitStack() as stack:
            try:
                _serve(project, address, stack, started)
            except signals.Interrupted:
                say("\nArrêt…")
            finally:
                stack.close()
        say("Tout est arrêté.")
    return 0


def _serve(project: Project, address: Address, stack: ExitStack, started: float) -> None:
    environment = stack.enter_context(preparation.prepared(project, preparation.SITE))
    environment |= {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", SETTINGS),
        "SITE_URL": os.environ.get("SITE_URL", address.url),
    }
    say("Préparation de la base et de la démonstration…")
    accounts = project.var / "accounts.txt"
    content.load(project, environment, CONTENT, output=accounts)
    programs: list[running.Program] = []
    stack.callback(running.forget, project)

    def start(name: str, log: str, command: list[str]) -> running.Program:
        program = running.start(project, name, log, [str(project.python), *command], environment)
        stack.callback(program.end)
        programs.append(program)
        running.remember(project, programs)
        return program

    web = start("Le serveur web", "web.log", _web_command(address))
    running.wait_until_healthy(address, web)
    start("Le traitement des tâches", "worker.log", ["manage.py", "procrastinate", "worker"])
    _announce(address, accounts.read_text(), time.monotonic() - started)
    while True:
        time.sleep(0.2)
        signals.check()
        running.check(programs)


def _web_command(address: Address) -> list[str]:
    host = f"[{address.host}]" if ":" in address.host else address.host
    # The application is loaded once for both processes; the control socket would be in the home folder.
    options = ["--preload", "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"]
    # No front server here: nobody may move the application by a header.
    options += ["--forwarder-headers", ""]
    return ["-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{address.port}", *options, "--access-logfile", "-"]


def _announce(address: Address, accounts: str, seconds: float) -> None:
    say(f"\nLe site est prêt ({seconds:.0f} s) :  {address.url}\n")
    say(accounts.rstrip())
    stop = "Ctrl-C arrête tout." if sys.stdin is not None and sys.stdin.isatty() else "make stop arrête tout."
    say(f"\nJournaux : var/log. {stop}")
