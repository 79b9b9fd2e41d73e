"""A clock that tests set: it runs as the real one does, from where they put it."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from bot.clock import Clock

_JUST_NOW = 2.0  # seconds of the real clock
_SOON = 0.05


class TestClock(Clock):
    """Starts at a given moment; `advance` lets time pass at once and wakes whoever waits."""

    __test__ = False

    def __init__(self, start: datetime) -> None:
        self._offset = start - datetime.now(UTC)
        self._off = timedelta(0)  # how far the program's machine is ahead
        self._slept = timedelta(0)
        self._jumped = asyncio.Event()
        self._jumped_at = -_JUST_NOW

    def now(self) -> datetime:
        return self.right() + self._off

    def right(self) -> datetime:
        """What other clocks show: the platforms' and people's."""
        return datetime.now(UTC) + self._offset

    def monotonic(self) -> float:
        return (self.right() - self._slept).timestamp()

    def goes_wrong(self, by: timedelta) -> None:
        """The program's machine has its clock set this far ahead of the right time; nothing: it is right again."""
        self._off = by
        self._wake()

    def sleeps(self, by: timedelta) -> None:
        """The program's machine stands still meanwhile, and counts nothing."""
        self._slept += by
        self.advance(by)

    def advance(self, by: timedelta) -> None:
        """Lets time pass."""
        self._offset += by
        self._wake()

    def _wake(self) -> None:
        self._jumped_at = monotonic()
        self._jumped.set()
        self._jumped = asyncio.Event()

    def set(self, moment: datetime) -> None:
        """Lets time pass until a moment."""
        self.advance(moment - self.right())

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        # Whoever asks may have looked at the time before a jump and come here after it: they look again soon.
        await self._wait(event, min(seconds, _SOON) if monotonic() - self._jumped_at < _JUST_NOW else seconds)

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        until = self.right() + timedelta(seconds=seconds)
        while not event.is_set() and (left := (until - self.right()).total_seconds()) > 0:
            await _first(event.wait(), self._jumped.wait(), left)

    async def sleep(self, seconds: float) -> None:
        await self._wait(asyncio.Event(), seconds)


async def _first(one: Coroutine[Any, Any, object], other: Coroutine[Any, Any, object], seconds: float) -> None:
    """Returns when either is done, or after some seconds."""
    tasks = [asyncio.ensure_future(one), asyncio.ensure_future(other)]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
