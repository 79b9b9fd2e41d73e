"""The line of those who try codes from an address that gave wrong ones: a few at a time, each after a pause."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.clock import Clock

AT_ONCE = 4  # from one address
WAITING_MOST = 50  # of one address; who comes then has to come again


class Crowded(Exception):
    """Too many wait already."""


@dataclass(slots=True)
class _Waiting:
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    people: int = 0


class Line:
    """One for each address, for as long as somebody waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[str, _Waiting] = {}

    @asynccontextmanager
    async def turn(self, address: str, seconds: float) -> AsyncIterator[None]:
        """Waits for a turn, and so many seconds; at once where there are none to wait.

        Raises:
            Crowded: nothing was waited for.
        """
        if not seconds:
            yield
            return
        line = self._waiting.setdefault(address, _Waiting())
        if line.people >= WAITING_MOST:
            raise Crowded
        line.people += 1
        try:
            async with line.turns:
                await self._clock.sleep(seconds)
                yield
        finally:
            line.people -= 1
            if not line.people:
                self._waiting.pop(address, None)
