"""What a platform grants a bot in a month: spent on answers first, then appointments, then summaries."""

from datetime import datetime, timedelta

from bot.sending import parcels
from handlers.calendar import Calendar
from handlers.unasked import allowance
from storage.engine.transaction import Transaction
from storage.running import allowances
from storage.talk.outbox import Class, Parcel

# Percent of the month's messages that may be used when something of this class still leaves.
MAY_USE = {Class.ANSWER: 100, Class.APPOINTMENT: 95, Class.SUMMARY: 90, Class.BROADCAST: 80, Class.STRANGER: 50}
LOW = 80  # from this percent on answers wait a little for others in their chat, and go as one
GATHERS = timedelta(seconds=45)
TOLD_AT = (50, 80, 95, 100)


def month_of(calendar: Calendar, now: datetime) -> int:
    """2023-05-20 in the campaign's time zone → 202305."""
    local = calendar.local(now)
    return local.year * 100 + local.month


def is_low(tx: Transaction, channel: str, most: int, calendar: Calendar, now: datetime) -> bool:
    """Whether answers should be gathered."""
    return most > 0 and allowances.spent(tx, channel, month_of(calendar, now)) * 100 >= LOW * most


def held_until(tx: Transaction, parcel: Parcel, most: int, calendar: Calendar, now: datetime) -> datetime | None:
    """Until when this parcel is held back; None: it may leave."""
    used = allowances.spent(tx, parcel.channel, month_of(calendar, now)) * 100
    if used >= MAY_USE[parcel.urgency] * most:
        return next_month(calendar, now)
    free_at = parcel.meant_at + GATHERS
    if parcel.urgency is Class.ANSWER and used >= LOW * most and now < free_at:
        return free_at
    return None


def spend(tx: Transaction, channel: str, most: int, messages: int, calendar: Calendar, now: datetime) -> None:
    """Counts messages; the admins are told once when half, most, nearly all, and all of the month's are used."""
    month = month_of(calendar, now)
    used = allowances.spend(tx, channel, month, messages)
    reached = [level for level in TOLD_AT if (used - messages) * 100 < level * most <= used * 100]
    for level in reached[-1:]:  # of a small allowance one message may reach several
        for chat, reply in allowance.warnings(tx, calendar, bot=channel, used=used, most=most, level=level, now=now):
            key = f"allowance:{channel}:{month}:{level}:chat {chat}"
            parcels.put(tx, chat, reply, urgency=Class.ANSWER, at=now, key=key)


def next_month(calendar: Calendar, now: datetime) -> datetime:
    """When the next month begins."""
    local = calendar.local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return local.replace(year=local.year + local.month // 12, month=local.month % 12 + 1)
