"""The labelled messages, and what it means to read one exactly."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handlers.language.signs.folding import fold

ROOT = Path(__file__).resolve().parents[2] / "tests" / "language"

Judged = tuple[str, int, tuple[tuple[str | None, tuple[tuple[str, int], ...]], ...], str | None]


@dataclass(frozen=True)
class Row:
    """A labelled message: `numbers` are the roles of its numbers in order, or None where nobody labelled them."""

    text: str
    at: datetime
    voice: str
    want: Judged
    numbers: tuple[tuple[str, str], ...] | None
    file: str


def rows(root: Path = ROOT) -> list[Row]:
    """All labelled messages; what stands twice is taken once."""
    seen, found = set[tuple[str, str]](), []
    for path in [*sorted((root / "corpus").glob("*.jsonl")), root / "examples.jsonl", root / "more.jsonl"]:
        for row in _rows(path):
            key = (row.text, row.at.isoformat())
            if key not in seen:
                seen.add(key)
                found.append(row)
    return found


def _rows(path: Path) -> Iterator[Row]:
    for i, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        numbers = row.get("numbers")
        yield Row(
            row["text"],
            datetime.fromisoformat(row["at"]),
            row.get("voice") or f"{path.stem}-{i // 40}",  # neighbours are often variants of one message
            judged(row["want"]),
            None if numbers is None else tuple((said, role) for said, role in numbers),
            path.stem,
        )


def judged(reading: dict[str, Any]) -> Judged:
    """What is compared: kind, day, counts by folded hamlet, appointment."""
    entries = tuple(
        sorted(
            (
                (fold(e["hamlet"]) if e["hamlet"] else None, tuple(sorted(e["counts"].items())))
                for e in reading["entries"]
            ),
            key=lambda entry: entry[0] or "",
        )
    )
    return reading["kind"], reading["day"], entries, reading["appointment"]


def digest(rows: list[Row]) -> str:
    """A short name of exactly these messages and labels."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
