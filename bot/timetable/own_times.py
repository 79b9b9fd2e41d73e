"""What people hear at a time of their own: by /lichnhac, or since two things would come within half an hour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.sending import parcels
from bot.timetable import door
from bot.timetable.door import Said
from handlers.turn import House
from handlers.unasked import evening, reminders
from storage.campaign import accounts
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.running import runs, told, wishes
from storage.talk.outbox import Class

SENSE = timedelta(minutes=90)  # so long after its time it is still said


@dataclass(frozen=True, slots=True)
class Occasion:
    """A moment at which one person hears something."""

    person: Person
    jobs: tuple[str, ...]
    at: datetime

    @property
    def run(self) -> str:
        """Under which name it is settled."""
        return f"own {self.person.id}"


Digest = Callable[[Transaction, House, Occasion], Sequence[Said]]


def due(tx: Transaction, house: House, now: datetime) -> list[Occasion]:
    """What is due by now and was not said yet."""
    found = []
    begun = runs.first(tx, "names")
    for person in reminders.with_own_times(tx, house, wishes.with_times(tx), house.calendar.work_day(now)):
        own = evening.own(tx, house, person)
        since = max((at for at in (own.since, begun) if at is not None), default=now)
        apart = {job: at for job, at in own.at.items() if job not in own.common}
        for clock in sorted(set(apart.values())):
            at = _last(house, now, clock)
            occasion = Occasion(person, tuple(job for job in apart if apart[job] == clock), at)
            if since < at and now - at <= SENSE and not runs.is_settled(tx, occasion.run, at):
                found.append(occasion)
    return found


def _last(house: House, now: datetime, clock: time) -> datetime:
    """The last moment at which clocks showed this."""
    local = house.calendar.local(now)
    at = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return at if at <= local else at - timedelta(days=1)


def say(tx: Transaction, house: House, occasion: Occasion, now: datetime, digest: Digest) -> None:
    """Puts it in line, as one message in each private chat, and settles it."""
    if runs.is_settled(tx, occasion.run, occasion.at):
        return
    day = house.calendar.work_day(occasion.at)
    said: dict[int, list[Said]] = {}
    names: dict[str, None] = {}
    for job in occasion.jobs:
        for one in _of(tx, house, job, occasion, now, digest):
            chat, key, _ = one
            what = key.replace(f":chat {chat}", "")
            if what in names or evening.may_hear(tx, occasion.person, job, what, day, occasion.at):
                said.setdefault(chat, []).append(one)
                names[what] = None
    for chat, several in said.items():
        key = f"{occasion.run}:{day}:{occasion.at:%H%M}:chat {chat}"
        reply = door.joined([reply for _, _, reply in several])
        parcels.put(tx, chat, reply, urgency=Class.SUMMARY, at=occasion.at, expires_at=occasion.at + SENSE, key=key)
    for n, what in enumerate(names):
        told.note(tx, occasion.person.id, day, what, at=occasion.at, counts=n == 0)
    runs.settle(tx, occasion.run, occasion.at, at=now, outcome="done")


def _of(tx: Transaction, house: House, job: str, occasion: Occasion, now: datetime, digest: Digest) -> Sequence[Said]:
    day = house.calendar.work_day(occasion.at)
    if job == "digest":
        own = accounts.private_chats(tx, occasion.person.id)
        return [one for one in digest(tx, house, occasion) if one[0] in own]
    if not evening.may_hear(tx, occasion.person, job, reminders.what(job, occasion.person, day), day, occasion.at):
        return []  # nothing is offered that is not said
    return list(reminders.of_one(tx, house, job, occasion.person, day, now))
