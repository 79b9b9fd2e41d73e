"""What the admins are told of a machine whose clock is wrong, and when it is right again."""

from datetime import datetime, timedelta
from typing import Any

from handlers import texts
from handlers.calendar import Calendar
from handlers.messages import Reply
from storage.campaign import accounts, people
from storage.engine.transaction import Transaction

Heard = list[tuple[int, Reply]]


def of_wrong(tx: Transaction, calendar: Calendar, now: datetime, wrong_by: timedelta, *, compared: bool) -> Heard:
    """What the clock shows and should show. `compared`: the platforms say so; else it is known only that it jumped."""
    shown = calendar.local(now + wrong_by)
    return _for_admins(tx, calendar, now, "clock.wrong", shown=shown, right=calendar.local(now), compared=compared)


def of_right(tx: Transaction, calendar: Calendar, now: datetime) -> Heard:
    """The schedule goes on."""
    return _for_admins(tx, calendar, now, "clock.right", right=calendar.local(now))


def _for_admins(tx: Transaction, calendar: Calendar, now: datetime, text: str, /, **values: Any) -> Heard:
    found: Heard = []
    for admin in people.admins(tx):
        reply = Reply(texts.render(text, calendar=calendar, now=now, person=admin, **values))
        found += [(chat, reply) for chat in accounts.private_chats(tx, admin.id)]
    return found
