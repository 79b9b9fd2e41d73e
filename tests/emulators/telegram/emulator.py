"""The emulator as a test holds it: start it, let people act, look at what the chats show."""

import time
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

from aiohttp import web

from . import control
from .parameters import JSON
from .people import User
from .server import LARGEST_BODY, BotApi, Call
from .trouble import Fault, FaultKind, Pacing
from .updates import Updates
from .webhook import Webhook
from .world import Chat, World

T = TypeVar("T")

TEST_TOKEN = "7000000001:AAEmulated-token_for_tests_00000000"
FIRST_USER = 5_000_000_001  # beyond 32 bits, as real ids are
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


class Emulator:
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
        self.port = port
        self._server: web.Server | None = None
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on the loopback; after a `stop` on the same port, everything still remembered."""
        self._server = web.Server(
            self.api.handle,
            request_factory=_request,
            handler_cancellation=True,  # a poller that was killed must not look as if it waited on
            access_log=None,
        )
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.webhook.start()

    async def stop(self) -> None:
        """Be unreachable: open connections break, long polls among them."""
        await self.webhook.stop()
        await self.api.give_up()
        if self._server is None or self._runner is None:
            return
        for connection in self._server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._runner.cleanup()
        self._server = self._runner = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

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

    # What the bot did

    @property
    def calls(self) -> list[Call]:
        return self.api.calls

    def calls_of(self, *methods: str) -> list[Call]:
        return [call for call in self.api.calls if call.method in methods]

    async def wait_for(
        self,
        look: Callable[[], T | None],
        timeout: float = 5,  # noqa: ASYNC109 its error names what did not come
        what: str = "",
    ) -> T:
        """The first true value of `look()`, tried now and after every call, message and confirmation."""
        return await self.world.bell.wait_for(look, timeout, what)

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
    ) -> Fault:
        """Let the next `times` calls go wrong; see `trouble.FaultKind`. Without a method: any but getUpdates."""
        fault = Fault(kind, times, method, chat.id if isinstance(chat, Chat) else chat, seconds, status, description)
        self.api.faults.append(fault)
        return fault

    @property
    def pacing(self) -> Pacing | None:
        return self.api.pacing

    @pacing.setter
    def pacing(self, pacing: Pacing | None) -> None:
        self.api.pacing = pacing


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    return web.BaseRequest(message, payload, protocol, writer, task, task.get_loop(), client_max_size=LARGEST_BODY)
