"""The verbs of `python3 -m launcher`, one per target of the Makefile."""

from collections.abc import Callable

from launcher import playing, quality, run, signals, stopping, testing
from launcher.messages import Refusal, complain, explain, say
from launcher.project import Project, here

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
    signals.listen()
    try:
        return VERBS[arguments[0]](here())
    except signals.Interrupted:
        pass
    except (Refusal, OSError) as reason:
        # Ctrl-C reaches the programs that we run as well: their failure is not the news.
        if not signals.received():
            complain(reason if isinstance(reason, Refusal) else explain(reason))
            return 2
    say("\nInterrompu.")
    return 128 + signals.received()
