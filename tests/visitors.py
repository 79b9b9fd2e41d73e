"""People with browsers at the running program's own web chat, behind the verbs that the emulators of platforms have.

What somebody does is put in one line for all, so that it arrives in the order in which a test says it; what has not
been taken waits in that person's browser, as it does for people.
"""

import asyncio
import html
import re
import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar

from tests.browsers import PATIENCE, Browser, Message
from tests.emulators.common.bell import Bell

T = TypeVar("T")
MENTION, CALLED = "@bacung_bot", "@bot"  # how tests call the bot, and how people do here
_PAGE_SAYS = re.compile(r'<p class="warn"[^>]*>(.*?)</p>|<div class="card">.*?<p>(.*?)</p>', re.DOTALL)
_CODE = re.compile(r"/start (?P<code>\S+)")


class Visitors:
    """Everybody with a browser. `clock` tells their time; they go where the program serves the chat."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.bell = Bell()
        self.url: str | None = None
        self.rooms: dict[int, Room] = {}
        self.sent: dict[str, Shown] = {}  # by UUID, until the server has given it a number
        self.people: list[Visitor] = []
        self.browsers = AsyncExitStack()
        self._deeds: asyncio.Queue[tuple[Visitor, Callable[[], Awaitable[object]]]] = asyncio.Queue()
        self._ahead = 0
        self._wrong: Exception | None = None
        self._doing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._doing = asyncio.create_task(self._do())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._doing is not None
        self._doing.cancel()
        with suppress(asyncio.CancelledError):
            await self._doing
        await self.browsers.aclose()

    def serves(self, url: str | None) -> None:
        """The program serves the chat here; None: nowhere now, and nobody knocks where somebody else may be."""
        self.url = url
        for person in self.people:
            person.browser.url = url or ""
        self.bell.ring()

    # People and rooms

    def user(self, name: str) -> "Visitor":
        """Somebody with a browser who has not joined."""
        person = Visitor(self, name)
        self.people.append(person)
        return person

    def chat(self, person: "Visitor") -> "Room":
        """Somebody's room with the bot."""
        return person.chat

    def group(self, title: str, members: Sequence["Visitor"]) -> "Room":
        """The room of these people's team; it has the title of its commune."""
        number = members[0].browser.room("team")
        for person in members:
            if not any(room["id"] == number for room in person.browser.welcome.get("rooms", ())):
                raise LookupError(f"{person} is not in the room of {members[0]}'s team")
        return self.rooms[number]

    # What people do, one after the other

    def does(self, person: "Visitor", deed: Callable[[], Awaitable[object]]) -> None:
        """Somebody does something once all before it is done."""
        self._ahead += 1
        self._deeds.put_nowait((person, deed))

    async def _do(self) -> None:
        last: Visitor | None = None
        while self._wrong is None:
            person, deed = await self._deeds.get()
            try:
                if last not in (None, person):
                    await last.is_stored()
                await deed()
            except Exception as error:
                self.goes_wrong(error)
            last = person
            self._ahead -= 1
            self.bell.ring()

    def goes_wrong(self, error: Exception) -> None:
        """Whoever waits is told of what cannot be; the first one counts."""
        self._wrong = self._wrong or error
        self.bell.ring()

    async def wait_for(
        self,
        look: Callable[[], T | None],
        timeout: float = 5,  # noqa: ASYNC109 its error names what did not come
        what: str = "",
    ) -> T:
        """The first true value of `look()`, tried now and whenever something came to a browser."""

        def looked() -> T | None:
            if self._wrong is not None:
                raise self._wrong
            return look()

        return await self.bell.wait_for(looked, timeout, what)

    async def all_confirmed(self, timeout: float = 5) -> None:  # noqa: ASYNC109 its error names what did not come
        """Returns once the bot has taken all that people did, and is there for what they do next."""
        await self.wait_for(self._all_taken, timeout, "all that people did taken")

    def _all_taken(self) -> bool:
        inside = [person.browser for person in self.people if person.inside]
        return self.url is not None and not self._ahead and all(one.is_connected and not one.queue for one in inside)

    async def all_shown(self) -> None:
        """Returns once all that was pushed so far is in the browsers: what a browser asks for comes after it."""
        await asyncio.gather(*(person.catches_up() for person in self.people if person.inside))

    # What browsers are shown

    def show(self, message: Message) -> None:
        """A message as it is now, from whichever browser."""
        room = self.rooms[message["room"]]
        shown = room.by_id.get(message["id"]) or self.sent.pop(message["uuid"] or "", None) or Shown(room)
        if shown.raw is None or shown.raw["change"] < message["change"]:
            shown.raw = message
        room.by_id[message["id"]] = shown


@dataclass(eq=False)
class Shown:
    """A message as those in its room see it now; `raw` is None until the chat server has it."""

    chat: "Room"
    raw: Message | None = None
    page: str | None = None  # what a page said that is no chat

    @property
    def id(self) -> Any:
        """Its number."""
        return self.raw["id"] if self.raw else id(self)

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.raw["text"]) if self.raw else self.page or ""

    @property
    def from_bot(self) -> bool:
        """Whether the bot said it."""
        return self.page is not None or (self.raw is not None and self.raw["from"] is None)

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the buttons under it, row by row."""
        return [[button["label"] for button in row] for row in self.raw["buttons"]] if self.raw else []

    @property
    def reply_to(self) -> "Shown | None":
        """What it answers."""
        return self.chat.by_id[self.raw["reply"]["id"]] if self.raw and self.raw["reply"] else None

    @property
    def reactions(self) -> tuple[str, ...]:
        """The bot's sign on it."""
        return (self.raw["reaction"],) if self.raw and self.raw["reaction"] else ()

    def data(self, label: str) -> str | None:
        """What a press of its button with this label sends."""
        buttons = [button for row in self.raw["buttons"] for button in row] if self.raw else []
        return next((str(button["data"]) for button in buttons if button["label"] == label), None)


@dataclass(eq=False)
class Room:
    """A room and what it shows: for a stranger, what the door says."""

    title: str
    by_id: dict[int, Shown] = field(default_factory=dict)
    door: list[Shown] = field(default_factory=list)

    @property
    def messages(self) -> list[Shown]:
        """What is to be seen, the oldest first."""
        return [*self.door, *(self.by_id[number] for number in sorted(self.by_id))]

    @property
    def from_bot(self) -> list[Shown]:
        """What the bot has said."""
        return [shown for shown in self.messages if shown.from_bot]

    @property
    def texts(self) -> list[str]:
        """What all messages say."""
        return [shown.text for shown in self.messages]


@dataclass(eq=False)
class Press:
    """A press, and the short answer to it."""

    answer: str = ""
    answered: bool = False


class Visitor:
    """Somebody with a browser; `chat` is the room with the bot, where all is said that names no other."""

    def __init__(self, world: Visitors, name: str) -> None:
        self.world = world
        self.name = name
        self.chat = Room(name)
        self.browser = Browser(world.url or "", clock=world.clock)
        self.browser.on_frame = self._hears
        self._opened = self.inside = False  # the browser; the chat in it
        self.menu: set[str] = set()  # of commands, in the room with the bot
        self._pages = 0  # of history, that came
        self._presses: dict[str, Press] = {}

    def __repr__(self) -> str:
        return f"Visitor({self.name!r})"

    def sends(
        self, text: str, chat: Room | None = None, *, reply_to: Shown | None = None, at: datetime | None = None
    ) -> Shown:
        """Writes a message; before having joined, what is asked for at the door."""
        shown = Shown(chat or self.chat)
        text = text.replace(MENTION, CALLED, 1) if text.startswith(MENTION) else text
        self.world.does(self, partial(self._says, shown, text, reply_to, self._moment(at)))
        return shown

    def edits(self, shown: Shown, text: str, *, at: datetime | None = None) -> Shown:
        """Changes an own message."""
        self.world.does(self, partial(self._changes, shown, text, self._moment(at)))
        return shown

    def presses(
        self, label: str, message: Shown | None = None, chat: Room | None = None, *, at: datetime | None = None
    ) -> Press:
        """Presses the button with this label: of that message, else of the latest that has it."""
        for candidate in [message] if message else reversed((chat or self.chat).from_bot):
            data = candidate.data(label)
            if data is not None:
                id, press = str(uuid.uuid4()), Press()
                self._presses[id] = press
                frame = {"t": "press", "id": id, "message": candidate.id, "data": data, "typed": self._moment(at)}
                self.world.does(self, partial(self.browser.send, **frame))
                return press
        raise LookupError(f"no button {label!r} to press in {message or chat or self.chat!r}")

    def _moment(self, at: datetime | None) -> float:
        return at.timestamp() if at else self.world.clock()

    # In their turn

    async def _says(self, shown: Shown, text: str, reply_to: Shown | None, typed: float) -> None:
        if not self.inside:
            await self._knocks(text)
            return
        room = next(number for number, room in self.world.rooms.items() if room is shown.chat)
        reply = await self._number(reply_to) if reply_to else None
        id = str(uuid.uuid4())
        self.world.sent[id] = shown
        await self.browser.send(t="say", id=id, room=room, text=text, reply=reply, typed=typed)

    async def _changes(self, shown: Shown, text: str, typed: float) -> None:
        await self.browser.send(t="edit", message=await self._number(shown), text=text, typed=typed)

    async def _number(self, shown: Shown) -> int:
        """The number of a message, once the chat server has given it one."""
        raw: Message = await self.browser.until(lambda: shown.raw)
        return int(raw["id"])

    async def _knocks(self, text: str) -> None:
        """`/start CODE` opens the link with this code, anything else is typed at the door; a name is agreed to."""
        if not self._opened:
            await self.world.browsers.enter_async_context(self.browser)
            self._opened = True
        await self.world.wait_for(lambda: self.world.url, PATIENCE, "the chat served")
        link = _CODE.fullmatch(text)
        if link:
            answer = await self.browser.get(f"/vao/{link['code']}")
        else:
            answer = await self.browser.post("/vao", data={"code": text})
        if "/vao/dongy" in answer.text:
            answer = await self.browser.post("/vao/dongy")
        if answer.path == "/":
            self.inside = True
            await self.browser.connect()
            await self.browser.until(lambda: self.browser.from_bot(self.browser.room()))
            return
        says = _PAGE_SAYS.search(answer.text)
        assert says is not None, answer.text
        self.chat.door.append(Shown(self.chat, page=html.unescape(says[1] or says[2])))

    async def is_stored(self) -> None:
        """The chat server has all that was sent; the bot perhaps not."""
        await self.browser.until(lambda: all(id in self.browser.acks for id in self.browser.queue))

    async def catches_up(self) -> None:
        """All that was pushed before this is here."""
        before = self._pages
        await self.browser.send_raw({"t": "history", "room": self.browser.room(), "before": 0})
        await self.browser.until(lambda: self._pages > before)

    def _hears(self, frame: dict[str, Any]) -> None:
        match frame["t"]:
            case "welcome":
                for room in frame["rooms"]:
                    private = room["kind"] == "private"
                    self.world.rooms.setdefault(room["id"], self.chat if private else Room(room["title"]))
                    self._is_offered(room["id"], room["commands"])
                for message in frame["messages"]:
                    self.world.show(message)
            case "message":
                self.world.show(frame["message"])
            case "history":
                self._pages += 1
            case "menu":
                self._is_offered(frame["room"], frame["commands"])
            case "notice" if frame["id"] in self._presses:
                press = self._presses[frame["id"]]
                press.answer, press.answered = frame["text"], True
            case "ack" if frame["state"] == "refused" and frame["why"] != "long":
                self.world.goes_wrong(AssertionError(f"refused to {self.name}: {frame['why']}"))
        self.world.bell.ring()

    def _is_offered(self, room: int, commands: Iterable[Sequence[str]]) -> None:
        if self.world.rooms[room] is self.chat:
            self.menu = {name for name, _ in commands}
