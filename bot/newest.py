"""When the newest message that came in was sent: what health and status say of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.arrivals import Arrival, Unreadable
from handlers.messages import Event, Message
from storage.engine.transaction import Transaction
from storage.running import meta

_LAST_IN = "last_in"  # in meta


def last_in(tx: Transaction) -> datetime | None:
    """When the newest message that came in was sent, by its platform's time; None before the first."""
    known = meta.get(tx, _LAST_IN)
    return datetime.fromisoformat(known) if known else None


def note_newest(tx: Transaction, arrivals: Sequence[Arrival], now: datetime) -> datetime | None:
    """When the newest of all until now was sent; it is remembered.

    What was kept back somewhere comes with its old time; a platform whose clock is ahead does not count as news.
    """
    known = last_in(tx)
    times = [min(happened_at(arrival), now) for arrival in arrivals if not isinstance(arrival, Unreadable)]
    newest = max([*times, *([known] if known else [])], default=None)
    if newest is not None and newest != known:
        meta.put(tx, _LAST_IN, newest.isoformat(timespec="seconds"))
    return newest


def happened_at(event: Event) -> datetime:
    """When it was sent, or what was sent was edited."""
    return event.edited_at or event.at if isinstance(event, Message) else event.at
