"""What people do in their Telegram apps: write, edit, press, block, join."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from tests.emulators.common.parameters import JSON, Upload

from .entities import found_in
from .methods import document
from .world import Chat, Press, Shown, World

_numbers = count(1)


class User:
    """A person; `chat` is the private chat with the bot, where all goes that names no other."""

    def __init__(self, world: World, user_id: int, name: str, username: str | None, language: str) -> None:
        self.world = world
        self.id = user_id
        self.name = name
        self.json: JSON = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        about: JSON = {"first_name": name}
        if username:
            self.json["username"] = about["username"] = username
        self.chat = world.new_chat(user_id, "private", about)
        self.chat.members[user_id] = self.json

    def __repr__(self) -> str:
        return f"User({self.id}, {self.name!r})"

    def start(self, payload: str = "", at: datetime | None = None) -> Shown:
        """Press Start in the private chat, perhaps through a `t.me/<bot>?start=<payload>` link."""
        return self.sends(f"/start {payload}".strip(), at=at)

    def sends(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Shown | None = None,
        forwarded_from: User | str | None = None,
        at: datetime | None = None,
        content: JSON | None = None,
        topic: int | None = None,
    ) -> Shown:
        """Write a message; `content` adds fields of Telegram's Message object (a sticker, a contact, …)."""
        chat = self._opened(chat)
        date = self._date(at)
        content = dict(content or {})
        if topic is not None:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if forwarded_from is not None:
            content["forward_origin"] = _origin(forwarded_from, date)
        shown = chat.show(self.json, date, text, entities=found_in(text), reply_to=reply_to, content=content)
        self.world.deliver("message", shown)
        return shown

    def sends_photo(self, caption: str = "", chat: Chat | None = None, *, at: datetime | None = None) -> Shown:
        file_id = f"photo{next(_numbers)}"
        size: JSON = {"file_id": file_id, "file_unique_id": f"u{file_id}", "width": 800, "height": 600}
        return self.sends(caption, chat, at=at, content={"photo": [size]})

    def sends_sticker(self, chat: Chat | None = None, *, at: datetime | None = None) -> Shown:
        sticker: JSON = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
        return self.sends("", chat, at=at, content={"sticker": sticker})

    def sends_document(self, name: str, size: int = 1, caption: str = "", chat: Chat | None = None) -> Shown:
        return self.sends(caption, chat, content=document(Upload(f"document{next(_numbers)}", name, size)))

    def edits(self, message: Shown | int, text: str, chat: Chat | None = None, *, at: datetime | None = None) -> Shown:
        """Change the text or caption of one's own message; the bot is told even if nothing changed."""
        shown = message if isinstance(message, Shown) else (chat or self.chat).now.by_id[message]
        if shown.sender["id"] != self.id:
            raise ValueError(f"{self.name} can't edit what {shown.sender['first_name']} wrote")
        shown.text, shown.entities, shown.edit_date = text, found_in(text), self._date(at)
        self.world.bell.ring()
        self.world.deliver("edited_message", shown)
        return shown

    def deletes(self, message: Shown) -> None:
        """Delete a message for everybody; no update tells the bot so."""
        del message.chat.by_id[message.id]
        self.world.bell.ring()

    def presses(self, button: str, message: Shown | None = None, chat: Chat | None = None) -> Press:
        """Press the inline button with this label or callback data: in that message, else in the latest that has it."""
        candidates = [message] if message else reversed((chat or self.chat).now.from_bot)
        for candidate in candidates:
            data = _callback_data(candidate, button)
            if data is not None:
                return self._press(candidate, data)
        raise LookupError(f"no button {button!r} to press in {message or chat or self.chat!r}")

    def forges(self, data: str, message: Shown) -> Press:
        """Press what no button under the message says: https://core.telegram.org/bots/api#callbackquery warns of it."""
        return self._press(message, data)

    def _press(self, message: Shown, data: str) -> Press:
        press = Press(str(4_000_000_000_000 + next(_numbers)), message, data)
        self.world.presses[press.id] = press
        query = {"id": press.id, "from": self.json, "message": message.as_json(), "chat_instance": str(message.chat.id)}
        self.world.updates.add({"callback_query": query | {"data": data}})
        return press

    def blocks(self) -> None:
        self.world.tell_standing(self.chat, self.json, "kicked")

    def unblocks(self) -> None:
        self.world.tell_standing(self.chat, self.json, "member")

    def joins(self, group: Chat) -> Shown:
        group.now.members[self.id] = self.json
        return self._service(group.now, {"new_chat_members": [self.json]})

    def leaves(self, group: Chat) -> Shown:
        shown = self._service(group.now, {"left_chat_member": self.json})
        del group.now.members[self.id]
        return shown

    def adds_bot(self, group: Chat, *, admin: bool = False) -> Shown:
        """Bring the bot into a group: my_chat_member, then the service message that all see."""
        self.world.tell_standing(group.now, self.json, "administrator" if admin else "member")
        return self._service(group.now, {"new_chat_members": [self.world.bot]})

    def promotes_bot(self, group: Chat) -> None:
        self.world.tell_standing(group.now, self.json, "administrator")

    def removes_bot(self, group: Chat) -> None:
        """Throw the bot out of a group."""
        self.world.tell_standing(group.now, self.json, "kicked")

    def _service(self, chat: Chat, content: JSON) -> Shown:
        shown = chat.show(self.json, self.world.now(), content=content)
        self.world.deliver("message", shown)
        return shown

    def _opened(self, chat: Chat | None) -> Chat:
        """The chat to write in; writing to the bot starts or unblocks it."""
        chat = (chat or self.chat).now
        if self.id not in chat.members:
            raise ValueError(f"{self.name} is not in {chat!r}")
        if chat.kind == "private" and chat.bot == "kicked":
            self.unblocks()
        elif chat.kind == "private":
            chat.bot = "member"
        return chat

    def _date(self, at: datetime | None) -> int:
        return self.world.now() if at is None else int(at.timestamp())


def _origin(source: User | str, date: int) -> JSON:
    """Telegram's MessageOrigin; a mere name is somebody who hides the account."""
    if isinstance(source, str):
        return {"type": "hidden_user", "sender_user_name": source, "date": date}
    return {"type": "user", "sender_user": source.json, "date": date}


def _callback_data(message: Shown, button: str) -> str | None:
    buttons = [b for row in (message.markup or {}).get("inline_keyboard", ()) for b in row if "callback_data" in b]
    for key in ("text", "callback_data"):
        for candidate in buttons:
            if candidate[key] == button:
                return str(candidate["callback_data"])
    return None
