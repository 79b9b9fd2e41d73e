"""What strangers are told: little, and less where a platform grants only so many messages, since members come first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.messages import Message, Reply
from handlers.turn import Turn
from storage.talk import strangers


@dataclass(frozen=True, slots=True)
class Share:
    """How much strangers are told: the same to each once in a while, and to all together so often a day."""

    each: timedelta
    command: timedelta  # where they sent a command, which is no talk
    a_day: int | None = None


PLENTY = Share(timedelta(minutes=10), timedelta(minutes=1))
SCARCE = Share(timedelta(hours=1), timedelta(minutes=10), a_day=30)


def told(
    message: Message, turn: Turn, name: str, *, again: bool = False, command: bool = False, **values: Any
) -> Reply | None:
    """The text of this name; to strangers only as often as they have a share.

    `again`: each may hear it again. `command`: it was asked by one, whose silence would seem to be a fault.
    """
    if turn.person is not None:
        return turn.say(name, **values)
    channel, sender = message.chat.channel, message.sender.id
    share = SCARCE if channel in turn.house.scarce else PLENTY
    since = turn.now - (share.command if command else share.each)
    if not again and strangers.was_told(turn.tx, channel=channel, sender=sender, what=name, since=since):
        return None
    if share.a_day is not None:
        calendar = turn.house.calendar
        today = calendar.starts(calendar.work_day(turn.now))
        if strangers.count(turn.tx, channel=channel, since=today) >= share.a_day:
            return None
    strangers.note(turn.tx, channel=channel, sender=sender, what=name, at=turn.now)
    return turn.say(name, **values)
