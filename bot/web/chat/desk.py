"""Takes what browsers send: a batch of frames in one transaction, each acknowledged by its UUID once it is on disk."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.monitor import Monitor
from bot.web.chat import view
from bot.web.chat.frames import Done, Edit, Press, Read, Say
from bot.web.chat.hub import Connection, Hub
from handlers.door import secrets
from handlers.language import Private, has_private, is_blank, mask, says_own_number
from storage.campaign import people
from storage.campaign.people import Role
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.webchat import actions, devices, posts, rooms
from storage.webchat.actions import Kind
from storage.webchat.posts import Post

log = logging.getLogger(__name__)
MOST = 100  # frames in one transaction
WAITING_MOST = 1000  # frames; more make browsers wait
LONGEST = 4000  # characters of a message
TRY_AGAIN = 1013
Kept = Done | Read


@dataclass(slots=True)
class _Outcome:
    """What a batch led to: for each frame its acknowledgement, and what all in the rooms are shown."""

    acks: list[tuple[Connection, dict[str, Any]]] = field(default_factory=list)
    shown: list[tuple[Post, set[int]]] = field(default_factory=list)
    read: list[tuple[Connection, dict[str, Any]]] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)


class Desk:
    """One queue for all browsers, so that those who write at once share a commit."""

    def __init__(self, database: Database, hub: Hub, clock: Clock, monitor: Monitor) -> None:
        self._database = database
        self._hub = hub
        self._clock = clock
        self._monitor = monitor
        self._queue: asyncio.Queue[tuple[Connection, Kept]] = asyncio.Queue(WAITING_MOST)
        self.brought: Callable[[], None] = lambda: None  # called when there is something for the bot
        self.posted: Callable[[set[int]], None] = lambda _: None  # called with those in whose room somebody has written

    async def put(self, connection: Connection, frame: Kept) -> None:
        """Puts a frame in line; waits where too many are."""
        await self._queue.put((connection, frame))

    async def run(self) -> None:
        """Works through what browsers send, for ever."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < MOST and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._keep(batch)

    async def _keep(self, batch: Sequence[tuple[Connection, Kept]]) -> None:
        now = self._clock.now()
        try:
            outcome = await self._database.write(partial(_keep_all, batch=batch, now=now))
        except StorageError as error:
            log.error("storage: %s", error)
            self._monitor.red("web", str(error))
            for connection in {connection for connection, _ in batch}:
                connection.close(TRY_AGAIN)  # nothing was acknowledged: the browsers come again with it
            return
        self._monitor.green("web")
        steps.reach("web:kept")
        if outcome.ended:
            self._hub.end(lambda connection: connection.device in outcome.ended)
        for connection, frame in batch:
            if isinstance(frame, Press):
                self._hub.pressed(frame.id, connection)
        for connection, ack in outcome.acks:
            connection.push(ack)
        for post, members in outcome.shown:
            self._hub.show(post, members)
            self.posted({person for person in members if person != post.person})
        for connection, mark in outcome.read:
            self._hub.tell(connection.person, mark, but=connection)
        if outcome.acks:
            self.brought()


# On the writer's thread


def _keep_all(tx: Transaction, *, batch: Sequence[tuple[Connection, Kept]], now: datetime) -> _Outcome:
    outcome = _Outcome()
    alive: dict[int, bool] = {}
    for connection, frame in batch:
        if connection.device not in alive:
            alive[connection.device] = devices.alive(tx, connection.device, now) is not None
        if not alive[connection.device]:
            outcome.ended.add(connection.device)
        elif isinstance(frame, Read):
            inside = _is_in(tx, frame.room, connection.person)
            upto = rooms.mark_read(tx, frame.room, connection.person, frame.upto) if inside else None
            if upto is not None:
                outcome.read.append((connection, {"t": "read", "room": frame.room, "upto": upto}))
        else:
            ack, post = _done(tx, connection.person, frame, now)
            outcome.acks.append((connection, {"t": "ack", "id": frame.id, **ack}))
            if post is not None:
                shown = posts.by_id(tx, post)
                assert shown is not None
                outcome.shown.append((shown, rooms.members(tx, shown.room)))
    return outcome


def _is_in(tx: Transaction, room: int, person: int) -> bool:
    return any(one.id == room for one in rooms.in_which(tx, person))


def _refused(why: str) -> tuple[dict[str, Any], None]:
    return {"state": "refused", "why": why}, None


def _done(tx: Transaction, person: int, frame: Done, now: datetime) -> tuple[dict[str, Any], int | None]:
    """The acknowledgement of one frame, and the post that is new or changed by it."""
    text = "" if isinstance(frame, Press) else frame.text.strip()
    if not isinstance(frame, Press):
        if is_blank(text):
            return _refused("empty")
        if len(text) > LONGEST:
            return _refused("long")
    hidden = sorted(kind.value for kind in has_private(text))
    text = mask(text) if hidden else text
    at = view.milliseconds(now) - frame.age
    match frame:
        case Say():
            asked = actions.digest("say", frame.room, text, frame.reply)
        case Edit():
            asked = actions.digest("edit", frame.of or frame.message, text)
        case Press():
            asked = actions.digest("press", frame.message, frame.data)
    before = actions.known(tx, person, frame.id, asked)
    if before is not None:
        if not before.same:
            return _refused("id")
        return {"state": "taken" if before.taken else "stored", "message": before.post}, None
    if isinstance(frame, Say):
        return _say(tx, person, frame, text, at, hidden, asked)
    return _on_post(tx, person, frame, text, at, hidden, asked)


def _say(
    tx: Transaction, person: int, frame: Say, text: str, at: int, hidden: list[str], asked: bytes
) -> tuple[dict[str, Any], int | None]:
    if not _is_in(tx, frame.room, person):
        return _refused("room")
    answered = posts.by_id(tx, frame.reply) if frame.reply is not None else None
    reply = answered if answered is not None and answered.room == frame.room else None
    shown = secrets.without(tx, _shown(tx, person, frame.room, frame.text.strip(), text, hidden))
    post = posts.add(
        tx, frame.room, shown, at=at, person=person, uuid=frame.id, reply=reply.id if reply is not None else None
    )
    body: dict[str, Any] = {"text": text, "hidden": hidden}
    if reply is not None:
        body |= {"reply": reply.id, "to_bot": reply.person is None}
    actions.add(
        tx, person=person, uuid=frame.id, kind=Kind.SAY, room=frame.room, post=post, at=at, body=body, asked=asked
    )
    return {"state": "stored", "message": post}, post


def _shown(tx: Transaction, person: int, room: int, said: str, masked: str, hidden: list[str]) -> str:
    """What the room reads: masked, but for the phone number that a lead gives as the own one in the team's room."""
    if hidden != [Private.PHONE.value] or not says_own_number(masked):
        return masked
    there, author = rooms.by_id(tx, room), people.by_id(tx, person)
    own = there is not None and there.team is not None and author is not None and author.role == Role.LEAD
    return said if own else masked


def _on_post(
    tx: Transaction, person: int, frame: Edit | Press, text: str, at: int, hidden: list[str], asked: bytes
) -> tuple[dict[str, Any], int | None]:
    post = posts.by_id(tx, frame.message)
    if isinstance(frame, Edit) and frame.of is not None and (post is None or post.uuid != frame.of):
        post = posts.by_uuid(tx, person, frame.of)
    if post is None or not _is_in(tx, post.room, person):
        return _refused("message")
    if isinstance(frame, Press):
        body: dict[str, Any] = {"data": mask(frame.data)}
        kind, changed = Kind.PRESS, None
    else:
        if post.person != person:
            return _refused("message")
        shown = secrets.without(tx, _shown(tx, person, post.room, frame.text.strip(), text, hidden))
        changed = post.id if posts.edit(tx, post.id, shown, at=at) else None
        body = {"text": text, "hidden": hidden, "first": post.at}
        if post.reply is not None:
            body |= {"reply": post.reply.id, "to_bot": post.reply.name is None}
        kind = Kind.EDIT
    actions.add(
        tx, person=person, uuid=frame.id, kind=kind, room=post.room, post=post.id, at=at, body=body, asked=asked
    )
    return {"state": "stored", "message": post.id}, changed
