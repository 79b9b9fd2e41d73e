"""Through here passes all that is said unasked: to one person not twice, and a few messages an evening at most."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.sending import parcels
from bot.sending.leaving import together
from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked import evening
from storage.campaign import accounts, people
from storage.campaign.people import Person, Role
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.running import told, wishes
from storage.talk import gathering, outbox
from storage.talk.gathering import Waiting
from storage.talk.outbox import Class

log = logging.getLogger(__name__)
GATHERS = timedelta(seconds=60)  # the last of an evening waits so long for what else there is to say
_FORWARDED = ("summary",)  # made to be passed on as it is: nothing is added to it while there is room
Said = tuple[int, str, Reply]  # in which chat, under which key, what


def put(tx: Transaction, house: House, job: str, said: Sequence[Said], *, due: datetime, expires_at: datetime) -> None:
    """Puts what a job says in line. Of what one person hears, the rules of the evening are kept."""
    for chat, key, reply in said:
        person = _whose(tx, chat)
        if person is None:
            parcels.put(tx, chat, reply, urgency=Class.SUMMARY, at=due, expires_at=expires_at, key=key)
        elif not outbox.has_key(tx, key) and _is_wanted(tx, house, person, job):
            _put(tx, house, job, person, (chat, key, reply), due=due, expires_at=expires_at)


def _whose(tx: Transaction, chat: int) -> Person | None:
    """Who is alone with the bot there; None: a group."""
    id = accounts.of_chat(tx, chat)
    return people.by_id(tx, id) if id is not None else None


def _is_wanted(tx: Transaction, house: House, person: Person, job: str) -> bool:
    """Whether the person wants to hear of it, and now: what was moved comes at its own time."""
    if job in evening.MOVABLE and job in evening.jobs_of(tx, house.times, person):
        return job in evening.own(tx, house, person).common
    return not wishes.is_muted(tx, person.id, job)


def _put(
    tx: Transaction, house: House, job: str, person: Person, said: Said, *, due: datetime, expires_at: datetime
) -> None:
    chat, key, reply = said
    day, what = house.calendar.work_day(due), key.replace(f":chat {chat}", "")
    before = told.of(tx, person.id, day)
    if what in before and stamp(before[what].at) != stamp(due):
        return  # it was said on another occasion
    full = what not in before and evening.counted(before) >= evening.MOST
    waiting = gathering.waiting(tx, chat)
    if full and not waiting:
        log.info("unasked: %s for person %s is one too many in an evening", job, person.id)
        return
    parcels.put(tx, chat, reply, urgency=Class.SUMMARY, at=due, expires_at=expires_at, key=key)
    joined = bool(waiting) and (full or _belong_together(waiting[-1], job, due))
    told.note(tx, person.id, day, what, at=due, counts=not joined)
    if joined:
        _merge(tx, chat)
    elif evening.counted(before) == evening.MOST - 1 and _hears_of_many(tx, person):
        gathering.delay(tx, key, due + GATHERS)


def _belong_together(earlier: Waiting, job: str, due: datetime) -> bool:
    """Whether something joins what has not left yet: the one was due within half an hour of the other."""
    forwarded = job in _FORWARDED or earlier.key.startswith(tuple(f"{one}:" for one in _FORWARDED))
    return not forwarded and due - earlier.parcel.meant_at <= evening.NEAR


def _hears_of_many(tx: Transaction, person: Person) -> bool:
    """An officer of more communes than one evening has messages."""
    return person.role == Role.OFFICER and len(people.scope_of(tx, person.id)) > evening.MOST


def _merge(tx: Transaction, chat: int) -> None:
    """The last two that wait in a chat become one message."""
    first, second = (one.parcel for one in gathering.waiting(tx, chat)[-2:])
    earlier, later = parcels.unpacked(first.body), parcels.unpacked(second.body)
    assert isinstance(earlier, Reply)
    assert isinstance(later, Reply)
    merged = joined([earlier, later])
    outbox.merge(tx, first, parcels.packed(merged), [second])
    parcels.bind(tx, merged, first.id)


def joined(replies: Sequence[Reply]) -> Reply:
    """Several messages as one, with the buttons of all."""
    rows = together([row for reply in replies for row in reply.buttons])
    return replace(replies[0], text="\n\n".join(reply.text for reply in replies), buttons=rows)
