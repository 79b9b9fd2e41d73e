"""Labelled messages, and what it means to be right or wrong about one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handlers.language import fold, read

EXAMPLES = Path(__file__).with_name("examples.jsonl")
MORE = Path(__file__).with_name("more.jsonl")

Judged = tuple[str, int, dict[str | None, dict[str, int]], str | None]


@dataclass(frozen=True)
class Case:
    """A message and the reading it should have."""

    text: str
    at: datetime
    want: Judged

    @property
    def hamlets(self) -> str:
        """The hamlets' names, folded."""
        return " ".join(name for name in self.want[2] if name)


def cases(*files: Path) -> Iterator[Case]:
    """The labelled messages of some files."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Case(row["text"], datetime.fromisoformat(row["at"]), judged(row["want"]))


def judged(reading: dict[str, Any]) -> Judged:
    """What is compared: kind, day, counts by folded hamlet, appointment."""
    entries = {fold(e["hamlet"]) if e["hamlet"] else None: dict(e["counts"]) for e in reading["entries"]}
    return reading["kind"], reading["day"], entries, reading["appointment"]


def got(text: str, at: datetime) -> Judged:
    """The reading of a message, as it is compared."""
    return judged(read(text, at).as_json())


def stores_wrong(found: Judged, want: Judged) -> bool:
    """The worst outcome: something is stored, and not what was meant."""
    if found[0] not in ("report", "total", "correct"):
        return False
    return found[1:3] != want[1:3] or want[0] not in ("report", "total", "correct")
