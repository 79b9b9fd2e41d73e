"""Rows whose words go, some at a time: which they are, how many, and what is left of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Heap:
    """`which` selects the keys of its rows; `blank` is a statement with `{which}` in the place of these keys.

    Blanked rows are no longer among `which`.
    """

    name: str
    which: str
    blank: str


def count(tx: Transaction, heap: Heap, **bounds: Any) -> int:
    """How many rows there are."""
    row = tx.one(f"SELECT count(*) AS n FROM ({heap.which}) AS found", **bounds)
    return row["n"] if row else 0


def blank(tx: Transaction, heaps: Sequence[Heap], limit: int, **bounds: Any) -> dict[str, int]:
    """Blanks so many rows of each heap at most; how many, by name."""
    done: dict[str, int] = {}
    for heap in heaps:
        n = tx.run(heap.blank.format(which=f"{heap.which} LIMIT :limit"), limit=limit, **bounds)
        done[heap.name] = done.get(heap.name, 0) + n
    return done
