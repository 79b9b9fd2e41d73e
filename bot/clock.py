"""The only place that reads the clock; tests bring a clock of their own."""

import asyncio
from datetime import UTC, datetime


class Clock:
    """The time as the machine has it."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Returns when the event is set, or after some seconds."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass

    async def sleep(self, seconds: float) -> None:
        """Returns after some seconds."""
        await asyncio.sleep(seconds)
