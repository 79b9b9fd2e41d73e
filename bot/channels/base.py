"""What every way to reach people offers to the rest of the program."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.channels.arrivals import Arrival
from bot.channels.enclosed import Enclosed
from bot.channels.outcomes import Outcome
from bot.channels.pace import Pace
from handlers.messages import Saying
from storage.talk.pictures import Picture

Take = Callable[[Sequence[Arrival]], Awaitable[None]]


class Channel(Protocol):
    """One platform: it translates, and knows no command, no role and no table."""

    name: str
    pace: Pace
    once: bool  # what is sent again with the same key is not seen twice
    deletes: bool  # a person's message can be removed, at least sometimes

    async def run(self, take: Take) -> None:
        """Brings what people say, for ever."""

    async def send(
        self,
        address: str,
        saying: Saying,
        *,
        key: str,
        silent: bool,
        picture: Picture | None = None,
        file: Enclosed | None = None,
    ) -> Outcome:
        """Says something in a chat; never raises. `key` is the same whenever the same is said again.

        `picture` and `file` are those that a Reply refers to, where they are still there; else the text is said alone.
        """

    async def close(self) -> None:
        """Lets go of connections."""
