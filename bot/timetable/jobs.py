"""The jobs of the schedule: for whom each is, what it says, and how long it still makes sense."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.config import Schedule
from handlers.messages import Reply
from handlers.running import forgetting
from handlers.turn import House
from handlers.unasked import morning, night, reminders
from storage.campaign import communes, phases, teams
from storage.campaign.people import Role
from storage.engine.transaction import Transaction
from storage.running import told
from storage.talk import offers, outbox, pictures, practices, seen, strangers

KEEP_SENT = timedelta(days=7)
KEEP_SEEN = timedelta(days=8)
KEEP_STRANGERS = timedelta(days=2)
UNTIL_THE_NEXT = timedelta(days=1)
_PRUNE_AT_ONCE = 500
_PICTURES_AT_ONCE = 10  # each may be of megabytes, which are overwritten


@dataclass(frozen=True, slots=True)
class Slot:
    """One occasion of a job: when it was due, and now."""

    due: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Unasked:
    """Something to be said in a chat; `key` makes it unique."""

    chat: int
    key: str
    reply: Reply


Targets = Callable[[Transaction, House, Slot], Sequence[int]]
Fill = Callable[[Transaction, House, Slot, int], Sequence[Unasked]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is done every day at a time. `targets` are worked through one by one, each in a transaction of its own."""

    name: str
    at: time
    sense: timedelta  # how long after its time it may still be made up
    targets: Targets
    fill: Fill
    kept: timedelta | None = None  # how long after its time it is tried to be sent; None: as long as it is made up


def all_of(settings: Schedule, *, retention_days: int) -> list[Job]:
    """Every job, at the times that are set. `retention_days`: how long words are kept after their phase."""
    return [
        Job("plan", settings.plan, timedelta(hours=3), _teams, _said(reminders.plans)),
        Job("nudge", settings.nudge, timedelta(hours=2), _teams, _said(reminders.nudges)),
        Job("names", settings.names, timedelta(minutes=90), _teams, _said(reminders.names_of)),
        Job("summary", settings.summary, timedelta(hours=17), _teams, _summary, kept=UNTIL_THE_NEXT),
        Job("digest", settings.digest, timedelta(hours=6), _once, _digest, kept=UNTIL_THE_NEXT),
        Job("housekeeping", settings.day_start, timedelta(hours=23), _heaps, _tidy),
        Job(
            "forgetting",
            settings.day_start,
            timedelta(hours=23),
            partial(_old, retention_days=retention_days),
            partial(_forget, retention_days=retention_days),
        ),
    ]


def _day(house: House, slot: Slot) -> date:
    return house.calendar.work_day(slot.due)


def _teams(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    """The teams that are out on this day."""
    day = _day(house, slot)
    phase = phases.phase_on(tx, day)
    if phase is None or not phase.first <= day <= phase.last:
        return []
    return [team.id for team in teams.of_phase(tx, phase.id)]


def _said(
    reminder: Callable[[Transaction, House, datetime, datetime, int], Iterable[tuple[int, str, Reply]]],
) -> Fill:
    """A reminder of a team as a job fills it."""

    def fill(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
        return [Unasked(*one) for one in reminder(tx, house, slot.due, slot.now, target)]

    return fill


def _once(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    return [0]


def _summary(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """The night's summary, for every chat of the team, its lead, and the commune's officers."""
    team, day = teams.by_id(tx, target), _day(house, slot)
    code = communes.by_id(tx, team.commune).code
    facts = night.gather(tx, house, team, day, slot.now)
    said: list[Unasked] = []
    for chat, recipient in night.recipients_of_night(tx, team):
        key = f"summary:{day}:{code}:chat {chat}"
        said.append(Unasked(chat, f"{key}:night", night.summary(house, facts, slot.now, recipient)))
        if facts.open and recipient is not None and recipient.role == Role.LEAD:
            said.append(Unasked(chat, f"{key}:open", night.still_open(house, facts, slot.now, recipient)))
    return said


def _digest(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """In the morning, the day that ended, for the officers of the campaign."""
    day = _day(house, slot) - timedelta(days=1)
    phase = phases.phase_on(tx, day)
    if phase is None or not phase.first <= day <= phase.last:
        return []
    return [
        Unasked(chat, f"digest:{day}:chat {chat}", morning.digest(tx, house, day, slot.now, recipient=recipient))
        for chat, recipient in morning.recipients_of_digest(tx)
    ]


def _heaps(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    """How often `_tidy` has to work, so that each time is short."""
    rows = max(outbox.count_before(tx, slot.now - KEEP_SENT), seen.count_before(tx, slot.now - KEEP_SEEN))
    return range(max(rows // _PRUNE_AT_ONCE, pictures.count_expired(tx, slot.now) // _PICTURES_AT_ONCE) + 1)


def _tidy(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """Forgets what is no longer needed, some rows at a time."""
    outbox.prune(tx, slot.now - KEEP_SENT, _PRUNE_AT_ONCE)
    seen.prune(tx, slot.now - KEEP_SEEN, _PRUNE_AT_ONCE)
    offers.prune(tx, slot.now - KEEP_SENT, _PRUNE_AT_ONCE)
    pictures.prune(tx, slot.now, _PICTURES_AT_ONCE)
    strangers.prune(tx, slot.now - KEEP_STRANGERS)
    practices.prune(tx, slot.now - KEEP_SEEN)
    told.prune(tx, slot.now - KEEP_SEEN)
    return []


def _old(tx: Transaction, house: House, slot: Slot, *, retention_days: int) -> Sequence[int]:
    """How often `_forget` has to work, so that each time is short."""
    day = forgetting.old_day(tx, house.calendar, slot.now, retention_days)
    return range(forgetting.times(tx, house.calendar, day))


def _forget(tx: Transaction, house: House, slot: Slot, target: int, *, retention_days: int) -> Sequence[Unasked]:
    """The words of a phase go some days after it."""
    day = forgetting.old_day(tx, house.calendar, slot.now, retention_days)
    if day is not None:
        forgetting.forget(tx, house.calendar, day, at=slot.now)
    return []
