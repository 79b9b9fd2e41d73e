"""Updates on their way to the bot: one object a poll, without acknowledgement."""

import asyncio
from collections import deque

from tests.emulators.common.bell import Bell

LONGEST_POLL = 60  # seconds


class Updates:
    """The queue of one bot, encoded. `serves`: how often each is served; once: a poll consumes what it reads."""

    def __init__(self, bell: Bell) -> None:
        self.pending: deque[str] = deque()
        self.serves = 1
        self.served = 0
        self.added = 0
        self.arrived = Bell()
        self._bell = bell
        self._times = 0  # how often the first one was served
        self._poll: asyncio.Future[None] | None = None

    @property
    def polling(self) -> bool:
        """Whether a bot waits in a long poll now."""
        return self._poll is not None and not self._poll.done()

    def add(self, encoded: str) -> None:
        self.pending.append(encoded)
        self.added += 1
        self.end_poll()
        self.arrived.ring()

    def end_poll(self) -> None:
        """Let a waiting poll end: with what there is, or as idle."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def get(self, seconds: float) -> str | None:
        """One poll: an update, or None after some idle seconds. A later poll ends it."""
        self.end_poll()
        if not self.pending and seconds:
            await self._wait(min(seconds, LONGEST_POLL))
        if not self.pending:
            return None
        self.served += 1
        self._times += 1
        if self._times < self.serves:
            return self.pending[0]
        return self.pop()

    def again(self) -> None:
        """What was served to a bot that has died since was served to nobody."""
        self._times = 0

    def pop(self) -> str:
        """The first, which is done with."""
        self._times = 0
        self._bell.ring()
        return self.pending.popleft()

    async def _wait(self, seconds: float) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        self._bell.ring()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
