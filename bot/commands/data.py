"""load, codes, check, backup, restore: the database and what is in it."""

import csv
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.config import Config
from bot.folder import demonstration, handover, storing
from bot.folder import reader as campaign_folder
from bot.folder.storing import Found
from bot.output import say
from storage.campaign import accounts, communes, hamlets, people, teams
from storage.engine.backup import belongs_to, copy, is_open, put, verify
from storage.engine.database import held, session
from storage.engine.errors import StorageInUse, StorageMisuse
from storage.engine.times import day_of
from storage.engine.transaction import Transaction
from storage.reports import totals
from storage.running import channels

_TRY_AGAIN = 0.2  # seconds


def load(config: Config, folder: Path, *, dry_run: bool) -> int:
    """Loads or updates a campaign, also while the bot runs, and prints what changed."""
    said = storing.found(folder)
    for line in (_tried if dry_run else _loaded)(config, said):
        say(line)
    return 0


def _tried(config: Config, said: Found) -> list[str]:
    """What loading would do, on a copy that vanishes."""
    path, day_start = config.storage.path, config.schedule.day_start
    with TemporaryDirectory() as folder:
        trial = Path(folder) / "dry-run.db"
        if path.exists():
            copy(path, trial)
        with session(trial) as tx:
            changes = storing.store(tx, said, now=Clock().now(), day_start=day_start, dry_run=True)
    return [*campaign_folder.described(changes), "Nothing was stored: this was a dry run."]


def _loaded(config: Config, said: Found) -> list[str]:
    """What loading did: the running bot's, or ours where none has the database; only one may write.

    Whoever has it may be a bot that starts or ends just now, or another command: so both are tried for a while.
    """
    path, day_start = config.storage.path, config.schedule.day_start
    path.parent.mkdir(parents=True, exist_ok=True)
    until = monotonic() + handover.PATIENCE
    while True:
        try:
            with held(path), session(path) as tx:
                changes = storing.store(tx, said, now=Clock().now(), day_start=day_start)
            return storing.told(changes)
        except StorageInUse as error:
            lines = handover.hand_over(path, said, until - monotonic())
            if lines is not None:
                return lines
            if monotonic() > until:
                line = f"nothing was loaded, nobody took it for {handover.PATIENCE:.0f} s: {error}"
                raise StorageMisuse(line) from None
        sleep(_TRY_AGAIN)


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
