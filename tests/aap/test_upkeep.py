"""A worker killed in the middle of a job: the job is done once, by the next one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from aap import clock
from aap.mail.models import OutboxMessage
from aap.mail.services import send
from aap.upkeep import MOST_ATTEMPTS
from tests.e2e.site import Databases
from tests.factories.applications import make_application

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60


def rows(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def until(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"attendu en vain : {what}"
        time.sleep(0.05)


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen]:
    """A real worker on the database of this test; its messages go to files in `folder`/mail."""
    environment = {
        **os.environ,
        "DATABASE_URL": Databases(os.environ["DATABASE_URL"]).url(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "VAR_DIR": str(folder),
    }
    with (folder / "worker.log").open("ab") as log:
        command = [sys.executable, "manage.py", "procrastinate", "worker"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_done_once_by_the_next_worker(tmp_path):
    application = make_application()
    with transaction.atomic():
        message = send("withdrawn", to="a@exemple.fr", context={"application": application, "at": clock.now()}, key="killed")
    job = "SELECT status, attempts FROM procrastinate_jobs WHERE task_name = 'aap.mail.deliver'"
    with worker(tmp_path) as first, transaction.atomic():
        # The job waits for this row: the worker is killed in the middle of it.
        OutboxMessage.objects.select_for_update().get(pk=message.pk)
        until(lambda: rows(job) == [("doing", 0)], "le travail commencé")
        first.kill()
        first.wait(timeout=PATIENCE)
    # Half a minute and the next tick, without waiting for them.
    rows("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '31 seconds'")
    rows("DELETE FROM procrastinate_periodic_defers")
    assert rows(job) == [("doing", 0)]
    with worker(tmp_path):
        until(lambda: rows(job) == [("succeeded", 2)], "le travail repris")
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)
    assert len(list((tmp_path / "mail").iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_kills_its_worker_every_time_ends_as_failed(tmp_path):
    rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts) VALUES ('mail', 'aap.mail.deliver', 'doing', %s)",
        MOST_ATTEMPTS - 1,
    )
    job = "SELECT status FROM procrastinate_jobs WHERE task_name = 'aap.mail.deliver'"
    with worker(tmp_path):
        until(lambda: rows(job) == [("failed",)], "le travail abandonné")
