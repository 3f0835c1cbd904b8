"""What the worker runs for the jury: procrastinate discovers this module, which imports each room's own tasks."""

from scoring.deliberations import tasks as deliberations_tasks  # noqa: F401
