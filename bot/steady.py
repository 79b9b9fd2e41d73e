"""The time by which the bot goes: the machine's, unless it jumps or the platforms contradict it.

A clock that jumps is known by one that only ever passes, and by the dates that platforms put on what they say. As long
as they differ by more than a few minutes the bot goes on by the time that it should be, and the schedule does nothing.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from bot.clock import Clock

A_FEW = timedelta(minutes=5)
_FIRST = 10.0  # seconds that a start waits for the first platform to say which time it is
_UNDER_WAY = 120.0  # seconds: polls are held for less
_NEAR = A_FEW.total_seconds()


class SteadyClock(Clock):
    """A clock that is compared with whatever else knows the time. Times are kept as what is added to `monotonic`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock.monotonic()
        self._own = self._shown()  # as it was before it jumped, if it did
        self._said: Mapping[str, float] = {}  # by whom: what the platforms say, the newest last
        self._written: float | None = None  # what the dates of messages say, where answers bear none
        self._odd: dict[str, float] = {}  # by whom: what only one answer says yet
        self._waits_for: frozenset[str] = frozenset()
        self._held = False
        self.on_news: Callable[[], None] = lambda: None  # called when what was waited for is known

    def now(self) -> datetime:
        """The time as it should be: by the machine where that agrees, else by the platforms or by what has passed."""
        wall = self._clock.now()
        return wall - self._wrong_by(wall.timestamp() - self._clock.monotonic())

    def monotonic(self) -> float:
        """Seconds that only ever pass."""
        return self._clock.monotonic()

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Returns when the event is set, or after some seconds."""
        await self._clock.wait(event, seconds)

    async def sleep(self, seconds: float) -> None:
        """Returns after some seconds."""
        await self._clock.sleep(seconds)

    # What is known of the machine's clock

    @property
    def wrong_by(self) -> timedelta | None:
        """How far the machine's clock is ahead of the time that it should show; None: it is right."""
        return self._wrong_by(self._shown()) or None

    @property
    def is_compared(self) -> bool:
        """Whether a platform has said which time it is; else it is known only whether the clock jumped."""
        return bool(self._said) or self._written is not None

    @property
    def is_heard(self) -> bool:
        """Whether everybody has been heard from whom a start waits for, or has had the time to speak."""
        return not self._waits_for or self.monotonic() - self._began > _FIRST

    @property
    def is_confirmed(self) -> bool:
        """Whether the time is right as far as anybody can say: a platform says so, or none is there that could."""
        return (self.is_compared or not self._waits_for) and self.wrong_by is None

    # What others say

    def wait_for(self, names: Collection[str]) -> None:
        """Before one of these has said which time it is, it is not known whether the clock is right."""
        self._waits_for = frozenset(names)

    def asks(self, by: str) -> Callable[[datetime | None], None]:
        """A platform is asked something now: what hears the date of its answer.

        One that was long under way, as where the process was stopped meanwhile, says nothing about the time by now.
        """
        asked = self.monotonic()

        def answered(at: datetime | None) -> None:
            if abs(self.monotonic() - asked) < _UNDER_WAY:
                self.told(by, at)

        return answered

    def told(self, by: str, at: datetime | None) -> None:
        """A platform has just said which time it is; None: it answered without a date."""
        if at is None:
            waited, self._waits_for = by in self._waits_for, self._waits_for - {by}
            if waited:
                self.on_news()
        elif (said := self._believed(by, at)) is not None:
            self._said = {name: known for name, known in self._said.items() if name != by} | {by: said}
            self._heard()

    def wrote(self, by: str, at: datetime) -> None:
        """Somebody wrote at this time by the platform's clock, just now or long ago: it is later than that."""
        if at.timestamp() - self.monotonic() <= self._shown() - _NEAR:
            return
        if (said := self._believed(f"messages of {by}", at)) is not None:
            self._written = said
            self._heard()

    def _believed(self, by: str, at: datetime) -> float | None:
        """What is said, where it agrees with the clock or is said twice: once may come from something on the way."""
        said = at.timestamp() - self.monotonic()
        if _is_near(said, self._shown()) or _is_near(said, self._odd.get(by)):
            self._odd.pop(by, None)
            return said
        self._odd[by] = said
        return None

    def _heard(self) -> None:
        waited, self._waits_for = bool(self._waits_for), frozenset()
        if waited or self._held:
            self.on_news()

    def _shown(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()

    def _wrong_by(self, shown: float) -> timedelta:
        """How far this is ahead of what it should be; nothing where anybody agrees with it."""
        known = list(self._said.values()) or [self._own if self._written is None else self._written]
        self._held = not any(_is_near(shown, one) for one in known)
        if self._held:
            return timedelta(seconds=shown - known[-1])
        self._own = shown
        return timedelta(0)


def _is_near(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) < _NEAR
