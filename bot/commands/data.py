"""load, codes, check, backup, restore: the database and what is in it."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.config import Config
from bot.folder import demonstration
from bot.folder import reader as campaign_folder
from bot.output import say
from handlers.calendar import calendar_of
from storage.campaign import accounts, communes, hamlets, loading, people, teams
from storage.engine.backup import belongs_to, copy, is_open, put, verify
from storage.engine.database import held, session
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
    """The database to load into, which no running bot has; a dry run tries it on a copy that vanishes."""
    if not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        with held(path):
            yield path
        return
    with TemporaryDirectory() as folder:
        tried = Path(folder) / "dry-run.db"
        if path.exists():
            copy(path, tried)
        yield tried


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


def backup(config: Config, file: Path, *, force: bool) -> int:
    """Writes a consistent, verified copy, also while the bot runs; with `force` in the place of an older one."""
    _must_exist(config.storage.path)
    _refuse_place(file, config.storage.path, force=force)
    file.parent.mkdir(parents=True, exist_ok=True)
    copy(config.storage.path, file)
    say(f"{file}: {file.stat().st_size:,} bytes, verified.")
    return 0


def _refuse_place(file: Path, database: Path, *, force: bool) -> None:
    """A copy never takes the place of the database, and of another file only where that is asked for.

    Raises:
        BadArgument: it would.
    """
    if belongs_to(file, database):
        raise BadArgument(f"{file} is the database itself or a part of it ({database}): give another file")
    if file.is_dir():
        raise BadArgument(f"{file} is a folder: give a file, such as {file / 'backup.db'}")
    if file.exists() and not force:
        raise BadArgument(f"{file} is there already: give another name, or --force to replace it")
    if file.exists() and is_open(file):
        raise BadArgument(f"{file} is a database that another program uses: give another name")


def restore(config: Config, file: Path) -> int:
    """Puts a backup in the place of the database; what was there is kept beside it."""
    if not file.exists():
        raise StorageMisuse(f"{file}: no such file; give a file that 'bacung backup' has written")
    target = config.storage.path
    if belongs_to(file, target):
        raise BadArgument(
            f"{file} is the database itself or a part of it: give a file that 'bacung backup' has written"
        )
    verify(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    with held(target):
        part = target.with_name(target.name + ".restored")
        copy(file, part)
        if target.exists():
            before = target.with_name(target.name + ".before-restore")
            copy(target, before)
            say(f"What was there is kept as {before}.")
        put(part, target)
        with session(target) as tx:
            wrong = totals.differences(tx)
    say(f"{target} is now what {file} was." + (f" {len(wrong)} totals differ: see 'bacung check'." if wrong else ""))
    return 0


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise StorageMisuse(f"{path}: no such database; run 'bacung load FOLDER' first, or set BACUNG_STORAGE__PATH")
