"""What the worker runs: procrastinate discovers this module, which imports each room's own tasks."""

from aap import upkeep  # noqa: F401
from aap.applications import tasks as application_tasks  # noqa: F401
from aap.decisions import tasks as decision_tasks  # noqa: F401
from aap.mail import tasks as mail_tasks  # noqa: F401
