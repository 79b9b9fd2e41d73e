"""A campaign folder goes into the database, the same way whether the bot starts, is handed one, or stands still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot.folder import reader
from handlers.calendar import calendar_of
from storage.campaign import loading
from storage.campaign.plan import Change, Plan
from storage.engine.transaction import Transaction
from storage.running import meta


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder says, checked, and what tells this state of it from any other."""

    plan: Plan
    digest: str


def found(folder: Path) -> Found:
    """Reads a folder.

    Raises:
        CampaignError: with a line for everything that is wrong in it.
    """
    return Found(reader.read(folder), reader.digest(folder))


def store(tx: Transaction, said: Found, *, now: datetime, day_start: time, dry_run: bool = False) -> list[Change]:
    """Brings the database to what the folder says; what changed.

    Raises:
        CampaignError: it contradicts what is already stored.
    """
    today = calendar_of(said.plan.campaign.timezone, day_start).work_day(now)
    return loading.load(tx, said.plan, today=today, at=now, digest=said.digest, dry_run=dry_run)


def store_if_changed(tx: Transaction, folder: Path, *, now: datetime, day_start: time) -> None:
    """Loads a folder, unless it was loaded last just as it is.

    Raises:
        CampaignError: with a line for everything that is wrong.
    """
    if meta.get(tx, loading.DIGEST) != reader.digest(folder):
        store(tx, found(folder), now=now, day_start=day_start)


def told(changes: Sequence[Change]) -> list[str]:
    """What a load that is committed has to say."""
    return [*reader.described(changes), *(["Loaded."] if changes else [])]
