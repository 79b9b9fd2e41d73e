"""What was measured, as rows of one table."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. `good`: whether the target is met; None where there is none."""

    what: str
    ours: str
    plain: str = ""
    ratio: str = ""
    target: str = ""
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: all of it, or as much as fits in a minute or two."""

    quick: bool

    def of(self, whole: int, quick: int) -> int:
        """A number of messages or rounds."""
        return quick if self.quick else whole

    def step(self) -> None:
        """One of the rounds of a long part is done: whoever waits sees that it goes on."""
        sys.stderr.write("·")
        sys.stderr.flush()


def show(figures: Iterable[Figure], console: Console) -> None:
    """Prints the table."""
    table = Table(title="Bacung beside a plain bot", title_justify="left")
    for name in ("figure", "ours", "plain", "ratio", "target", ""):
        table.add_column(name, justify="left" if name in ("figure", "target") else "right")
    for figure in figures:
        sign = {None: "", True: "✓", False: "✗"}[figure.good]
        table.add_row(figure.what, figure.ours, figure.plain, figure.ratio, figure.target, sign)
    console.print(table)
