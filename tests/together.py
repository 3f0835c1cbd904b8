"""Acts done at the same instant, each on its own database connection. For tests that really commit."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

SECONDS = 60


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at once; the result of each, or the exception it raised, in their order."""
    barrier = Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=SECONDS)
            results[index] = acts[index]()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=SECONDS)
    assert not any(thread.is_alive() for thread in threads), "un acte attend toujours un verrou"
    return results
