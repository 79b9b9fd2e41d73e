"""What people ask of the timetable: a job done now, shown to one admin alone, or a day that its lead closes."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.sending import parcels
from bot.sending.quiet import QuietHours
from bot.timetable import nights
from bot.timetable.policy import Job, Slot, Unasked
from handlers import texts
from handlers.messages import Reply
from handlers.running import occasions
from handlers.turn import House
from handlers.unasked import closing
from storage.campaign import accounts, people
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import orders
from storage.running.orders import Order
from storage.talk import chats
from storage.talk.outbox import Class

MOST_SHOWN = 3  # different texts of one job that an admin is shown
Put = Callable[..., None]  # puts what a target is told in line, as on any occasion


class _Undone(Exception):
    """It was only tried."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Does what was asked, slice by slice, as the schedule does what is due."""

    database: Database
    jobs: Sequence[Job]
    quiet: QuietHours
    put: Put  # (tx, job, slot, house, said)
    tell_all: Callable[[Job, Slot, House], Awaitable[None]]  # all targets of a job, slice by slice
    said: Callable[[], None]
    failed: Put  # (tx, error, key, now)

    async def work_off(self, house: House, now: datetime) -> None:
        """Everything that is still to be done."""
        for order in await self.database.read(orders.still_open):
            job = next((job for job in self.jobs if job.name == order.job), None)
            if job is None:
                await self.database.write(partial(orders.settle, order=order.id, at=now))
            elif order.what == orders.RUN:
                await self._run(order, job, house, now)
            else:
                await self.database.write(partial(self._at_once, order=order, job=job, house=house, now=now))
            self.said()

    def _at_once(self, tx: Transaction, *, order: Order, job: Job, house: House, now: datetime) -> None:
        """In one transaction; a bug there is kept on record, and holds nothing else up."""
        do = self._close if order.what == orders.CLOSE else self._try
        try:
            with tx.savepoint():
                do(tx, order=order, job=job, house=house, now=now)
        except StorageError:
            raise
        except Exception as error:
            self.failed(tx, error, f"order {order.id}", now)
            orders.settle(tx, order.id, at=now, said="")

    def _close(self, tx: Transaction, *, order: Order, job: Job, house: House, now: datetime) -> None:
        """The summary of the day, whole and in one transaction: it is one team's."""
        slot = Slot(order.at, now, edition=closing.edition(order.number))
        said, digest = nights.close(tx, house, slot, order.subject)
        self.put(tx, job, slot, house, said)
        orders.settle(tx, order.id, at=now, said=digest)

    async def _run(self, order: Order, job: Job, house: House, now: datetime) -> None:
        slot = Slot(order.at, now, edition=f"manual-{order.number}")
        await self.tell_all(job, slot, house)
        await self.database.write(partial(self._done, order=order, job=job, house=house, slot=slot))

    def _done(self, tx: Transaction, *, order: Order, job: Job, house: House, slot: Slot) -> None:
        """Whoever asked hears how many are told."""
        day = job.day_of(house.calendar, slot.due)
        places = orders.places_told(tx, f"{job.name}:{day}:%:{slot.edition}")
        called = texts.plain("timetable.title", job=job.name)
        quiet = self.quiet.until(house.calendar, slot.now)
        self._tell(tx, order, house, slot.now, "timetable.done", 0, name=called, places=places, quiet=quiet)
        orders.settle(tx, order.id, at=slot.now)

    def _try(self, tx: Transaction, *, order: Order, job: Job, house: House, now: datetime) -> None:
        """What the next occasion would say by now, to whoever asks; nothing of it stays."""
        due = occasions.next_of(tx, job, house, now)
        called = texts.plain("timetable.title", job=job.name)
        shown = _different(tx, house, job, _slot(job, house, due, now)) if due is not None else {}
        if not shown:
            self._tell(tx, order, house, now, "timetable.tried_none", 0, name=called)
        for place, (text, where) in enumerate(shown.items(), 1):
            first = chats.by_id(tx, where[0])
            whose = accounts.of_chat(tx, first.id)
            whom = people.by_id(tx, whose) if whose is not None else None
            self._tell(
                tx,
                order,
                house,
                now,
                "timetable.tried",
                place,
                name=called,
                place=place,
                number=len(shown),
                group=None if first.private else chats.title(tx, first.id),
                whom=whom.name if whom is not None else "",
                others=len(where) - 1,
                text=text,
            )
        orders.settle(tx, order.id, at=now)

    def _tell(
        self,
        tx: Transaction,
        order: Order,
        house: House,
        now: datetime,
        text: str,
        part: int,
        /,
        **values: Any,
    ) -> None:
        person = people.by_id(tx, order.person)
        reply = Reply(texts.render(text, calendar=house.calendar, now=now, person=person, **values))
        key = f"order:{order.id}:{part}"
        parcels.put(tx, order.chat, reply, urgency=Class.ANSWER, at=now, key=key)


def _slot(job: Job, house: House, due: datetime, now: datetime) -> Slot:
    """An occasion to come."""
    return Slot(due, now, rest=job.day_of(house.calendar, due) in house.days_off)


def _different(tx: Transaction, house: House, job: Job, slot: Slot) -> dict[str, list[int]]:
    """What the job would say, by text, and in which chats: no more texts than an admin looks at."""
    found: dict[str, list[int]] = {}
    slot = replace(slot, read=job.reads(tx, house, slot)) if job.reads is not None else slot
    for target in job.targets(tx, house, slot):
        for one in _tried(tx, house, job, replace(slot, edition="trial"), target):
            if one.reply.text in found or len(found) < MOST_SHOWN:
                found.setdefault(one.reply.text, []).append(one.chat)
        if len(found) >= MOST_SHOWN:
            break
    return found


def _tried(tx: Transaction, house: House, job: Job, slot: Slot, target: int) -> Sequence[Unasked]:
    said: Sequence[Unasked] = []
    try:
        with tx.savepoint():
            said = job.fill(tx, house, slot, target)
            raise _Undone
    except _Undone:
        return said
