"""Which platforms are there, and what is told after a gap in which one may have lost what people wrote."""

from datetime import datetime, timedelta

from bot.sending import parcels
from handlers.turn import House
from handlers.unasked import outage
from storage.engine.transaction import Transaction
from storage.running import channels, gaps
from storage.running.channels import ChannelState
from storage.running.gaps import Gap
from storage.talk.outbox import Class

_NOTED_EVERY = timedelta(seconds=15)  # much less than the shortest gap that matters: a gap is known so exactly
_STILL_TOLD = timedelta(days=2)  # after the gap


class Contacts:
    """Keeps until when each platform was there: a gap is known by that, however the program ended."""

    def __init__(self, began: datetime) -> None:
        """`began`: when the program started; what was noted of a platform before says nothing of now."""
        self._began = began - timedelta(seconds=1)  # stamps are whole seconds

    def look(self, tx: Transaction, *, house: House, now: datetime) -> bool:
        """Notes who is there, and tells of gaps that have ended; whether anybody was told."""
        for state in channels.all_of(tx):
            longest = outage.loses_after(state.name)
            if longest is not None and state.up and state.at >= self._began:
                self._note(tx, state, longest, now)
        told = [_tell(tx, house, gap, now) for gap in gaps.untold(tx)]
        return any(told)

    def _note(self, tx: Transaction, state: ChannelState, longest: timedelta, now: datetime) -> None:
        last = gaps.last_contact(tx, state.name)
        if last is not None and state.at - last > longest:
            gaps.note(tx, state.name, last, state.at)
        if last is None or last > now or now - last > _NOTED_EVERY:
            gaps.note_contact(tx, state.name, now)


def _tell(tx: Transaction, house: House, gap: Gap, now: datetime) -> bool:
    gaps.note_told(tx, gap.id)
    if now - gap.ended_at > _STILL_TOLD:
        return False
    concerned = outage.those_concerned(tx, house, gap)
    for chat, person in concerned:
        parcels.put(
            tx,
            chat,
            outage.told(house, gap, now, person),
            urgency=Class.SUMMARY,
            at=now,
            expires_at=now + _STILL_TOLD,
            key=f"gap:{gap.id}:person {person.id}:chat {chat}",
        )
    return bool(concerned)
