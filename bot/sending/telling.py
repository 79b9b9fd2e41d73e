"""Nothing leaves the outbox unsaid and untold: who leads those whom it was for hears of it, else the admins do."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.sending import parcels
from handlers.calendar import Calendar
from handlers.messages import Reply
from handlers.unasked import unsaid as words
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.talk import chats, unsaid
from storage.talk.outbox import Class, Told

GATHERS = timedelta(minutes=1)  # what ends unsaid in an outage is told of at once, not message by message


def tell(tx: Transaction, days: Calendar, now: datetime) -> datetime | None:
    """Puts in line what people have to hear of what ended unsaid; when to look again, None: when more has."""
    first = unsaid.since(tx)
    if first is None:
        return None
    if first <= now < first + GATHERS:  # a clock that was set back holds nothing up
        return first + GATHERS
    ended = unsaid.untold(tx)
    _put(tx, words.of_unsaid(tx, days, ended, now), f"unsaid:{ended[-1].id}", now)
    unsaid.note_told(tx, ended)
    return None


def tell_closed(tx: Transaction, chat: int, days: Calendar, now: datetime) -> None:
    """A team's group takes no text for now: who leads it hears what to do."""
    _put(tx, words.of_closed(tx, days, chat, now), f"closed:{chat}:{stamp(now)}", now)


def tell_topic(tx: Transaction, chat: int, topic: str, said: Reply, days: Calendar, now: datetime) -> None:
    """A topic of a team's group takes no text for now: who leads it hears which one, once a day."""
    bound = chats.topic(tx, chat) == topic
    key = f"closed:{chat}:topic {topic}:{days.work_day(now)}"
    _put(tx, words.of_topic(tx, days, chat, now, said=said, bound=bound), key, now)


def tell_gone(tx: Transaction, chat: int, days: Calendar, now: datetime) -> None:
    """The bot is in a team's group no more: who leads it hears what to do."""
    _put(tx, words.of_gone(tx, days, chat, now), f"gone:{chat}:{stamp(now)}", now)


def _put(tx: Transaction, said: Iterable[tuple[int, Reply]], key: str, now: datetime) -> None:
    for chat, reply in said:
        parcels.put(tx, chat, reply, urgency=Class.ANSWER, at=now, key=f"{key}:chat {chat}", told=Told.YES)
