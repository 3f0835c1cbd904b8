"""The verbs of `python3 -m launcher`, one per target of the Makefile."""

import signal
from collections.abc import Callable

from launcher import playing, quality, run, stopping, testing
from launcher.messages import Refusal, complain, explain, say
from launcher.project import Project, here
from launcher.signals import Interrupted, raise_once

VERBS: dict[str, Callable[[Project], int]] = {
    "run": run.main,
    "test": testing.everything,
    "test-unit": testing.without_browser,
    "soak": testing.large_sizes,
    "shots": testing.screenshots,
    "demo": playing.demonstration,
    "bench": playing.benchmark,
    "lint": quality.lint,
    "format": quality.reformat,
    "migrations": quality.migrations,
    "lock": quality.lock,
    "stop": stopping.stop,
    "clean": stopping.clean,
}


def main(arguments: list[str]) -> int:
    """Runs a verb; 2 when it refuses (one sentence), 128 + signal when it is interrupted."""
    if len(arguments) != 1 or arguments[0] not in VERBS:
        complain(Refusal("Commande inconnue. La liste : make help"))
        return 2
    raise_once()
    try:
        return VERBS[arguments[0]](here())
    except Refusal as refusal:
        complain(refusal)
    except Interrupted as interruption:
        say("\nInterrompu.")
        return 128 + interruption.signum
    except OSError as error:
        complain(explain(error))
    finally:
        # Nothing more may interrupt: what was started is stopped by now.
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_DFL)
    return 2
