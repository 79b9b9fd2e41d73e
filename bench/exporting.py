"""The file of all reports: how long it takes and what memory, and that nobody's answer waits for it."""

import json
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from bench.bots import Ours, workplace
from bench.figures import Effort, Figure
from bench.filling import fill
from bench.standing import ZONE
from bot.drawing.work import ENDINGS, Work, asked
from handlers.language import DAY_START
from storage.campaign import communes, phases
from storage.engine.database import session

SECONDS_MOST, MEMORY_MOST = 90.0, 250.0  # of the spreadsheet
_LOOK_AGAIN = 0.02
_MAKE = "import json, sys; from bot.drawing.files import drawn; sys.stdout.buffer.write(drawn(json.load(sys.stdin)))"


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Each kind of file over many reports, made in a process of its own as the drawing process makes it."""
    number = effort.of(1_000_000, 50_000)
    figures = []
    with workplace(ours) as folder:
        database = folder / "bot.db"
        with session(database) as tx:
            (phase, *_) = phases.every(tx)
            fill(tx, number, phase.first, phase.days)
            ids = tuple(place.id for place in communes.every(tx))
        evening = datetime.combine(phase.last, datetime.min.time(), ZONE) + timedelta(hours=20)
        for kind, ending in ENDINGS.items():
            file = folder / f"numbers{ending}"
            took, memory, made = _made(Work(kind, database, ids, evening, DAY_START, file))
            assert made["reports"] == number, made
            held = kind == "sheet"
            figures += [
                Figure(
                    f"{ending} of {number:,} reports ({made['size'] / 1e6:.1f} MB)",
                    f"{took:.1f} s",
                    target=f"≤ {SECONDS_MOST:.0f} s" if held else "",
                    good=took <= SECONDS_MOST if held else None,
                ),
                Figure(
                    "  memory of its process",
                    f"{memory:.0f} MB",
                    target=f"≤ {MEMORY_MOST:.0f} MB" if held else "",
                    good=memory <= MEMORY_MOST if held else None,
                ),
            ]
    return figures


def _made(work: Work) -> tuple[float, float, dict[str, Any]]:
    """Makes a file: seconds, the most of its memory in MB, and what is said of it."""
    begun, most = time.monotonic(), 0.0
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", _MAKE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asked(work)).encode())
        process.stdin.close()
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                most = max(most, watched.memory_info().rss / 1e6)
            except psutil.Error:
                break
            time.sleep(_LOOK_AGAIN)
        made: dict[str, Any] = json.loads(process.stdout.read())
    return time.monotonic() - begun, most, made
