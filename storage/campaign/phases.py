"""The undertaking: campaign, phases, communes, hamlets, teams."""

from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.times import day_of
from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Campaign:
    """The whole undertaking. `quota`: phones a student a day."""

    name: str
    timezone: str
    quota: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A dated part of the campaign; both days belong to it."""

    id: int
    name: str
    first: date
    days: int

    @property
    def last(self) -> date:
        """Its last work day."""
        return self.first + timedelta(days=self.days - 1)


def current(tx: Transaction) -> Campaign | None:
    """The campaign of this database; None before one was loaded."""
    row = tx.one("SELECT name, timezone, quota FROM campaign")
    return Campaign(row["name"], row["timezone"], row["quota"]) if row else None


def every(tx: Transaction) -> list[Phase]:
    """All phases, the first first."""
    rows = tx.all("SELECT id, name, first_day, days FROM phases ORDER BY first_day, id")
    return [Phase(row["id"], row["name"], day_of(row["first_day"]), row["days"]) for row in rows]


def phase_on(tx: Transaction, day: date) -> Phase | None:
    """The phase of this day; between phases the one before, before the first the first; None where there are none."""
    known = every(tx)
    begun = [phase for phase in known if phase.first <= day]
    return begun[-1] if begun else (known[0] if known else None)


def by_id(tx: Transaction, id: int) -> Phase:
    """The phase of this row."""
    row = tx.one("SELECT id, name, first_day, days FROM phases WHERE id = :id", id=id)
    assert row is not None
    return Phase(row["id"], row["name"], day_of(row["first_day"]), row["days"])
