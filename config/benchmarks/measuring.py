"""One row of the table: medians of CPU and wall time, the number of queries, and the ratio to a floor."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 2


@dataclass(frozen=True)
class Row:
    """Times in milliseconds for one repetition; `floor_cpu_ms` is the CPU of the floor; None where it does not apply."""

    name: str
    n: int
    queries: int | None
    cpu_ms: float | None
    wall_ms: float | None
    floor_cpu_ms: float | None
    ratio: float | None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Times:
    cpu_ms: float
    wall_ms: float


def times(act: Callable[[], object], *, repeat: int, warm_up: int = WARM_UP) -> Times:
    """Medians over `repeat` runs of `act`, after a few that do not count."""
    for _ in range(warm_up):
        act()
    cpu, wall = [], []
    for _ in range(repeat):
        cpu_start, wall_start = time.process_time(), time.perf_counter()
        act()
        cpu.append(time.process_time() - cpu_start)
        wall.append(time.perf_counter() - wall_start)
    return Times(round(median(cpu) * 1000, 3), round(median(wall) * 1000, 3))


def queries_of(act: Callable[[], object]) -> int:
    """How many SQL statements one run makes, BEGIN and COMMIT not counted."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(1 for query in captured if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")))


def row(name: str, n: int, act: Callable[[], object], floor: Callable[[], object], *, repeat: int, once: bool = False) -> Row:
    """Measure `act` beside `floor`. `once`: each run consumes something, so queries are counted on the first of them."""
    queries = queries_of(act)
    measured = times(act, repeat=repeat, warm_up=0 if once else WARM_UP)
    lowest = times(floor, repeat=max(repeat, 20))
    ratio = round(measured.cpu_ms / lowest.cpu_ms, 2) if lowest.cpu_ms else None
    return Row(name, n, queries, measured.cpu_ms, measured.wall_ms, lowest.cpu_ms, ratio)


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    head = ("mesure", "n", "requêtes", "CPU ms", "durée ms", "plancher ms", "rapport")
    lines = [head, *(tuple("–" if value is None else str(value) for value in item.as_dict().values()) for item in rows)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
