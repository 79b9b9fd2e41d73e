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
        self._jumped = asyncio.Event()
        self._jumped_at = -_JUST_NOW

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> None:
        """Lets time pass."""
        self._offset += by
        self._jumped_at = monotonic()
        self._jumped.set()
        self._jumped = asyncio.Event()

    def set(self, moment: datetime) -> None:
        """Lets time pass until a moment."""
        self.advance(moment - self.now())

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        # Whoever asks may have looked at the time before a jump and come here after it: they look again soon.
        await self._wait(event, min(seconds, _SOON) if monotonic() - self._jumped_at < _JUST_NOW else seconds)

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        until = self.now() + timedelta(seconds=seconds)
        while not event.is_set() and (left := (until - self.now()).total_seconds()) > 0:
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
