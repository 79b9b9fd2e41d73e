"""The emulator as a test holds it: start it, let people act, look at what the chats show."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from tests.emulators.common.listening import Listening
from tests.emulators.common.parameters import JSON

from . import control
from .people import User
from .server import LARGEST_BODY, BotApi, Call
from .trouble import Fault, FaultKind, Pacing
from .updates import Updates
from .webhook import Webhook
from .world import Chat, World

TEST_TOKEN = "7000000001:AAEmulated-token_for_tests_00000000"
FIRST_USER = 5_000_000_001  # beyond 32 bits, as real ids are
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


class Emulator(Listening[Call]):
    """Telegram for one bot. `clock` tells the platform's time: a test may give its own."""

    def __init__(
        self,
        *,
        token: str = TEST_TOKEN,
        username: str = "bacung_bot",
        port: int = 0,
        privacy: bool = True,
        pacing: Pacing | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.world = World(token, username, clock)
        self.world.privacy = privacy
        self.webhook = Webhook(self.world.updates)
        self.api = BotApi(self.world, self.webhook)
        self.api.pacing = pacing
        self.api.control = lambda name, params: control.perform(self, name, params)
        self.users: dict[int, User] = {}
        super().__init__(self.api, self.webhook, self.world.bell, port=port, largest_body=LARGEST_BODY)

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url."""
        return f"{self.url}/bot"

    @property
    def token(self) -> str:
        return self.world.token

    # People and chats

    def user(self, name: str, username: str | None = None, *, user_id: int | None = None, language: str = "vi") -> User:
        """A new person, who has not started the bot."""
        user = User(self.world, user_id or FIRST_USER + len(self.users), name, username, language)
        self.users[user.id] = user
        return user

    def group(
        self,
        title: str,
        members: Iterable[User],
        *,
        supergroup: bool = False,
        bot: bool = True,
        admin: bool = False,
    ) -> Chat:
        """A new group of people; the first owns it and, unless told otherwise, adds the bot."""
        members = list(members)
        number = len(self.world.chats)
        chat_id = FIRST_SUPERGROUP - number if supergroup else FIRST_GROUP - number
        chat = self.world.new_chat(chat_id, "supergroup" if supergroup else "group", {"title": title})
        chat.members = {user.id: user.json for user in members}
        chat.owner = members[0].id
        if bot:
            members[0].adds_bot(chat, admin=admin)
        return chat

    def migrate(self, group: Chat) -> Chat:
        """Upgrade a group to a supergroup: a new id, message ids from 1, both service messages to the bot."""
        new_id = FIRST_SUPERGROUP - len(self.world.chats)
        new = self.world.new_chat(new_id, "supergroup", {"title": group.title})
        new.members, new.owner, new.bot = group.members, group.owner, group.bot
        sender = group.members.get(group.owner or 0, self.world.bot)
        now = self.world.now()
        moved_to = group.show(sender, now, content={"migrate_to_chat_id": new.id})
        moved_from = new.show(sender, now, content={"migrate_from_chat_id": group.id})
        self.world.deliver("message", moved_to)
        self.world.deliver("message", moved_from)
        group.moved_to = new
        return new

    def chat(self, chat: int | User) -> Chat:
        return self.world.chats[chat.id if isinstance(chat, User) else chat]

    def set_privacy(self, on: bool) -> None:
        """Whether the bot sees only what is meant for it in groups, as BotFather sets it."""
        self.world.privacy = on

    # Updates

    @property
    def updates(self) -> Updates:
        """The queue to the bot: `pending`, `confirmed`, `polling`, `restart_ids()`."""
        return self.world.updates

    def push(self, update: JSON) -> int | None:
        """Queue any update, which gets its id here."""
        return self.updates.add(update)

    def push_raw(self, anything: Any) -> int:
        """Queue any JSON value in an update's place, word for word."""
        return self.updates.add_raw(anything)

    def restart_ids(self, at: int | None = None) -> None:
        """As after a week of silence: update ids go on from a random number."""
        self.updates.restart_ids(at)

    async def all_confirmed(self, timeout: float = 5) -> None:  # noqa: ASYNC109 its error names what did not come
        """Return once the bot has confirmed every update."""
        await self.world.bell.wait_for(lambda: not self.updates.pending, timeout, "all updates confirmed")

    # Trouble

    def fail(
        self,
        kind: FaultKind,
        times: int = 1,
        *,
        method: str | None = None,
        chat: Chat | int | None = None,
        seconds: float = 0,
        status: int = 502,
        description: str = "",
        said: object = None,
    ) -> Fault:
        """Let the next `times` calls go wrong; see `trouble.FaultKind`. Without a method: any but getUpdates."""
        where = chat.id if isinstance(chat, Chat) else chat
        fault = Fault(kind, times, method, where, seconds, status, description, said)
        self.api.faults.append(fault)
        return fault

    def recover(self) -> None:
        """What was to go wrong does not any more."""
        self.api.faults.clear()

    @property
    def pacing(self) -> Pacing | None:
        return self.api.pacing

    @pacing.setter
    def pacing(self, pacing: Pacing | None) -> None:
        self.api.pacing = pacing
