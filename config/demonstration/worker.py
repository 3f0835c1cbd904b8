"""Run the queue to its end, in this process, at the moment that the play has reached."""

import logging

from procrastinate.contrib.django import app


def run_waiting_jobs() -> None:
    """What the worker would do, until nothing waits. The clock of the play is seen by the jobs too."""
    # Hundreds of jobs: only what goes wrong is worth a line.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)
