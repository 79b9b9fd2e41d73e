"""`python -m bench [--quick] [PART …]`: measures all parts, or those named, and prints one table."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable

from rich.console import Console

from bench import (
    burst,
    crash,
    dashboard,
    drawing,
    exporting,
    growth,
    latency,
    night,
    opening,
    reading,
    standing,
    starting,
    students,
    trouble,
    webchat,
    webhooks,
)
from bench.bots import Ours
from bench.figures import Effort, Figure, show
from handlers.calendar import Calendar

PARTS: dict[str, Callable[[Ours, Effort], Iterable[Figure]]] = {
    "burst": burst.measure,
    "latency": latency.measure,
    "webhooks": webhooks.measure,
    "crash": crash.measure,
    "start": starting.measure,
    "growth": growth.measure,
    "tong": standing.measure,
    "dashboard": dashboard.measure,
    "reading": reading.measure,
    "web": webchat.measure,
    "page": opening.measure,
    "trouble": trouble.measure,
    "night": night.measure,
    "export": exporting.measure,
    "pictures": drawing.measure,
}


def main() -> int:
    """Measures; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all where none is named")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and messages: two minutes, rougher figures")
    asked = parser.parse_args()
    unknown = [name for name in asked.parts if name not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    students.prove(Calendar(standing.ZONE))
    ours, effort, console = Ours(), Effort(asked.quick), Console(width=None if sys.stdout.isatty() else 120)
    figures: list[Figure] = []
    try:
        for name in asked.parts or PARTS:
            begun = time.monotonic()
            sys.stderr.write(f"{name} … ")
            sys.stderr.flush()
            for figure in PARTS[name](ours, effort):  # one after the other: kept, whatever ends the part
                figures.append(figure)
            sys.stderr.write(f"{time.monotonic() - begun:.0f} s\n")
    finally:  # also what was measured before somebody ended it
        show(figures, console)
    return 1 if any(figure.good is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
