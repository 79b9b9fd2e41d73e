"""What Telegram knows: people, chats, and what each chat shows now."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.emulators.common.bell import Bell
from tests.emulators.common.parameters import JSON, Upload, bad_request

from .entities import cut_out
from .updates import Updates

ChatKind = Literal["private", "group", "supergroup"]
Standing = Literal["stranger", "member", "administrator", "left", "kicked"]  # of the bot; "kicked" privately = blocked


@dataclass(slots=True, eq=False)
class Shown:
    """A message as its reader sees it now; `text` is the caption where there is a picture or a file."""

    chat: "Chat"
    id: int
    sender: JSON
    from_bot: bool
    date: int  # platform time, Unix seconds
    text: str = ""
    entities: Sequence[JSON] = ()
    markup: JSON | None = None
    reply_to: "Shown | None" = None
    silent: bool = False
    content: JSON = field(
        default_factory=dict
    )  # photo, document, forward_origin, service fields … as Telegram words them
    reactions: tuple[str, ...] = ()  # the bot's
    edit_date: int | None = None
    upload: Upload | None = None
    wall: float = field(default_factory=time.time)  # when the emulator took it in
    monotonic: float = field(default_factory=time.monotonic)

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the inline buttons under it, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def topic(self) -> int | None:
        """In which topic of a group it stands."""
        return self.content.get("message_thread_id") if self.content.get("is_topic_message") else None

    @property
    def captioned(self) -> bool:
        return "photo" in self.content or "document" in self.content

    def as_json(self, nested: bool = False) -> JSON:
        """Telegram's Message object; a message replied to is nested without its own."""
        shown: JSON = {"message_id": self.id, "from": self.sender, "chat": self.chat.as_json(), "date": self.date}
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if self.reply_to is not None and not nested:
            shown["reply_to_message"] = self.reply_to.as_json(nested=True)
        if self.content:
            shown |= self.content
        if self.text:
            shown["caption" if self.captioned else "text"] = self.text
            if self.entities:
                shown["caption_entities" if self.captioned else "entities"] = list(self.entities)
        if self.markup is not None and "inline_keyboard" in self.markup:
            shown["reply_markup"] = self.markup
        return shown


class Chat:
    """A chat and what it shows; the same for the bot and for people."""

    def __init__(self, world: "World", chat_id: int, kind: ChatKind, about: JSON) -> None:
        self.world = world
        self.id = chat_id
        self.kind = kind
        self.title = str(about.get("title", ""))
        self.bot: Standing = "stranger"
        self.members: dict[int, JSON] = {}
        self.owner: int | None = None
        self.moved_to: Chat | None = None
        self.takes_text = True  # the bot may write
        self.topics: dict[int, bool] = {}  # by id: open; a group without any is no forum
        self.by_id: dict[int, Shown] = {}
        self.last_id = 0
        self._json: JSON = {"id": chat_id, **about, "type": kind}
        self._read = 0

    def __repr__(self) -> str:
        return f"Chat({self.id}, {self.kind}, {len(self.by_id)} messages)"

    def as_json(self) -> JSON:
        return self._json

    @property
    def messages(self) -> list[Shown]:
        """What is to be seen, oldest first: edits applied, deleted ones gone."""
        return list(self.by_id.values())

    @property
    def from_bot(self) -> list[Shown]:
        return [shown for shown in self.by_id.values() if shown.from_bot]

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.by_id.values()]

    @property
    def now(self) -> "Chat":
        """This chat, or the supergroup that it became."""
        return self.moved_to.now if self.moved_to else self

    async def next_from_bot(self, timeout: float = 5) -> Shown:  # noqa: ASYNC109 its error names what did not come
        """The bot's next message here that this method has not returned yet."""
        shown = await self.world.bell.wait_for(self._unread, timeout, f"a message of the bot in {self!r}")
        self._read = shown.id
        return shown

    def _unread(self) -> Shown | None:
        return next((shown for shown in self.by_id.values() if shown.from_bot and shown.id > self._read), None)

    def find(self, message_id: int, purpose: str) -> Shown:
        """The message, or the 400 that says it is not there."""
        shown = self.by_id.get(message_id)
        if shown is None:
            raise bad_request(f"message to {purpose} not found")
        return shown

    def show(self, sender: JSON, date: int, text: str = "", **rest: Any) -> Shown:
        """A new message at the end."""
        self.last_id += 1
        from_bot = sender["id"] == self.world.bot["id"]
        shown = Shown(self, self.last_id, sender, from_bot, date, text, **rest)
        self.by_id[shown.id] = shown
        self.world.bell.ring()
        return shown


@dataclass(slots=True, eq=False)
class Press:
    """A press of an inline button, and what the bot answered to it."""

    id: str
    message: Shown
    data: str
    answered: bool = False
    answer: str = ""
    alert: bool = False


class World:
    """Everything behind one bot's token."""

    def __init__(self, token: str, username: str, clock: Callable[[], float]) -> None:
        self.token = token
        self.bot: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": username.removesuffix("_bot"),
            "username": username,
        }
        self.clock = clock
        self.privacy = True
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, Upload] = {}
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.bell = Bell()  # rung whenever anything changes: a message, a call, a confirmation
        self.updates = Updates(self.bell)

    def now(self) -> int:
        return int(self.clock())

    def new_chat(self, chat_id: int, kind: ChatKind, about: JSON) -> Chat:
        chat = self.chats[chat_id] = Chat(self, chat_id, kind, about)
        return chat

    def deliver(self, kind: str, shown: Shown) -> None:
        """Tell the bot of a message, where it may see it."""
        if self.visible(shown):
            self.updates.add({kind: shown.as_json()})

    def visible(self, shown: Shown) -> bool:
        """Whether the bot gets to see what a person wrote: in groups with privacy mode, only what is meant for it."""
        chat = shown.chat
        if chat.kind == "private" or chat.bot == "administrator":
            return True
        if chat.bot != "member":
            return False
        if not self.privacy or is_service(shown) or (shown.reply_to is not None and shown.reply_to.from_bot):
            return True
        return any(self._means_bot(entity["type"], cut_out(shown.text, entity)) for entity in shown.entities)

    def _means_bot(self, kind: str, part: str) -> bool:
        name = f"@{self.bot['username']}".lower()
        if kind == "mention":
            return part.lower() == name
        return kind == "bot_command" and ("@" not in part or part.lower().endswith(name))

    def tell_standing(self, chat: Chat, by: JSON, standing: Standing) -> None:
        """The bot's standing in a chat changes, and it is told so (my_chat_member)."""
        before, chat.bot = chat.bot, standing
        self.updates.add(
            {
                "my_chat_member": {
                    "chat": chat.as_json(),
                    "from": by,
                    "date": self.now(),
                    "old_chat_member": member(self.bot, "left" if before == "stranger" else before),
                    "new_chat_member": member(self.bot, standing),
                }
            }
        )


SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "group_chat_created",
    "new_chat_title",
    "pinned_message",
}
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


def is_service(shown: Shown) -> bool:
    return not SERVICE.isdisjoint(shown.content)


def member(user: JSON, status: str) -> JSON:
    """Telegram's ChatMember object."""
    described: JSON = {"user": user, "status": status}
    if status == "kicked":
        described["until_date"] = 0
    if status == "creator":
        described["is_anonymous"] = False
    if status == "administrator":
        described |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(RIGHTS, True)}
    return described
