"""What made-up people do, and what of it was done for the campaign: the truth that the database is held against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

Key = tuple[str, date, str, str]  # person, work day, hamlet ('' none named), outcome
Sums = Counter[Key]


class Does(Enum):
    """How somebody tells the bot something."""

    SAYS = auto()
    EDITS = auto()  # the message said last
    PRESSES = auto()  # the button of this label, under the answer heard last


@dataclass(frozen=True, slots=True)
class Done:
    """How often one outcome happened, and where: the hamlet as the list has it, '' where none is named."""

    outcome: str
    n: int
    hamlet: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody says, edits or presses.

    Attributes:
        who: the id in the roster.
        day: the work day that it counts for.
        done: what is different of the truth after it, also less than before.
        group: it is said in the team's room.
        planted: the name of the oddity of which it is a part; '' for an evening like any other.
    """

    at: datetime
    who: str
    does: Does
    words: str
    day: date
    done: tuple[Done, ...] = ()
    group: bool = False
    planted: str = ""

    @property
    def sums(self) -> Sums:
        """What it adds to the truth."""
        return added((self.who, self.day, one.hamlet, one.outcome, one.n) for one in self.done)


@dataclass(frozen=True, slots=True)
class Planted:
    """An oddity that was put into a day on purpose: which rule should notice it, and of whom ('' of nobody)."""

    rule: str
    day: date
    who: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A message after which the database does not hold what was meant; sums by outcome, as `3 activated`."""

    deed: Deed
    meant: str
    stored: str
    heard: str  # what the bot said to it


def added(rows: Iterable[tuple[str, date, str, str, int]]) -> Sums:
    """Sums of some rows; what is 0 is left out."""
    sums: Sums = Counter()
    for who, day, hamlet, outcome, n in rows:
        sums[who, day, hamlet, outcome] += n
    return Counter({key: n for key, n in sums.items() if n})


def by_outcome(sums: Sums, who: str, day: date) -> dict[str, int]:
    """What somebody did on a day, by outcome; zeros are left out."""
    found: Counter[str] = Counter()
    for (person, when, _, outcome), n in sums.items():
        if person == who and when == day:
            found[outcome] += n
    return {outcome: n for outcome, n in found.items() if n}
