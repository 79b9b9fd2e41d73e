"""What people do in their Zalo apps: write, mention, reply, send pictures, stickers and voices."""

from __future__ import annotations

from datetime import datetime

from tests.emulators.common.parameters import JSON

from .world import Chat, Shown, World


class User:
    """A person; `chat` is the private chat with the bot, where all goes that names no other."""

    def __init__(self, world: World, user_id: str, name: str) -> None:
        self.world = world
        self.id = user_id
        self.name = name
        self.json: JSON = {"id": user_id, "display_name": name, "is_bot": False}
        self.chat = world.new_chat(user_id, "PRIVATE")
        self.chat.members.add(user_id)

    def __repr__(self) -> str:
        return f"User({self.id}, {self.name!r})"

    def start(self, code: str = "", at: datetime | None = None) -> Shown:
        """Write the join code: Zalo has no links that carry one."""
        return self.sends(f"/start {code}".strip(), at=at)

    def sends(
        self, text: str, chat: Chat | None = None, *, reply_to: Shown | None = None, at: datetime | None = None
    ) -> Shown:
        """Write a message; in a group the bot sees it where it is a reply to the bot, or a mention."""
        to_bot = reply_to is not None and reply_to.from_bot
        return self._sends("message.text.received", chat, text, {}, at, to_bot=to_bot)

    def sends_photo(self, caption: str = "", chat: Chat | None = None, *, at: datetime | None = None) -> Shown:
        photo = {self.world.photo_key: "https://photo-stal-22.zdn.vn/x.jpg"}
        return self._sends("message.image.received", chat, caption, photo, at)

    def sends_sticker(self, chat: Chat | None = None, *, at: datetime | None = None) -> Shown:
        sticker = {"sticker": "0e078a2b8ba13aff63b0", "url": "https://zalo-api.zadn.vn/x.png"}
        return self._sends("message.sticker.received", chat, "", sticker, at)

    def sends_voice(self, chat: Chat | None = None, *, at: datetime | None = None, to_bot: bool = False) -> Shown:
        """`to_bot`: as a reply to the bot, or a group keeps it from the bot."""
        voice = {"voice_url": "https://voice-stal.zdn.vn/x.aac"}
        return self._sends("message.voice.received", chat, "", voice, at, to_bot=to_bot)

    def sends_unsupported(self, chat: Chat | None = None, *, at: datetime | None = None) -> Shown:
        """A file, a card, a location: the bot is told only that there was something."""
        return self._sends("message.unsupported.received", chat, "", {}, at)

    def _sends(
        self, event: str, chat: Chat | None, text: str, content: JSON, at: datetime | None, *, to_bot: bool = False
    ) -> Shown:
        where = chat or self.chat
        if self.id not in where.members:
            raise ValueError(f"{self.name} is not in {where!r}")
        where.has_bot = True
        date = self.world.now() if at is None else int(at.timestamp() * 1000)
        shown = where.show(self.json, date, text, content)
        self.world.deliver(shown, event, to_bot=to_bot)
        return shown

    def joins(self, group: Chat) -> None:
        """Come into a group; the bot is not told."""
        group.members.add(self.id)

    def blocks(self) -> None:
        """The bot may not write here until the person writes again; it is not told."""
        self.chat.has_bot = False
