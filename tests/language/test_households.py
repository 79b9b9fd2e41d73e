"""How households are told: one by one, together, in parts; several homes with one outcome; why it did not work."""

from datetime import datetime
from pathlib import Path

import pytest

from handlers.language import fold, read

AT = datetime.fromisoformat("2023-05-20T20:00")
TABLE = Path(__file__).with_name("households.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("text", "kind", "told", "visit"), ROWS, ids=[row[0] for row in ROWS])
def test_it_is_counted_as_it_is_told(text: str, kind: str, told: str, visit: str) -> None:
    """The kind, the counts by hamlet, and the first promised visit."""
    reading = read(text, AT)
    assert reading.kind.value == kind, reading.rules
    found = [
        (f"{fold(entry.hamlet)}: " if entry.hamlet else "")
        + ", ".join(sorted(f"{outcome.value} {n}" for outcome, n in entry.counts.items()))
        for entry in reading.entries
    ]
    assert found == [_sorted(one) for one in told.split("; ") if one]
    first = reading.appointment
    assert (first.at.strftime("%Y-%m-%dT%H:%M") if first else "") == visit


def _sorted(told: str) -> str:
    place, colon, counts = told.rpartition(": ")
    return place + colon + ", ".join(sorted(counts.split(", ")))
