"""What is said unasked, as handlers see it: which jobs there are, and when each is done next. A leaf."""

from datetime import date, datetime
from typing import Protocol

from handlers.calendar import Calendar
from storage.engine.transaction import Transaction


class Planned(Protocol):
    """A job of the timetable."""

    @property
    def name(self) -> str:
        """What it is called: `summary`."""

    @property
    def speaks(self) -> bool:
        """Whether anybody is told anything; else it only tidies up."""

    def next_after(self, calendar: Calendar, moment: datetime) -> datetime:
        """The first time later than this at which it is due."""

    def day_of(self, calendar: Calendar, due: datetime) -> date:
        """The work day of which it tells, when it is due at this time."""

    def tells_of(self, tx: Transaction, day: date) -> bool:
        """Whether there may be anything to tell of this work day."""

    @property
    def rests(self) -> bool:
        """Whether it says nothing of days off."""
