"""`make torture`: a thousand kills over bad lines, on every way in which messages come, and a table of what came of it.

python -m tests.crash.torture [--kills 1000] [--seed N] [--way "zalo polling"]
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.crash.ordeal import WAYS, endure
from tests.crash.supervisor import nursery
from tests.crash.tally import Tally

MINUTES = 28.0  # then no more kills: a slow machine counts what it has done
_COLUMNS = {
    "way": "",
    "kills": "kills",
    "at a step": "at_steps",
    "troubles of the line": "troubles",
    "messages": "said",
    "lost": "lost",
    "doubled": "doubled",
    "silent": "silent",
    "given up": "unsaid",
    "marked repeats": "marked",
    "unmarked repeats": "unmarked",
    "corrupt databases": "corrupt",
}


def main() -> int:
    """1 where anything happened that must not."""
    arguments = argparse.ArgumentParser(
        prog="python -m tests.crash.torture", description="Kills the bot over bad lines."
    )
    arguments.add_argument("--kills", type=int, default=1000, help="in all ways together")
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments.add_argument("--way", choices=WAYS, action="append", help="only this one; may be repeated")
    chosen = arguments.parse_args()
    nursery.set_forkserver_preload(["tests.crash.program", "tests.crash.ordeal"])  # else each life imports what we did
    return asyncio.run(_torture(chosen.way or list(WAYS), chosen.kills, chosen.seed))


async def _torture(ways: Sequence[str], kills: int, seed: int) -> int:
    began, found, in_all = time.monotonic(), dict[str, Tally](), Tally()
    for number, way in enumerate(ways):
        share = kills * (number + 1) // len(ways) - kills * number // len(ways)
        until = began + MINUTES * 60 * (number + 1) / len(ways)
        with tempfile.TemporaryDirectory(prefix="bacung-torture-") as folder:
            progress = _progress(way, share, seed + number, until)
            found[way] = await endure(way, Path(folder), share, seed + number, progress)
        in_all += found[way]
        _say(f"\r{way}, seed {seed + number}: {found[way].kills} kills, {found[way].bad or 'nothing lost'}\n")
    minutes = (time.monotonic() - began) / 60
    _say(f"\n{in_all.kills} kills in {minutes:.0f} minutes, seed {seed}\n\n{_table(found, in_all)}\n")
    for line in in_all.which:
        _say(f"{line}\n")
    return 1 if in_all.bad else 0


def _progress(way: str, kills: int, seed: int, until: float) -> Callable[[int], bool]:
    """Says how far it has come; whether there is time for more."""

    def told(deaths: int) -> bool:
        if sys.stdout.isatty() or deaths % 50 == 0:
            _say(f"{way}, seed {seed}: {deaths} of {kills} kills" + ("\r" if sys.stdout.isatty() else "\n"))
        return time.monotonic() < until

    return told


def _table(found: dict[str, Tally], in_all: Tally) -> str:
    rows = [list(_COLUMNS), ["---"] * len(_COLUMNS)]
    for way, tally in {**found, "**all**": in_all}.items():
        rows.append([way, *(f"{getattr(tally, name):,}" for name in _COLUMNS.values() if name)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
