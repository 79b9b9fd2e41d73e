"""The channel: takes what was done in the web chat and confirms it once it is committed; says things in its rooms."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Any

from bot.channels.base import Take
from bot.channels.enclosed import Enclosed
from bot.channels.outcomes import Gone, Later, Outcome, Refused, Sent
from bot.channels.pace import Pace
from bot.channels.web.reading import NAME, read
from bot.clock import Clock
from bot.trouble import pause_after
from bot.web.chat.hub import Hub
from bot.web.chat.view import milliseconds, place
from handlers.messages import Deletion, Menu, Notice, Reaction, Reply, Saying, Tick
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.talk.documents import Document
from storage.talk.pictures import Picture
from storage.webchat import actions, posts, rooms
from storage.webchat.actions import Action
from storage.webchat.posts import Post
from storage.webchat.rooms import Room

log = logging.getLogger(__name__)
TAKE_MOST = 100
Shown = tuple[Post, set[int]]


class WebChannel:
    """The web chat, which is treated as any platform."""

    name = NAME
    once = True
    deletes = True

    def __init__(self, database: Database, hub: Hub, clock: Clock, *, day_start: time) -> None:
        self.pace = Pace(rate=0, chat_rate=0, group_rate=0)
        self._database = database
        self._hub = hub
        self._clock = clock
        self._day_start = day_start
        self.posted: Callable[..., None] = lambda _, **how: None  # called with those in whose room the bot has said
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Something was done."""
        self._news.set()

    async def run(self, take: Take) -> None:
        """Brings what people do, for ever; it leaves the line once the bot has committed it."""
        failed = 0
        while True:
            self._news.clear()
            try:
                brought = await self._database.read(partial(_waiting))
                if brought:
                    await take([read(action, room) for action, room in brought])
                    steps.reach("web:taken")
                    await self._confirm([action for action, _ in brought])
                failed = 0
            except StorageError as error:
                log.warning("web: %s", error)
                await self._clock.sleep(pause_after(failed))
                failed += 1
                continue
            if not brought:
                await self._news.wait()

    async def _confirm(self, taken: list[Action]) -> None:
        shown = await self._database.write(partial(_take, taken=taken))
        for action in taken:
            ack = {"t": "ack", "id": action.uuid, "state": "taken", "message": action.post}
            self._hub.tell(action.person, ack)
        for post, members in shown:
            self._hub.show(post, members)
        await self._show_places({action.person for action in taken})

    async def _show_places(self, people: set[int]) -> None:
        """Pushes the hamlet in use to those who may just have chosen another."""
        connected = {person for person in people if self._hub.of(person)}
        if connected:
            now = self._clock.now()
            places = await self._database.read(partial(_places, people=connected, day_start=self._day_start, now=now))
            for person, place in places.items():
                self._hub.place(person, place)

    async def close(self) -> None:
        """Nothing is held: the server closes its sockets."""

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
        """Says something in a room; never raises."""
        try:
            return await self._say(
                int(address), saying, key, picture or (file.document if file else None), silent=silent
            )
        except StorageError as error:
            return Later(str(error))

    async def _say(
        self, room: int, saying: Saying, key: str, attached: Picture | Document | None, *, silent: bool
    ) -> Outcome:
        if isinstance(saying, Deletion):
            return Sent(None)  # what stands here is masked already
        if isinstance(saying, Notice):
            self._hub.notice(saying.press, saying.text)
            return Sent(None)
        if isinstance(saying, Menu):
            members = await self._database.write(partial(_offer, room=room, saying=saying))
            frame: dict[str, Any] = {"t": "menu", "room": room, "commands": [list(one) for one in saying.commands]}
            for person in members:
                self._hub.tell(person, frame)
            return Sent(None)
        if isinstance(saying, Tick):
            return await self._show_anew(saying.message)
        now = milliseconds(self._clock.now())
        shown = await self._database.write(partial(_post, room=room, saying=saying, key=key, at=now, attached=attached))
        if isinstance(shown, Refused):
            return shown
        if shown is None:
            return Gone("no such room")
        self._hub.show(*shown)
        if isinstance(saying, Reply) and saying.edits is None:
            self.posted(shown[1], silent=silent)
        return Sent(None if isinstance(saying, Reaction) else str(shown[0].id))  # a sign is no message of the bot's

    async def _show_anew(self, message: str) -> Outcome:
        """Shows its author what became of a message; what was said by a button is none."""
        if message.isdecimal():
            post = await self._database.write(partial(_changed, post=int(message)))
            if post is not None and post.person is not None:
                self._hub.show(post, {post.person})
        return Sent(None)


# On the writer's thread, or a reader's


def _waiting(tx: Transaction) -> list[tuple[Action, Room]]:
    """What the bot does not have yet, with the rooms in which it was done."""
    known: dict[int, Room | None] = {}
    brought = []
    for action in actions.waiting(tx, TAKE_MOST):
        if action.room not in known:
            known[action.room] = rooms.by_id(tx, action.room)
        room = known[action.room]
        assert room is not None  # rooms are never removed
        brought.append((action, room))
    return brought


def _places(tx: Transaction, *, people: set[int], day_start: time, now: datetime) -> dict[int, dict[str, Any]]:
    return {person: place(tx, person, day_start, now) for person in people}


def _take(tx: Transaction, *, taken: list[Action]) -> list[Shown]:
    """They are the bot's now; the posts that say so."""
    actions.take(tx, taken)
    changed = dict.fromkeys(action.post for action in taken if action.post is not None)
    for post in changed:
        posts.take(tx, post)
    now = [posts.by_id(tx, id) for id in changed]
    return [(post, rooms.members(tx, post.room)) for post in now if post is not None and post.person is not None]


def _post(
    tx: Transaction, *, room: int, saying: Reply | Reaction, key: str, at: int, attached: Picture | Document | None
) -> Shown | Refused | None:
    """The post that is new or changed by what the bot says, and who sees it; like anybody it edits only its own."""
    if rooms.by_id(tx, room) is None:
        return None
    if isinstance(saying, Reaction):
        id = int(saying.message)
        posts.react(tx, id, saying.emoji)
    else:
        buttons = [[(button.label, button.data) for button in row] for row in saying.buttons]
        if saying.edits is not None:
            id = int(saying.edits)
            known = posts.by_id(tx, id)
            if known is None or known.person is not None or known.room != room:
                return Refused("no post of the bot in this room")
            posts.edit(tx, id, saying.text, at=at, buttons=buttons)
        else:
            id = posts.add(tx, room, saying.text, at=at, key=key, reply=_quoted(tx, room, saying), buttons=buttons)
            if attached is not None:
                _attach(tx, id, attached)
    post = posts.by_id(tx, id)
    return (post, rooms.members(tx, post.room)) if post is not None else None


def _quoted(tx: Transaction, room: int, saying: Reply) -> int | None:
    """The post that is shown above the bot's: here the one it answers, too, where others stand between them by now."""
    if saying.quotes is not None:
        return int(saying.quotes)
    answered = saying.answers.message if saying.answers is not None else ""
    return int(answered) if answered.isdecimal() and posts.is_behind(tx, room, int(answered)) else None


def _changed(tx: Transaction, *, post: int) -> Post | None:
    """The post with what became of it by now; browsers that are away learn of it when they come."""
    posts.show_anew(tx, post)
    return posts.by_id(tx, post)


def _attach(tx: Transaction, post: int, attached: Picture | Document) -> None:
    """Puts the picture or the file into the post; a post that was said before has it."""
    known = posts.by_id(tx, post)
    if known is None or known.files:
        return
    if isinstance(attached, Document):
        posts.attach_document(tx, post, attached)
    else:
        size = (attached.width, attached.height)
        posts.attach(tx, post, attached.name, attached.type, attached.content, size=size)


def _offer(tx: Transaction, *, room: int, saying: Menu) -> set[int]:
    rooms.set_commands(tx, room, saying.commands)
    return rooms.members(tx, room)
