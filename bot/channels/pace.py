"""How fast messages may leave: over all, to one chat, and to one group, each within a token bucket."""

from collections import deque
from datetime import UTC, datetime, timedelta

from storage.talk.outbox import Parcel

_SECOND = 1.0
_MINUTE = 60.0
_ODD = 2  # pauses in a row
_MANY_PAUSED = 2  # so many chats told to wait at once: the platform means all of them
_LEAST_SHARED = 10  # messages a second: of fewer nothing is kept free for answers
_AT_ONCE = 3  # of what nobody waits for, in one look at the queue
_CATCHES_UP = 0.5  # seconds: what a busy machine was late by is made good


class Bucket:
    """Allows `most` sends within any `seconds`."""

    __slots__ = ("_most", "_seconds", "_sent")

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def free_at(self, now: float) -> float:
        """When the next send is allowed; not after `now` where it is allowed at once."""
        # What lies in the future was sent before the clock was set back: it would hold everything up until then.
        while self._sent and not now - self._seconds < self._sent[0] <= now:
            self._sent.popleft()
        return now if len(self._sent) < self._most else self._sent[0] + self._seconds

    def take(self, now: float) -> None:
        """One was sent."""
        self._sent.append(now)


class Steady:
    """Allows `rate` sends a second evenly, a few at a time: whoever comes between them finds a place."""

    __slots__ = ("_gap", "_next")

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate
        self._next = 0.0

    def free_at(self, now: float) -> float:
        """When the next few are allowed; not after `now` where one is allowed at once."""
        # A clock that was set back would hold up what comes.
        return now if not now < self._next < now + _SECOND else self._next + (_AT_ONCE - 1) * self._gap

    def take(self, now: float) -> None:
        """One was sent."""
        begun = self._next if now - _CATCHES_UP < self._next < now + _SECOND else now - _CATCHES_UP
        self._next = begun + self._gap


class Pace:
    """The buckets of one channel. `rate` and `chat_rate` are messages a second, `group_rate` a minute; 0: no limit.

    `allowance`: messages that the platform grants in a month (bot/sending/allowance.py counts them); 0: no limit.
    """

    def __init__(self, *, rate: float, chat_rate: float, group_rate: float, allowance: int = 0) -> None:
        self.allowance = allowance
        self._rate = rate
        self._chat_rate = chat_rate
        self._group_rate = group_rate
        self._all = _bucket(rate, _SECOND)
        # What nobody waits for leaves evenly, and one short of the rate: an answer finds a place at once, or soon.
        self._unasked = Steady(int(rate) - 1) if rate >= _LEAST_SHARED else None
        self._chats: dict[tuple[int, bool], list[Bucket]] = {}
        self._paused: dict[int, float] = {}
        self._in_vain: dict[int, int] = {}  # by chat: pauses in a row, with nothing that arrived between them

    def free_at(self, parcel: Parcel, *, group: bool, now: datetime) -> float:
        """When this parcel may leave, as a timestamp."""
        at = now.timestamp()
        waits = [self._free_for_all(parcel, at)]
        waits += [bucket.free_at(at) for bucket in self._buckets(parcel.chat, group=group)]
        return max([*waits, self._paused.get(parcel.chat, at)])

    def full_until(self, parcel: Parcel, now: datetime) -> datetime | None:
        """Until when nothing of this parcel's kind leaves for any chat; None: something may."""
        at = now.timestamp()
        free_at = self._free_for_all(parcel, at)
        return datetime.fromtimestamp(free_at, UTC) if free_at > at else None

    def _free_for_all(self, parcel: Parcel, at: float) -> float:
        self._paused = {chat: until for chat, until in self._paused.items() if until > at}
        waits = [bucket.free_at(at) for bucket in self._over_all(parcel)]
        # Until only one of them has to wait. A chat that is told so again and again is odd by itself, and says nothing
        # of others: where the platform means all, there are always new ones.
        fresh = sorted(until for chat, until in self._paused.items() if self._in_vain.get(chat, 0) < _ODD)
        if len(fresh) >= _MANY_PAUSED:
            waits.append(fresh[-_MANY_PAUSED])
        return max(waits, default=at)

    def take(self, parcel: Parcel, *, group: bool, now: datetime) -> None:
        """The parcel leaves."""
        at = now.timestamp()
        for bucket in [*self._over_all(parcel), *self._buckets(parcel.chat, group=group)]:
            bucket.take(at)
        if len(self._chats) > 10_000:
            self._chats.clear()

    def pause(self, chat: int, seconds: float, now: datetime) -> datetime:
        """The platform says to wait: nothing leaves for this chat before then. Until when."""
        until = now + timedelta(seconds=seconds)
        self._paused[chat] = until.timestamp()
        self._in_vain[chat] = self._in_vain.get(chat, 0) + 1
        return until

    def arrived(self, chat: int) -> None:
        """Something arrived in this chat."""
        self._in_vain.pop(chat, None)

    def is_paused(self, chat: int) -> bool:
        """Whether the platform told this chat to wait."""
        return chat in self._paused

    def _over_all(self, parcel: Parcel) -> list[Bucket | Steady]:
        shared = None if parcel.urgency.is_answer else self._unasked
        return [bucket for bucket in (self._all, shared) if bucket is not None]

    def _buckets(self, chat: int, *, group: bool) -> list[Bucket]:
        if not self._chat_rate and not (group and self._group_rate):
            return []
        known = self._chats.get((chat, group))
        if known is None:
            both = [_bucket(self._chat_rate, _SECOND), _bucket(self._group_rate, _MINUTE) if group else None]
            known = self._chats[(chat, group)] = [bucket for bucket in both if bucket is not None]
        return known


def _bucket(rate: float, seconds: float) -> Bucket | None:
    """A bucket of whole messages: half a message a second is one in two seconds."""
    if not rate:
        return None
    return Bucket(max(1, int(rate)), seconds if rate >= 1 else seconds / rate)
