"""A campaign folder goes into the database, the same way whether the bot starts, is handed one, or stands still."""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot import operator
from bot.folder import reader
from bot.folder.changes import described
from handlers import texts
from handlers.calendar import calendar_of
from storage.campaign import loading
from storage.campaign.plan import Change, Kind, Plan, Watch, unwatched
from storage.engine.transaction import Transaction
from storage.running import audits, meta

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder says, checked, what tells this state of it from any other, and what may surprise in it."""

    plan: Plan
    digest: str
    notes: tuple[str, ...] = ()


def found(folder: Path, *, sheet: str = "", watch: Watch = unwatched) -> Found:
    """Reads a folder; of a roster.xlsx the sheet that is named, else the one that fits.

    Raises:
        CampaignError: with a line for everything that is wrong in it.
    """
    notes: list[str] = []
    return Found(reader.read(folder, sheet=sheet, notes=notes, watch=watch), reader.digest(folder), tuple(notes))


def store(
    tx: Transaction, said: Found, *, now: datetime, day_start: time, dry_run: bool = False, watch: Watch = unwatched
) -> list[Change]:
    """Brings the database to what the folder says; what changed.

    Raises:
        CampaignError: it contradicts what is already stored.
    """
    today = calendar_of(said.plan.campaign.timezone, day_start).work_day(now)
    changes = loading.load(tx, said.plan, today=today, at=now, digest=said.digest, dry_run=dry_run, watch=watch)
    if changes and not dry_run:
        _on_record(tx, changes, now)
    return changes


def _on_record(tx: Transaction, changes: Sequence[Change], now: datetime) -> None:
    """How much is new or other, and of what was there already from what to what."""
    counts = Counter((change.kind.value, change.table) for change in changes)
    detail = texts.plain("audit.loaded", changes=[(*key, n) for key, n in counts.items()])
    who = operator.name()
    audits.add(tx, at=now, by=None, what="campaign loaded", subject=0, detail=detail, operator=who)
    for change in changes:
        if change.kind is Kind.CHANGED:
            row = texts.plain("audit.changed_row", table=change.table, name=change.name)
            was, now_is = _from_to(change.detail)
            audits.add(
                tx,
                at=now,
                by=None,
                what="campaign changed",
                subject=0,
                detail=row,
                before=was,
                after=now_is,
                operator=who,
            )


_VALUE = re.compile(r"(?P<column>first day|\w+) (?P<before>.*?) → (?P<after>.*)", re.DOTALL)


def _from_to(detail: str) -> tuple[str, str]:
    """`target 9260 → 9300, baseline 0 → 10` as what stood there and what stands there, with their names."""
    before, after = [], []
    for part in detail.split(", "):
        found = _VALUE.fullmatch(part)
        if found is None:
            after.append(part)
            continue
        column = found["column"]
        before.append(texts.plain("audit.changed_value", column=column, value=found["before"]))
        after.append(texts.plain("audit.changed_value", column=column, value=found["after"]))
    return ", ".join(before), ", ".join(after)


def store_if_changed(tx: Transaction, folder: Path, *, sheet: str = "", now: datetime, day_start: time) -> None:
    """Loads a folder, unless it was loaded last just as it is.

    Raises:
        CampaignError: with a line for everything that is wrong.
    """
    if meta.get(tx, loading.DIGEST) != reader.digest(folder):
        said = found(folder, sheet=sheet)
        for note in said.notes:
            log.warning("load: %s", note)
        store(tx, said, now=now, day_start=day_start)


def told(changes: Sequence[Change]) -> list[str]:
    """What a load that is committed has to say."""
    return [*described(changes), *(["Loaded."] if changes else [])]
