"""The jobs of the schedule: for whom each is, what it says, and how long it still makes sense."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.config import Schedule
from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked import morning, night, nudge
from storage.campaign import accounts, communes, phases, teams
from storage.engine.transaction import Transaction
from storage.talk import chats, offers, outbox, pictures, seen

KEEP_SENT = timedelta(days=7)
KEEP_SEEN = timedelta(days=8)
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
    sense: timedelta  # how long after its time it may still be said
    targets: Targets
    fill: Fill


def all_of(settings: Schedule) -> list[Job]:
    """Every job, at the times that are set."""
    return [
        Job("nudge", settings.nudge, timedelta(hours=2), _teams, _nudge),
        Job("summary", settings.summary, timedelta(hours=17), _teams, _summary),
        Job("digest", settings.digest, timedelta(hours=6), _once, _digest),
        Job("housekeeping", settings.day_start, timedelta(hours=23), _heaps, _tidy),
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


def _once(tx: Transaction, house: House, slot: Slot) -> Sequence[int]:
    return [0]


def _summary(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """The night's summary, for every chat of the team, its lead, and the commune's officers."""
    team, day = teams.by_id(tx, target), _day(house, slot)
    code = communes.by_id(tx, team.commune).code
    facts = night.gather(tx, house, team, day, slot.now)
    return [
        Unasked(chat, f"summary:{day}:{code}:chat {chat}:night", night.summary(house, facts, slot.now, recipient))
        for chat, recipient in night.recipients_of_night(tx, team)
    ]


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


def _nudge(tx: Transaction, house: House, slot: Slot, target: int) -> Sequence[Unasked]:
    """A friendly word to students without a report; to the team's chats how many there are."""
    team, day = teams.by_id(tx, target), _day(house, slot)
    said: list[Unasked] = []
    for student in nudge.students_without(tx, team, day):
        key = f"nudge:{day}:person {student.id}"
        if outbox.has_key(tx, key):
            continue
        for chat in accounts.private_chats(tx, student.id)[:1]:
            said.append(Unasked(chat, key, nudge.nudge(tx, house, student, day, slot.now, chat)))
    group = nudge.nudge_team(tx, house, team, day, slot.now)
    if group is not None:
        said += [Unasked(chat, f"nudge:{day}:chat {chat}", group) for chat in chats.of_team(tx, team.id)]
    return said


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
    return []
