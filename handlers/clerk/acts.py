"""What a clerk can do: a closed set. One place performs them, another says what was performed."""

from dataclasses import dataclass
from datetime import datetime

from handlers.clerk.evening import NOWHERE, LineTold, OpenTold, Place, ReportTold
from handlers.language import Reading


@dataclass(frozen=True, slots=True)
class Record:
    """The message is new work. `settles`: the open message that it says again; `place`: where its home stands."""

    reading: Reading
    settles: OpenTold | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Compare:
    """The message states a sum for a day."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Change:
    """A report says something else from now on: exactly these lines. `about`: the home of it that changes."""

    report: ReportTold
    lines: tuple[LineTold, ...]
    reading: Reading
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Several reports change by one message."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A report is taken back: the one that was just being put right, else the one that is meant, or it is asked for."""

    reading: Reading
    report: ReportTold | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """This very report is taken back."""

    report: ReportTold
    reading: Reading


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """A promised visit to a home is at another local time from now on; it is counted once as before."""

    report: ReportTold
    home: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settle:
    """An open message is settled by a number, or by a meaning that says where as well."""

    open: OpenTold
    number: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Confirm:
    """What the message says stands in the book already: nothing is added. `besides`: with these it does."""

    report: ReportTold | None
    reading: Reading
    besides: tuple[ReportTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """The message was said before: it counts once. Whoever means another house can add it."""

    report: ReportTold
    reading: Reading


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning that a button stands for: a new report, a sum, or new lines of a report; None: nothing is counted."""

    act: "Record | Compare | Change | None"


@dataclass(frozen=True, slots=True)
class Ask:
    """The message stands open until it is settled: by one of the choices, or by the number that it lacks.

    `place`: where its home stands, should it be new work.
    """

    reading: Reading
    choices: tuple[Choice, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class AskAgain:
    """What was asked is answered as vaguely as before: the same is asked once more."""

    open: OpenTold
    reading: Reading


@dataclass(frozen=True, slots=True)
class WaitFor:
    """The report that was to be put right is still waited for: what was said does not tell how."""

    report: ReportTold
    reading: Reading


@dataclass(frozen=True, slots=True)
class Talk:
    """The message is no work: a question, a plan, a greeting."""

    reading: Reading


Act = (
    Record
    | Compare
    | Change
    | Several
    | Withdraw
    | TakeBack
    | MoveVisit
    | Settle
    | Confirm
    | Repeat
    | Ask
    | AskAgain
    | WaitFor
    | Talk
)
