"""Waiting for something to become true without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung at each change; whoever waits looks again."""

    def __init__(self) -> None:
        self._listeners: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        if self._listeners:
            listeners, self._listeners = self._listeners, []
            for listener in listeners:
                if not listener.done():
                    listener.set_result(None)

    async def heard(self) -> None:
        """Return at the next ring."""
        listener: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listeners.append(listener)
        await listener

    async def wait_for(self, look: Callable[[], T | None], seconds: float, what: str = "") -> T:
        """The first true value of `look()`, called now and after each ring; TimeoutError after that many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not (value := look()):
                    await self.heard()
                return value
        except TimeoutError:
            raise TimeoutError(f"not within {seconds:g} s: {what or 'what was waited for'}") from None
