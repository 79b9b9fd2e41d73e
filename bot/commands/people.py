"""person show, person erase, forget: what is kept of people, and how it goes."""

import json
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import errands, operator
from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.commands.record import note
from bot.config import Config
from bot.errands import Blank, Erase
from bot.output import for_the_owner_alone, say
from handlers import calendar, texts
from handlers.running import forgetting
from storage.campaign import people
from storage.campaign.people import Person
from storage.engine.backup import copy
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.private import showing


def show(config: Config, ref: str, *, as_json: bool) -> int:
    """Prints everything that is kept about a person; that it was looked at is put on record."""
    with session(config.storage.path, read_only=True) as tx:
        person = _person(tx, ref)
        zone = calendar.current(tx, config.schedule.day_start).zone
        facts = showing.everything(tx, person, zone)
    note(config, "person shown", subject=person.id)
    for_the_owner_alone()
    if as_json:
        say(json.dumps(facts, ensure_ascii=False))
        return 0
    for name, value in facts.items():
        _print(name, value, 0)
    return 0


def _person(tx: Transaction, ref: str) -> Person:
    person = people.by_ref_ever(tx, ref)
    if person is None:
        raise BadArgument(f"nobody has the id '{ref}': see 'bacung codes' or the roster")
    return person


def _print(name: str, value: Any, depth: int) -> None:
    """Facts as indented lines; what is empty is said to be."""
    pad = "  " * depth
    if isinstance(value, dict) and value:
        say(f"{pad}{name}:")
        for key, one in value.items():
            _print(key, one, depth + 1)
    elif isinstance(value, list) and value:
        say(f"{pad}{name}: {len(value)}")
        for number, one in enumerate(value, 1):
            _print(str(number), one, depth + 1)
    else:
        said = "-" if value in (None, "", [], {}) else str(value).replace("\n", f"\n{pad}    ")
        say(f"{pad}{name}: {said}")


def erase(config: Config, ref: str, *, yes: bool) -> int:
    """Erases a person, once their name was typed or `yes` given."""
    with session(config.storage.path, read_only=True) as tx:
        person = _person(tx, ref)
    if not yes:
        say(f"{person.ref} {person.name}, {person.role}: the name, accounts and messages go for good; sums stay.")
        sys.stdout.write("To erase this person, type their whole name: ")
        sys.stdout.flush()
        if sys.stdin.readline().strip() != person.name:
            raise BadArgument("that is not the name: nothing was erased")
    errands.do(config, Erase(operator.name(), person.ref))
    say(f"{person.ref} is erased; the sums stay under “{texts.plain('audit.erased')}”.")
    say("Left to do: remove the row from the roster; older backups know the person until they age out.")
    return 0


def forget(config: Config, *, dry_run: bool) -> int:
    """Lets the words go whose time is over, as every night; a dry run says how many would."""
    now, day_start = Clock().now(), config.schedule.day_start
    with session(config.storage.path, read_only=True) as tx:
        day = forgetting.old_day(tx, calendar.current(tx, day_start), now, config.privacy.retention_days)
    if day is None:
        say(f"No phase ended more than {config.privacy.retention_days} days ago: nothing has to go.")
        return 0
    counts = _counted(config, day)
    said = ", ".join(f"{n} {name}" for name, n in counts.items() if n) or "nothing"
    if dry_run:
        say(f"Of days until {day}: {said} would go. Nothing was changed: this was a dry run.")
        return 0
    errands.do(config, Blank(operator.name(), day))
    say(f"Of days until {day}: {said} gone; the sums stay.")
    return 0


def _counted(config: Config, day: date) -> dict[str, int]:
    """How many rows of each kind have words that go; on a copy, since a database of before has to be brought up."""
    with TemporaryDirectory() as folder:
        trial = Path(folder) / "dry-run.db"
        copy(config.storage.path, trial)
        with session(trial) as tx:
            return forgetting.rows(tx, calendar.current(tx, config.schedule.day_start), day)
