"""What channels to a platform do alike: introduce themselves, poll or let it post, and wait while it is down."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol, TypeVar

from bot.channels.arrivals import Arrival
from bot.channels.base import Take
from bot.channels.webhook import Hook, watch
from bot.clock import Clock
from bot.trouble import ChannelRefused, pause_after
from storage.engine import steps
from storage.engine.errors import StorageError

log = logging.getLogger(__name__)
NoteState = Callable[[str, bool, str], Awaitable[None]]
T = TypeVar("T")


class NotYet(Exception):
    """The platform cannot be reached, or is out of order: its words say which call, and it is tried again."""


class NotOurs(Exception):
    """The platform posts to another address, or to none."""


class Platform(Protocol):
    """What only a channel knows: its platform's calls. They raise NotYet, or ChannelRefused where all is in vain."""

    async def introduce(self) -> str:
        """By which name the platform knows the bot."""

    async def unhook(self) -> None:
        """Has the platform keep what comes until it is polled."""

    async def poll(self) -> list[object]:
        """The next payloads; whatever was polled before is committed, and may be confirmed."""

    async def place(self, hook: Hook) -> str:
        """Has the platform post to the hook; what is wrong afterwards, or ''."""

    async def look_at(self, hook: Hook) -> str:
        """What is wrong with the posts now, or ''.

        Raises:
            NotOurs: the hook has to be placed again.
        """

    def read(self, payload: object) -> list[Arrival]:
        """What a payload brings; never raises."""


class Session:
    """One bot's life on its platform. The platform is told of nothing before it is committed."""

    def __init__(
        self, platform: Platform, take: Take, *, name: str, clock: Clock, note: NoteState, hook: Hook | None
    ) -> None:
        """`note` keeps the channel's state, for whoever looks at it; without a `hook` the platform is polled."""
        self._platform = platform
        self._take = take
        self._name = name
        self._clock = clock
        self._note = note
        self._hook = hook
        self._username = ""

    async def run(self) -> None:
        """Takes what comes, for ever.

        Raises:
            ChannelRefused: the platform does not know the token, or refuses the webhook.
        """
        self._username = await self._insist(self._platform.introduce)
        await (self._listen(self._hook) if self._hook else self._poll())

    async def _poll(self) -> None:
        await self._insist(self._platform.unhook)
        log.info("%s: polling as %s", self._name, self._username)
        up = await self._turned(up=True, detail="polling")
        failed = 0
        while True:
            steps.reach("poll:before")
            try:
                payloads = await self._platform.poll()
            except NotYet as why:
                failed = await self._back_off(failed, str(why))
                up = up and await self._turned(up=False, detail=str(why))
                continue
            up = up or await self._turned(up=True, detail="polling")
            failed = 0
            if payloads:
                await self._hand_over(payloads)
                steps.reach("poll:committed")

    async def _listen(self, hook: Hook) -> None:
        async def receive(payload: object) -> None:
            arrivals = self._platform.read(payload)
            if arrivals:
                await self._take(arrivals)  # where storage fails, the platform posts it again

        async def tell(wrong: str) -> None:
            await self._turned(up=not wrong, detail=wrong or "webhook")

        with hook.taking(receive):
            wrong = await self._insist(partial(self._platform.place, hook))
            log.info("%s: webhook of %s", self._name, self._username)
            await tell(wrong)
            await watch(self._clock, partial(self._look_at, hook), tell, known=wrong)

    async def _look_at(self, hook: Hook) -> str | None:
        """What is wrong with the posts, None where nobody can say now; in the place of another address ours is set."""
        try:
            return await self._platform.look_at(hook)
        except NotYet:
            return None
        except NotOurs:
            log.warning("%s: the webhook is not ours; set again", self._name)
        try:
            return await self._insist(partial(self._platform.place, hook))
        except ChannelRefused as error:  # it was good once: no reason to end
            return str(error)

    async def _hand_over(self, payloads: list[object]) -> None:
        """Returns when they are committed: as long as storage fails, they are kept and tried again."""
        arrivals = [arrival for payload in payloads for arrival in self._platform.read(payload)]
        failed = 0
        while arrivals:
            try:
                await self._take(arrivals)
                return
            except StorageError as error:
                failed = await self._back_off(failed, str(error))

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """A call that has to work before anything can come: tried until it does, which whoever looks can see."""
        failed = 0
        while True:
            try:
                return await call()
            except NotYet as why:
                if not failed:
                    await self._turned(up=False, detail=str(why))
                failed = await self._back_off(failed, str(why))

    async def _back_off(self, failed: int, why: str) -> int:
        log.warning("%s: %s", self._name, why)
        await self._clock.sleep(pause_after(failed))
        return failed + 1

    async def _turned(self, *, up: bool, detail: str) -> bool:
        try:
            await self._note(self._username, up, detail)
        except StorageError:
            log.exception("%s: its state could not be kept", self._name)
        return up
