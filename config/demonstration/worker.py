"""Run the queue to its end, in this process, at the moment that the play has reached."""

from procrastinate.contrib.django import app


def run_waiting_jobs() -> None:
    """What the worker would do, until nothing waits. The clock of the play is seen by the jobs too."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)
