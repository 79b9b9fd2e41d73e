"""What the admins are told of a bot whose platform grants only so many messages a month."""

from datetime import datetime

from handlers import texts
from handlers.calendar import Calendar
from handlers.messages import Reply
from storage.campaign import accounts, people
from storage.engine.transaction import Transaction


def warnings(
    tx: Transaction, calendar: Calendar, *, bot: str, used: int, most: int, level: int, now: datetime
) -> list[tuple[int, Reply]]:
    """For each private chat of the admins, what is said there. `level`: percent that are used."""
    found = []
    for admin in people.admins(tx):
        text = texts.render(
            "helping.allowance",
            calendar=calendar,
            now=now,
            person=admin,
            bot=bot.capitalize(),
            used=used,
            most=most,
            level=level,
        )
        found += [(chat, Reply(text)) for chat in accounts.private_chats(tx, admin.id)]
    return found
