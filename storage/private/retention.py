"""Words go some days after the phase in which they were written; sums stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.campaign.phases import Phase
from storage.engine import heaps
from storage.engine.heaps import Heap
from storage.engine.times import day_number, day_of, stamp
from storage.engine.transaction import Transaction
from storage.field import blanking as of_field
from storage.private import practised
from storage.reports import blanking as of_reports
from storage.running import broadcasts, failures, meta
from storage.talk import blanking as of_talk
from storage.webchat import blanking as of_webchat
from storage.webchat import posts

_DONE = "blanked_until"  # in meta: the day number until which there are no words any more
_TALK = (*of_talk.OLD, *of_webchat.OLD, *broadcasts.OLD)
HEAPS: tuple[Heap, ...] = (*of_reports.OLD, *of_field.OLD, *_TALK, *practised.OLD, *failures.OLD)


@dataclass(frozen=True, slots=True)
class Old:
    """What is old: all of work days until `day`, all that was said before the moment at which that day ended."""

    day: date
    before: datetime


def last_day(phases: Sequence[Phase], today: date, days: int) -> date | None:
    """The last day of the newest phase that ended more than so many days ago; None where none did."""
    ended = [phase.last for phase in phases if phase.last + timedelta(days=days) < today]
    return max(ended, default=None)


def done_until(tx: Transaction) -> date | None:
    """The day until which all words are gone."""
    known = meta.get(tx, _DONE)
    return day_of(int(known)) if known else None


def note_done(tx: Transaction, day: date) -> None:
    """All words until this day are gone."""
    meta.put(tx, _DONE, str(day_number(day)))


def rows(tx: Transaction, old: Old, *, instead: str) -> dict[str, int]:
    """How many rows have words that would go, by kind."""
    found: dict[str, int] = {}
    for heap in HEAPS:
        found[heap.name] = found.get(heap.name, 0) + heaps.count(tx, heap, **_bounds(tx, old, old.before, instead))
    return found


def blank(tx: Transaction, old: Old, *, at: datetime, limit: int, instead: str) -> dict[str, int]:
    """Blanks some rows of each kind; how many. `instead` stands in posts of the web chat from then on."""
    return heaps.blank(tx, HEAPS, limit, **_bounds(tx, old, at, instead))


def _bounds(tx: Transaction, old: Old, at: datetime, instead: str) -> Mapping[str, object]:
    return {
        "day": day_number(old.day),
        "before": stamp(old.before),
        "before_ms": stamp(old.before) * 1000,
        "at": stamp(at),
        "instead": instead,
        "newest": posts.newest_change(tx),
    }
