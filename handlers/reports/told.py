"""What makes a report: a leaf, spoken by all that keep, store and say one."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A message that makes a report: whose it is, when it was sent, and its words, masked."""

    person: int  # whose report it is
    day: date
    at: datetime
    chat: int
    message: str
    text: str
    by: int | None = None  # who said it, where that was somebody else
