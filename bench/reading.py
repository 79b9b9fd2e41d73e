"""What reading a message costs with both readers: the median, what leads to a question, the worst made to be slow."""

import json
import time
from datetime import datetime
from statistics import median

from bench.bots import Ours
from bench.figures import Effort, Figure
from bench.platform import ROOT
from handlers.language import Kind
from handlers.language.together import meanings
from tests.language.hostile import LONGEST, texts

CORPUS = (ROOT / "tests" / "language").rglob("*.jsonl")
MEDIAN, ASKED, WORST = 400e-6, 3e-3, 20e-3  # seconds at most


def measure(_: Ours, effort: Effort) -> list[Figure]:
    """In this process, by its own processor time: what else the machine does is not ours to answer for."""
    messages = _messages()[:: effort.of(4, 12)]
    rounds = effort.of(7, 3)
    times = [min(_seconds(text, at) for _ in range(rounds)) for text, at in messages]
    asked = [spent for spent, (text, at) in zip(times, messages, strict=True) if _asks(text, at)]
    at = datetime.fromisoformat("2023-05-20T20:00")
    hostile = texts()
    worst, text = max((min(_seconds(text, at) for _ in range(3)), text) for text in hostile)
    usual, question = median(times), sorted(asked)[len(asked) * 9 // 10]
    return [
        _figure(f"reading a message, median of {len(times):,}", usual, MEDIAN),
        _figure(f"  one that leads to a question, nine in ten of {len(asked):,}", question, ASKED),
        _figure(f"reading {LONGEST:,} characters made to be slow, worst of {len(hostile)}", worst, WORST),
        Figure("  that text", f"{text[:24]!r} ({len(text):,})"),
    ]


def _figure(what: str, seconds: float, most: float) -> Figure:
    return Figure(what, f"{seconds * 1e3:.2f} ms", target=f"≤ {most * 1e3:g} ms", good=seconds <= most)


def _messages() -> list[tuple[str, datetime]]:
    """Every labelled message."""
    rows = [json.loads(line) for file in sorted(CORPUS) for line in file.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], datetime.fromisoformat(row["at"])) for row in rows]


def _asks(text: str, at: datetime) -> bool:
    return meanings(text, at)[0].kind is Kind.UNCLEAR


def _seconds(text: str, at: datetime) -> float:
    begun = time.process_time()
    meanings(text, at)
    return time.process_time() - begun
