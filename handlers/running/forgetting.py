"""Words go when their time is over: which days are old, and some of their rows at a time; the end is put on record."""

from datetime import date, datetime, timedelta

from handlers import texts
from handlers.calendar import Calendar
from storage.campaign import phases
from storage.engine.transaction import Transaction
from storage.private import retention
from storage.private.retention import Old
from storage.running import audits

AT_ONCE = 250  # rows of a kind


def old_day(tx: Transaction, calendar: Calendar, now: datetime, days: int) -> date | None:
    """The last day whose words go, where they are kept so many days after a phase; None: none do."""
    return retention.last_day(phases.every(tx), calendar.work_day(now), days)


def rows(tx: Transaction, calendar: Calendar, day: date) -> dict[str, int]:
    """How many rows of each kind go."""
    return retention.rows(tx, _old(calendar, day), instead=texts.plain("audit.blanked"))


def times(tx: Transaction, calendar: Calendar, day: date | None) -> int:
    """How often `forget` has something to do; 0: all of it is gone."""
    if day is None or retention.done_until(tx) == day:
        return 0
    return max(rows(tx, calendar, day).values()) // AT_ONCE + 2  # two heaps may be of one kind; the last notes the end


def forget(tx: Transaction, calendar: Calendar, day: date, *, at: datetime, operator: str | None = None) -> int:
    """Blanks some rows of days until this one; how many. When none are left, that is put on record, once."""
    instead = texts.plain("audit.blanked")
    done = sum(retention.blank(tx, _old(calendar, day), at=at, limit=AT_ONCE, instead=instead).values())
    if not done and retention.done_until(tx) != day:
        retention.note_done(tx, day)
        audits.add(tx, at=at, by=None, what="texts blanked", subject=0, detail=f"{day:%d/%m/%Y}", operator=operator)
    return done


def _old(calendar: Calendar, day: date) -> Old:
    return Old(day, calendar.starts(day + timedelta(days=1)))
