"""Put work in the worker's queue, in the transaction of the act that causes it."""

from typing import Any

from procrastinate.contrib.django import app


def defer(
    task: str, *, queue: str = "default", lock: str | None = None, queueing_lock: str | None = None, **kwargs: Any
) -> None:
    """Enqueue `task` by its name: services never import tasks. Rolled back with the current transaction."""
    options: dict[str, Any] = {"queue": queue, "allow_unknown": True}
    if lock:
        options["lock"] = lock
    if queueing_lock:
        options["queueing_lock"] = queueing_lock
    app.configure_task(task, **options).defer(**kwargs)
