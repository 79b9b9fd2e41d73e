"""load, codes, check, backup, restore: the database and what is in it."""

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import Clock
from bot.config import Config
from bot.folder import demonstration
from bot.folder import reader as campaign_folder
from bot.output import say
from handlers.calendar import calendar_of
from storage.campaign import accounts, communes, hamlets, loading, people, teams
from storage.engine.backup import copy, verify
from storage.engine.database import session, take_lock
from storage.engine.errors import StorageMisuse
from storage.engine.times import day_of
from storage.engine.transaction import Transaction
from storage.reports import totals
from storage.running import channels


def load(config: Config, folder: Path, *, dry_run: bool) -> int:
    """Loads or updates a campaign, and prints what changed."""
    plan = campaign_folder.read(folder)
    now = Clock().now()
    with _loadable(config.storage.path, dry_run=dry_run) as path, session(path) as tx:
        changes = loading.load(
            tx,
            plan,
            today=calendar_of(plan.campaign.timezone, config.schedule.day_start).work_day(now),
            at=now,
            digest=campaign_folder.digest(folder),
            dry_run=dry_run,
        )
    for line in campaign_folder.described(changes):
        say(line)
    if dry_run:
        say("Nothing was stored: this was a dry run.")
    elif changes:
        say("Loaded.")
    return 0


@contextmanager
def _loadable(path: Path, *, dry_run: bool) -> Iterator[Path]:
    """The database to load into; where there is none yet, a dry run tries it on one that vanishes."""
    if path.exists() or not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield path
        return
    with TemporaryDirectory() as folder:
        yield Path(folder) / "dry-run.db"


def codes(config: Config, *, as_csv: bool) -> int:
    """Prints everybody's join code and link."""
    with session(config.storage.path, read_only=True) as tx:
        known = {state.name: state.username for state in channels.all_of(tx) if state.username}
        rows = accounts.with_codes(tx)
    url = config.web.public_url.rstrip("/") or known.get("web") or f"http://{config.web.host}:{config.web.port}"
    telegram = known.get("telegram")
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["id", "name", "role", "commune", "code", "link", "web"])
        for row in rows:
            links = _telegram_link(telegram, row.code), demonstration.link(url, row.code)
            writer.writerow([row.ref, row.name, row.role, row.communes, row.code, *links])
        return 0
    for row in rows:
        line = f"{demonstration.link(url, row.code)}  {_telegram_link(telegram, row.code)}".rstrip()
        say(f"{row.code}  {row.ref:8} {row.role:8} {row.name} ({row.communes or '-'})  {line}")
    if telegram is None:
        print("links to Telegram are known once 'bacung run' has reached it", file=sys.stderr)  # noqa: T201
    return 0


def _telegram_link(telegram: str | None, code: str) -> str:
    return f"https://t.me/{telegram}?start={code}" if telegram else ""


def check(config: Config) -> int:
    """Recounts every total from the reports; 1 where any differs."""
    with session(config.storage.path, read_only=True) as tx:
        wrong = totals.differences(tx)
        names = [_named(tx, difference) for difference in wrong]
    for name, difference in zip(names, wrong, strict=True):
        say(f"{name}: kept {difference.kept}, counted {difference.counted}")
    say(f"{len(wrong)} totals differ from the reports." if wrong else "All totals agree with the reports.")
    return 1 if wrong else 0


def _named(tx: Transaction, difference: totals.Difference) -> str:
    day = f"{day_of(difference.day):%Y-%m-%d}" if difference.day else "all days"
    subject = f"{difference.scope} {difference.id}"
    with suppress(AssertionError):
        if difference.scope == "team":
            team = teams.by_id(tx, difference.id)
            subject = f"team of {communes.by_id(tx, team.commune).name}"
        elif difference.scope == "person" and (person := people.by_id(tx, difference.id)):
            subject = f"person {person.ref}"
        elif difference.scope == "hamlet":
            subject = f"hamlet {hamlets.hamlet_name(tx, difference.id)}"
    return f"{subject}, {day}, {difference.outcome}"


def backup(config: Config, file: Path) -> int:
    """Writes a consistent, verified copy, also while the bot runs."""
    _must_exist(config.storage.path)
    file.parent.mkdir(parents=True, exist_ok=True)
    copy(config.storage.path, file)
    say(f"{file}: {file.stat().st_size:,} bytes, verified.")
    return 0


def restore(config: Config, file: Path) -> int:
    """Puts a backup in the place of the database; what was there is kept beside it."""
    if not file.exists():
        raise StorageMisuse(f"{file}: no such file; give a file that 'bacung backup' has written")
    verify(file)
    target = config.storage.path
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = take_lock(target)
    try:
        part = target.with_name(target.name + ".restored")
        copy(file, part)
        if target.exists():
            before = target.with_name(target.name + ".before-restore")
            copy(target, before)
            say(f"What was there is kept as {before}.")
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        part.replace(target)
    finally:
        os.close(lock)
    with session(target) as tx:
        wrong = totals.differences(tx)
    say(f"{target} is now what {file} was." + (f" {len(wrong)} totals differ: see 'bacung check'." if wrong else ""))
    return 0


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise StorageMisuse(f"{path}: no such database; run 'bacung load FOLDER' first, or set BACUNG_STORAGE__PATH")
