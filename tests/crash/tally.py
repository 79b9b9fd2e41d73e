"""What became of all that people said, counted from the database and from what their chats show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Self

from storage.engine.transaction import Transaction
from storage.reports import totals
from tests.crash.evening import AGAIN


@dataclass(slots=True)
class Tally:
    """How often something happened; `bad` must be empty."""

    kills: int = 0
    at_steps: int = 0  # of the kills: at a named step, not at a random moment
    troubles: int = 0  # what befell the line
    said: int = 0
    lost: int = 0  # reports that do not count, or for less
    doubled: int = 0  # reports that count for more
    silent: int = 0  # messages without an answer
    marked: int = 0  # answers that were marked as perhaps said before
    unmarked: int = 0  # answers that were said again without a mark
    unsaid: int = 0  # answers that the bot gave up
    corrupt: int = 0  # databases that are damaged, or whose sums differ from their reports
    ended: int = 0  # deaths that nobody caused
    restless: int = 0  # programs that did not come to rest over good lines
    which: list[str] = field(default_factory=list)  # of lost, doubled, silent and unmarked: the words

    def __iadd__(self, other: Self) -> Self:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self

    @property
    def bad(self) -> dict[str, int]:
        """What must not happen, and did."""
        names = ("lost", "doubled", "silent", "unmarked", "unsaid", "corrupt", "ended", "restless")
        return {name: n for name in names if (n := getattr(self, name))}

    def count_reports(self, expected: Mapping[int, int], counted: Mapping[int, int]) -> None:
        """By hamlet, of which each report has one of its own: what people said, and what counts."""
        for number in sorted(expected.keys() | counted.keys()):
            said, counts = expected.get(number, 0), counted.get(number, 0)
            self.lost += counts < said
            self.doubled += counts > said
            if counts != said:
                self.which.append(f"xóm {number}: said {said}, counts {counts}")

    def count_repeats(self, texts: Iterable[str]) -> None:
        """Of all that the bot said in one chat."""
        found: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            found[text.replace(AGAIN, "", 1)].append(text)
        for text, said in found.items():
            self.marked += sum(AGAIN in one for one in said)
            again = sum(AGAIN not in one for one in said[1:])
            self.unmarked += again
            if again:
                self.which.append(f"said {again} times more: {text.splitlines()[0]}")


def counted(tx: Transaction) -> dict[int, int]:
    """What counts in each numbered hamlet."""
    rows = tx.all(
        """SELECT h.name, s.n FROM sums s JOIN hamlets h ON h.id = s.id
           WHERE s.scope = 'hamlet' AND s.outcome = 'activated' AND s.day = :all AND s.n <> 0""",
        all=totals.ALL_DAYS,
    )
    return {int(row["name"].rpartition(" ")[2]): row["n"] for row in rows}


def unsaid(tx: Transaction) -> int:
    """What the bot gave up."""
    row = tx.one("SELECT count(*) AS n FROM outbox WHERE state IN ('failed', 'unknown', 'expired')")
    return int(row["n"]) if row else 0


def is_corrupt(tx: Transaction) -> bool:
    """Whether the file is damaged, or `bacung check` finds a difference."""
    whole = [tuple(row) for row in tx.all("PRAGMA integrity_check")] == [("ok",)]
    return not whole or bool(tx.all("PRAGMA foreign_key_check")) or bool(totals.differences(tx))
