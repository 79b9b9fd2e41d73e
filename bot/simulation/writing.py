"""Writes a database of a simulated campaign: a new file that is there whole or not at all."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.folder import demonstration, reader
from bot.folder.storing import Found, store
from bot.simulation import judging
from bot.simulation.campaign import Campaign
from bot.simulation.desk import Desk, Office
from bot.simulation.playing import Played, Player, batches
from handlers.calendar import calendar_of
from handlers.turn import House
from storage.campaign import accounts, people
from storage.campaign.plan import Plan
from storage.engine import beside
from storage.engine.database import session
from storage.engine.transaction import Transaction


class TooLong(Exception):
    """More days than the phase has: one line."""


Watch = Callable[[str, int | None], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is simulated: so many whole days that end yesterday, and today's as far as it has gone.

    `odd`: with some evenings at which an officer should look.
    """

    days: int
    seed: int
    now: datetime
    day_start: time
    today: bool = False
    odd: bool = False


def write(file: Path, wish: Wish, folder: Path, watch: Watch) -> Played:
    """Simulates the campaign of a folder into a new file.

    Raises:
        CampaignError: the folder is wrong.
        TooLong: its first phase has fewer days.
        StorageError, OSError: it cannot be written.
    Nothing is left of it then, nor where it is interrupted.
    """
    part = file.with_name(f".{file.name}.part")
    _remove(part)
    try:
        played = _simulated(part, wish, folder, watch)
        part.rename(file)
        beside.sync_folder(file)
    finally:
        _remove(part)
    return played


def _moved(plan: Plan, first: date, number: int) -> Plan:
    """The same with its first phase from this day on, and those after it as long after it as before.

    Raises:
        TooLong: it has fewer days than are asked for.
    """
    begin = plan.phases[0]
    if number > begin.days:
        raise TooLong(f"{number} days: {begin.name} has {begin.days}, ask for no more with --days")
    later = timedelta() if begin.first is None else first - begin.first
    phases = [replace(one, first=first if one.first is None else one.first + later) for one in plan.phases]
    return replace(plan, phases=tuple(phases))


def _remove(part: Path) -> None:
    for suffix in ("", *beside.OF_SQLITE):
        with suppress(FileNotFoundError):
            beside.beside(part, suffix).unlink()


def _simulated(part: Path, wish: Wish, folder: Path, watch: Watch) -> Played:
    plan = reader.read(folder)
    days = calendar_of(plan.campaign.timezone, wish.day_start)
    first = days.work_day(wish.now) - timedelta(days=wish.days)
    number = wish.days + int(wish.today)
    found = Found(_moved(plan, first, number), reader.digest(folder))
    campaign = Campaign(found.plan, first, days.zone, seed=wish.seed, odd=wish.odd)
    office, played = Office(House(days)), Played()
    begins = days.starts(first)
    with session(part) as tx:
        store(tx, found, now=begins, day_start=wish.day_start)
        demonstration.mark(tx)
        desks = _joined(tx, office, begins)
    drawn = list(campaign.days(number))
    played.planted = [one for day in drawn for one in day.planted]
    deeds = sorted((deed for day in drawn for deed in day.deeds if deed.at < wish.now), key=lambda deed: deed.at)
    player = Player(office, desks, played, watch("messages", len(deeds)))
    for batch in batches(deeds):
        with session(part) as tx:
            player.play(tx, batch)
    with session(part) as tx:
        for desk in desks.values():
            office.leaves(tx, desk, wish.now)
        played.differences = judging.differences(tx, played.truth, campaign.students, desks)
    return played


def _joined(tx: Transaction, office: Office, at: datetime) -> dict[str, Desk]:
    """Everybody came in on the first morning."""
    desks: dict[str, Desk] = {}
    for one in accounts.with_codes(tx, at.date()):
        person = people.by_ref(tx, one.ref)
        assert person is not None
        desks[one.ref] = office.joins(tx, person, one.code, at)
    return desks
