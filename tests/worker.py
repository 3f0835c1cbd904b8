"""Run in this process what the worker would run, in the order of the queue."""

import json

from django.db import connection
from procrastinate.contrib.django import app


def run_jobs(limit: int = 1000) -> list[str]:
    """Run every job waiting, those that they enqueue included. Returns the names run. Errors are raised."""
    app.perform_import_paths()
    done: list[str] = []
    while len(done) < limit:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY priority DESC, id LIMIT 1"
            )
            row = cursor.fetchone()
            if row is None:
                return done
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [row[0]])
        arguments = row[2] if isinstance(row[2], dict) else json.loads(row[2])
        app.tasks[row[1]].func(**arguments)
        done.append(row[1])
    raise AssertionError(f"plus de {limit} travaux : une tâche se relance sans fin")
