"""load, check, backup, restore: the database and what is in it."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from bot import operator
from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.commands.record import note
from bot.config import LETTER, Config
from bot.folder import demonstration, handover, storing
from bot.folder.changes import described
from bot.folder.storing import Found
from bot.output import Progress, say
from handlers import texts
from storage.campaign import communes, erased, hamlets, people, teams
from storage.campaign.plan import CampaignError
from storage.engine import beside, restoring
from storage.engine.backup import belongs_to, copy, is_open, verify
from storage.engine.database import held, session
from storage.engine.errors import StorageError, StorageInUse, StorageMisuse
from storage.engine.times import day_of
from storage.engine.transaction import Transaction
from storage.private import erasing
from storage.reports import totals
from storage.running import audits, epoch

_TRY_AGAIN = 0.2  # seconds


def load(config: Config, folder: Path, *, sheet: str | None = None, dry_run: bool) -> int:
    """Loads or updates a campaign, also while the bot runs, and prints what changed."""
    with Progress() as progress:
        said = storing.found(folder, sheet=sheet or config.campaign.sheet, watch=progress.steps)
        _try_letter(folder)
        lines = (_tried if dry_run else _loaded)(config, said, progress)
    for line in [*said.notes, *lines]:
        say(line)
    return 0


def _try_letter(folder: Path) -> None:
    """The folder's template of the letter, where it has one, is tried: the bot reads it when a letter is asked for.

    Raises:
        CampaignError: it has a mistake.
    """
    if (folder / LETTER).is_file():
        from bot.drawing import letters  # noqa: PLC0415 - slow to import, and few folders have one

        try:
            letters.check(folder / LETTER)
        except letters.WrongTemplate as error:
            raise CampaignError([str(error)]) from None


def _tried(config: Config, said: Found, progress: Progress) -> list[str]:
    """What loading would do, on a copy that vanishes."""
    path, day_start = config.storage.path, config.schedule.day_start
    with TemporaryDirectory() as folder:
        trial = Path(folder) / "dry-run.db"
        beside.refuse_lost(path)
        if path.exists():
            copy(path, trial)
        with session(trial) as tx:
            now, watch = Clock().now(), progress.steps
            changes = storing.store(tx, said, now=now, day_start=day_start, dry_run=True, watch=watch)
    return [*described(changes), "Nothing was stored: this was a dry run."]


def _loaded(config: Config, said: Found, progress: Progress) -> list[str]:
    """What loading did: the running bot's, or ours where none has the database; only one may write.

    Whoever has it may be a bot that starts or ends just now, or another command: so both are tried for a while.
    """
    path, day_start = config.storage.path, config.schedule.day_start
    beside.real(path).parent.mkdir(parents=True, exist_ok=True)
    until = monotonic() + handover.PATIENCE
    while True:
        try:
            with held(path), session(path) as tx:
                now, watch = Clock().now(), progress.steps
                changes = storing.store(tx, said, now=now, day_start=day_start, watch=watch)
            beside.mark(path)
            return storing.told(changes)
        except StorageInUse as error:
            lines = handover.hand_over(path, said, until - monotonic())
            if lines is not None:
                return lines
            if monotonic() > until:
                line = f"nothing was loaded, nobody took it for {handover.PATIENCE:.0f} s: {error}"
                raise StorageMisuse(line) from None
        sleep(_TRY_AGAIN)


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
    note(config, "backup made")
    return 0


def _refuse_place(file: Path, database: Path, *, force: bool) -> None:
    """A copy never takes the place of the database, and of another file only where that is asked for.

    Raises:
        BadArgument: it would.
    """
    if belongs_to(file, database):
        raise BadArgument(f"{file} is the database itself or a part of it ({database}): give another file")
    if file.exists() and not file.is_file() and not file.is_dir():
        raise BadArgument(f"{file} is no file but a device or a pipe: give a file, such as backup.db")
    if file.is_dir():
        raise BadArgument(f"{file} is a folder: give a file, such as {file / 'backup.db'}")
    if file.exists() and not force:
        raise BadArgument(f"{file} is there already: give another name, or --force to replace it")
    if file.exists() and is_open(file):
        raise BadArgument(f"{file} is a database that another program uses: give another name")


def restore(config: Config, file: Path) -> int:
    """Puts a backup in the place of the database; what was there is kept beside it as it is, readable or not."""
    if not file.is_file():
        raise StorageMisuse(f"{file}: no such file; give a file that 'bacung backup' has written")
    target = config.storage.path
    if belongs_to(file, target):
        raise BadArgument(
            f"{file} is the database itself or a part of it: give a file that 'bacung backup' has written"
        )
    verify(file)
    beside.real(target).parent.mkdir(parents=True, exist_ok=True)
    with held(target):
        part = restoring.prepared(file, target)
        gone, now = _erased_in(target), Clock().now()
        with session(part) as tx:
            epoch.begin(tx, now)
            again = erasing.again(tx, gone, at=now, name=texts.plain("audit.erased"))
            audits.add(tx, at=now, by=None, what="backup restored", subject=0, operator=operator.name())
            wrong, real = totals.differences(tx), not demonstration.is_marked(tx)
        aside = restoring.put(part, target)
        if real:
            beside.mark(target)
    if aside is not None:
        say(f"What was there is kept as {aside}.")
    if again:
        say(f"{again} people who are erased were in that backup: they are erased again.")
    say(f"{target} is now what {file} was." + (f" {len(wrong)} totals differ: see 'bacung check'." if wrong else ""))
    return 0


def _erased_in(database: Path) -> frozenset[bytes]:
    """Who is erased in the database that gives way; of one that cannot be read nobody knows."""
    try:
        with session(database, read_only=True) as tx:
            return erased.digests(tx)
    except (StorageError, StorageMisuse):
        return frozenset()


def _must_exist(path: Path) -> None:
    if not path.exists():
        beside.refuse_lost(path)
        raise StorageMisuse(f"{path}: no such database; run 'bacung load FOLDER' first, or set BACUNG_STORAGE__PATH")
