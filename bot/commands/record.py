"""audit: the record of who did what; and how the command line puts itself on it."""

import csv
import sys
from datetime import date, timedelta
from functools import partial

from bot import errands, operator
from bot.commands.errors import BadArgument, day_in
from bot.config import Config
from bot.csvs import BOM, as_text
from bot.errands import Note
from bot.output import for_the_owner_alone, say
from handlers import calendar, texts
from handlers.calendar import Calendar
from handlers.running import audit
from storage.campaign import people
from storage.engine.database import session
from storage.engine.errors import StorageError, StorageMisuse
from storage.engine.transaction import Transaction
from storage.running import audits
from storage.running.audits import Deed, Sought

COLUMNS = ["at", "by", "name", "where", "what", "before", "after", "detail", "in words"]


def note(config: Config, what: str, *, subject: int = 0, detail: str = "") -> None:
    """Puts on record what was taken out here. Where that cannot be, it is said, and what was asked for goes on."""
    try:
        errands.do(config, Note(operator.name(), what, subject, detail))
    except (StorageError, StorageMisuse) as error:
        print(f"not put on record ({what}): {error}", file=sys.stderr)  # noqa: T201


def show(config: Config, *, person: str | None, day: str | None, as_csv: bool) -> int:
    """Prints the record, the oldest first: as lines to read, or as CSV."""
    with session(config.storage.path, read_only=True) as tx:
        known = calendar.current(tx, config.schedule.day_start)
        sought = _sought(tx, known, person, day_in(day))
        rows = [(deed, audit.in_words(tx, known, deed)) for deed in audits.every(tx, sought)]
        cells = [_cells(tx, known, deed, words) for deed, words in rows] if as_csv else []
    note(config, "record exported")
    for_the_owner_alone()
    if as_csv:
        sys.stdout.write(BOM)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(cells)
        return 0
    for deed, words in rows:
        say(f"{known.local(deed.at):%Y-%m-%d %H:%M} · {words.partition(' · ')[2]}")
    return 0


def _sought(tx: Transaction, known: Calendar, person: str | None, day: date | None) -> Sought:
    found = people.by_ref_ever(tx, person) if person is not None else None
    if person is not None and found is None:
        raise BadArgument(f"nobody has the id '{person}': see 'bacung codes' or the roster")
    return Sought(
        found.id if found else None,
        known.starts(day) if day else None,
        known.starts(day + timedelta(days=1)) if day else None,
    )


def _cells(tx: Transaction, known: Calendar, deed: Deed, words: str) -> list[str]:
    say_it = partial(texts.render, calendar=known, now=deed.at, person=None)
    doer = people.by_id(tx, deed.by) if deed.by is not None else None
    cells = [
        known.local(deed.at).isoformat(timespec="seconds"),
        doer.ref if doer else "",
        audit.who_did(tx, say_it, deed),
        audit.where_done(tx, say_it, deed),
        deed.what,
        deed.before,
        deed.after,
        deed.detail,
        words,
    ]
    return [as_text(cell) for cell in cells]
