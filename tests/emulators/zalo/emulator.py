"""The emulator as a test holds it: start it, let people act, look at what the chats show."""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from tests.emulators.common.listening import Listening

from .people import User
from .server import BotApi, Call
from .trouble import Fault, FaultKind
from .updates import Updates
from .webhook import Webhook
from .world import Chat, Shown, World

TEST_TOKEN = "1459232241454765289:emulatedTokenForTests"
FIRST_USER = 0x6EDE9AFA66B88FE6D000
FIRST_GROUP = 0x8A1C5D7F00E2B6C4A000


class Emulator(Listening[Call]):
    """Zalo for one bot. `clock` tells the platform's time: a test may give its own."""

    def __init__(
        self,
        *,
        token: str = TEST_TOKEN,
        name: str = "Ba Cùng",
        port: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.world = World(token, name, clock)
        self.webhook = Webhook(self.world.updates)
        self.api = BotApi(self.world, self.webhook)
        self.users: dict[str, User] = {}
        super().__init__(self.api, self.webhook, self.world.bell, port=port)

    @property
    def token(self) -> str:
        return self.world.token

    # People and chats

    def user(self, name: str, *, user_id: str | None = None) -> User:
        """A new person, who has not written to the bot."""
        user = User(self.world, user_id or f"{FIRST_USER + len(self.users):020x}", name)
        self.users[user.id] = user
        return user

    def group(self, title: str, members: Iterable[User]) -> Chat:
        """A new group of people and the bot."""
        chat = self.world.new_chat(f"{FIRST_GROUP + len(self.world.chats):020x}", "GROUP", title)
        chat.members = {user.id for user in members}
        return chat

    def chat(self, chat: str | User) -> Chat:
        return self.world.chats[chat.id if isinstance(chat, User) else chat]

    # Updates

    @property
    def updates(self) -> Updates:
        """The queue to the bot."""
        return self.world.updates

    def push(self, anything: Any) -> None:
        """Queue any JSON value in an update's place."""
        self.updates.add(json.dumps(anything))

    def push_raw(self, encoded: str) -> None:
        """Queue what is perhaps no JSON at all."""
        self.updates.add(encoded)

    def repeats(self, shown: Shown) -> None:
        """Bring a text message once more."""
        self.updates.add(self.world.enveloped("message.text.received", shown))

    async def all_confirmed(self, timeout: float = 5) -> None:  # noqa: ASYNC109 its error names what did not come
        """Return once the bot has taken everything: by webhook it said so, by polling it waits for more."""
        await self.world.bell.wait_for(self.all_taken, timeout, "all updates taken")

    def all_taken(self) -> bool:
        """Whether nothing waits: by webhook all was answered, by polling the bot waits for more."""
        if self.updates.pending:
            return False
        return not self.webhook.under_way if self.webhook.url else self.updates.polling

    # Trouble

    def fail(
        self,
        kind: FaultKind,
        times: int = 1,
        *,
        method: str | None = None,
        chat: Chat | str | None = None,
        status: int = 502,
        description: str = "",
    ) -> Fault:
        """Let the next `times` calls go wrong; see `trouble.FaultKind`. Without a method: any but getUpdates."""
        fault = Fault(
            kind,
            times,
            method,
            chat.id if isinstance(chat, Chat) else chat,
            status=status,
            description=description,
        )
        self.api.faults.append(fault)
        return fault

    def recover(self) -> None:
        """What was to go wrong does not any more."""
        self.api.faults.clear()
