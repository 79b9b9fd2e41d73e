"""The only place that reads the clock; tests bring a clock of their own."""

import asyncio
import sys
import time
from datetime import UTC, datetime

# Of the clocks that only ever pass, the one that also counts while the machine sleeps, where there is one.
_PASSING = getattr(time, "CLOCK_BOOTTIME", None)
if sys.platform == "darwin":
    _PASSING = time.CLOCK_MONOTONIC


class Clock:
    """The time as the machine has it."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only ever pass, whatever time is set."""
        return time.monotonic() if _PASSING is None else time.clock_gettime(_PASSING)

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
