"""What was done in an evening, before anybody tells it: homes and what happened there, hamlets, days, promises."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from tests.language.cases import Judged
from tests.language.generating.tables import Hamlet


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody is to be visited again: how it is said, and the time that it is."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """How often something happened; `who`: the one of a home to whom it did (`con trai`), told without a number."""

    outcome: str
    n: int = 1
    who: str | None = None
    time: Moment | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A home: `who` lives there (`bà Lan`), or how it is told (`nhà số 12`)."""

    who: str | None
    home: str
    ends_in_number: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What happened at a home, or at several that are told together.

    Attributes:
        form: how it is told: counts, alone, size, of, whole, couple, away, kin, people, each.
        homes: one, or several for people and each; none for what is counted of no home.
        size: how many live there, where that is told.
        done: that all of these are (rule 4), as people, each, couple and whole count.
    """

    form: str
    homes: tuple[Home, ...]
    deeds: tuple[Deed, ...]
    size: int = 0

    @property
    def counts(self) -> Counter[str]:
        """What it adds, by outcome."""
        found: Counter[str] = Counter()
        for deed in self.deeds:
            found[deed.outcome] += self._times(deed)
        return found

    def _times(self, deed: Deed) -> int:
        if self.form == "whole":
            return self.size
        if self.form == "couple":
            return 1 if deed.outcome in ("absent", "revisit") else 2
        if self.form in ("people", "each"):
            return deed.n * len(self.homes)
        return deed.n


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was done in one hamlet, or before any is named."""

    hamlet: Hamlet | None
    visits: tuple[Visit, ...]
    visited: int = 0  # how many homes were gone to, where that is told

    @property
    def counts(self) -> Counter[str]:
        """All of it, by outcome."""
        return sum((visit.counts for visit in self.visits), Counter[str]())


@dataclass(frozen=True, slots=True)
class Truth:
    """All that a message tells.

    Attributes:
        shape: homes, sums, total, added, fixed, parts (and their sum), last (word holds), none, talk.
        said_day: the words for the day, empty where none are said.
        before: for fixed and last, what was said wrongly.
    """

    shape: str
    kind: str
    at: datetime
    stretches: tuple[Stretch, ...] = ()
    day: int = 0
    said_day: str = ""
    before: int = 0
    traits: frozenset[str] = field(default_factory=frozenset)

    @property
    def want(self) -> Judged:
        """The reading that the message should have, as tests compare it."""
        entries: dict[str | None, dict[str, int]] = {}
        for stretch in self.stretches:
            place = stretch.hamlet.folded if stretch.hamlet is not None else None
            entry = entries.setdefault(place, {})
            for outcome, n in stretch.counts.items():
                entry[outcome] = entry.get(outcome, 0) + n
        if self.shape == "none":
            entries = {place: {"activated": 0} for place in entries}
        return self.kind, self.day, entries, self._appointment

    @property
    def _appointment(self) -> str | None:
        deeds = (deed for stretch in self.stretches for visit in stretch.visits for deed in visit.deeds)
        first = next((deed.time for deed in deeds if deed.time is not None), None)
        return first.at.strftime("%Y-%m-%dT%H:%M") if first is not None else None
