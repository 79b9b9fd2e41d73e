"""What Zalo knows: people, chats, and what each chat shows."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from tests.emulators.common.bell import Bell
from tests.emulators.common.parameters import JSON

from .photos import Photo
from .updates import Updates

ChatKind = Literal["PRIVATE", "GROUP"]
Rows = list[list[str]]


def _as_it_is(text: str) -> tuple[str, Rows]:
    return text, []


@dataclass(slots=True, eq=False)
class Shown:
    """A message as its reader sees it; Zalo's never change."""

    chat: "Chat"
    id: str
    sender: JSON
    from_bot: bool
    date: int  # platform time, milliseconds
    said: str = ""  # the whole text, or the caption
    content: JSON = field(default_factory=dict)  # photo, sticker, voice_url … as Zalo words them
    photo: Photo | None = None  # the bot's, as Zalo fetched it
    wall: float = field(default_factory=time.time)
    monotonic: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        """What it says, without the words that it offers to be sent back."""
        return self.chat.world.read_words(self.said)[0]

    @property
    def buttons(self) -> Rows:
        """The words that it offers to be sent back, in the place of buttons."""
        return self.chat.world.read_words(self.said)[1]

    @property
    def reactions(self) -> tuple[str, ...]:
        """Bots on Zalo cannot react."""
        return ()


class Chat:
    """A chat and what it shows."""

    def __init__(self, world: "World", chat_id: str, kind: ChatKind, title: str = "") -> None:
        self.world = world
        self.id = chat_id
        self.kind = kind
        self.title = title
        self.members: set[str] = set()
        self.has_bot = kind == "GROUP"
        self.messages: list[Shown] = []

    def __repr__(self) -> str:
        return f"Chat({self.id}, {self.kind}, {len(self.messages)} messages)"

    @property
    def from_bot(self) -> list[Shown]:
        return [shown for shown in self.messages if shown.from_bot]

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.messages]

    def show(
        self, sender: JSON, date: int, said: str = "", content: JSON | None = None, photo: Photo | None = None
    ) -> Shown:
        """A new message at the end."""
        from_bot = sender["id"] == self.world.bot["id"]
        shown = Shown(self, self.world.new_id(), sender, from_bot, date, said, content or {}, photo)
        self.messages.append(shown)
        self.world.bell.ring()
        return shown


class World:
    """Everything behind one bot's token."""

    def __init__(self, token: str, name: str, clock: Callable[[], float]) -> None:
        self.token = token
        self.name = name
        self.bot: JSON = {"id": token.partition(":")[0], "display_name": name, "is_bot": True}
        self.clock = clock
        self.chats: dict[str, Chat] = {}
        self.bell = Bell()  # rung whenever anything changes
        self.updates = Updates(self.bell)
        self.wrapped = True  # the envelope {"ok", "result"} around an update; captured too: none
        self.photo_key = "photo_url"  # or "photo": both were seen
        self.read_words: Callable[[str], tuple[str, Rows]] = _as_it_is
        self._ids = count(1)

    def now(self) -> int:
        return int(self.clock() * 1000)

    def new_id(self) -> str:
        """20 hex digits, as Zalo's message ids are."""
        return f"{0x2D758CB5E2221 * next(self._ids) & (2**80 - 1):020x}"

    def new_chat(self, chat_id: str, kind: ChatKind, title: str = "") -> Chat:
        chat = self.chats[chat_id] = Chat(self, chat_id, kind, title)
        return chat

    def deliver(self, shown: Shown, event: str, *, to_bot: bool) -> None:
        """Tell the bot of a message, where it may see it: in groups only mentions and replies."""
        chat = shown.chat
        if chat.kind == "PRIVATE" or (chat.has_bot and (to_bot or f"@{self.name}" in shown.said)):
            self.updates.add(self.enveloped(event, shown))

    def enveloped(self, event: str, shown: Shown) -> str:
        """An update as it goes over the wire."""
        message: JSON = {
            "date": shown.date,
            "chat": {"chat_type": shown.chat.kind, "id": shown.chat.id},
            "message_id": shown.id,
            "from": shown.sender,
            **shown.content,
        }
        if shown.said:
            message["caption" if "image" in event else "text"] = shown.said
        update: Any = {"event_name": event, "message": message}
        return json.dumps({"ok": True, "result": update} if self.wrapped else update)
