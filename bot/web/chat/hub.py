"""Which browsers are connected, and what is pushed to them. Nothing is kept here that storage does not have."""

import asyncio
import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from aiohttp import web

from bot.monitor import Monitor
from bot.web.chat import view
from storage.webchat.posts import Post

NO_SESSION = 4401
UNREADABLE = 4400
TOO_SLOW = 4429
_BEHIND_MOST = 1000  # frames that a browser may lag behind before it is asked to come again
_PRESSES_MOST = 2000
_SOCKETS_A_DEVICE = 5
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Connection:
    """One socket of a browser."""

    def __init__(self, socket: web.WebSocketResponse, person: int, device: int) -> None:
        self.socket = socket
        self.person = person
        self.device = device
        self.in_sight = True  # whether somebody looks at the page
        self.welcomed = False  # set in the welcome's transaction: what was committed before is in it
        self._held: list[str] | None = []  # what was pushed between that commit and the welcome itself
        self._out: asyncio.Queue[str | None] = asyncio.Queue(_BEHIND_MOST)
        self._closing: int | None = None

    def push(self, frame: Mapping[str, Any] | str) -> None:
        """Sends a frame in its turn; a browser that lags too far behind is cut off, and asks again later."""
        said = frame if isinstance(frame, str) else _encoded(frame)
        if self._held is not None:
            self._held.append(said)
        else:
            self._put(said)

    def welcome(self, frame: Mapping[str, Any]) -> None:
        """Sends the welcome, and what happened meanwhile."""
        held, self._held = self._held or [], None
        for said in (_encoded(frame), *held):
            self._put(said)

    def _put(self, said: str) -> None:
        if self._closing is not None:
            return
        try:
            self._out.put_nowait(said)
        except asyncio.QueueFull:
            self.close(TOO_SLOW)

    def close(self, code: int) -> None:
        """Ends the connection after what is in line; at once where the browser does not read."""
        if self._closing is None:
            self._closing = code
            if self._out.full():
                self._out.get_nowait()
            self._out.put_nowait(None)

    async def run_out(self) -> None:
        """Sends what is in line until the connection ends."""
        while (frame := await self._out.get()) is not None:
            await self.socket.send_str(frame)
        await self.socket.close(code=self._closing or 1001)


class Hub:
    """All connections, by person."""

    def __init__(self, monitor: Monitor) -> None:
        self._connections: dict[int, list[Connection]] = defaultdict(list)
        self._presses: OrderedDict[str, Connection] = OrderedDict()
        self._places: dict[int, Mapping[str, Any]] = {}
        self._monitor = monitor
        self.left: Callable[[int], None] = lambda _: None  # called when nobody looks at any page of a person any more

    def all(self) -> list[Connection]:
        """Every connection."""
        return [one for several in self._connections.values() for one in several]

    def add(self, connection: Connection) -> None:
        """A browser came; a device that opens socket after socket loses its oldest."""
        own = [one for one in self._connections[connection.person] if one.device == connection.device]
        for oldest in own[: max(0, len(own) - _SOCKETS_A_DEVICE + 1)]:
            oldest.close(TOO_SLOW)
        self._connections[connection.person].append(connection)
        self._monitor.connected.inc()

    def remove(self, connection: Connection) -> None:
        """It went."""
        self._connections[connection.person].remove(connection)
        if not self._connections[connection.person]:
            del self._connections[connection.person]
        self._monitor.connected.dec()
        self._tell_left(connection.person)

    def sight(self, connection: Connection, *, on: bool) -> None:
        """Somebody looks at the page, or no more."""
        connection.in_sight = on
        self._tell_left(connection.person)

    def is_in_sight(self, person: int) -> bool:
        """Whether somebody looks at a page of this person, as far as their browsers have said."""
        return any(one.in_sight for one in self.of(person))

    def _tell_left(self, person: int) -> None:
        if not self.is_in_sight(person):
            self.left(person)

    def of(self, person: int) -> list[Connection]:
        """Somebody's connections that have been welcomed."""
        return [one for one in self._connections.get(person, ()) if one.welcomed]

    def tell(self, person: int, frame: Mapping[str, Any], *, but: Connection | None = None) -> None:
        """Pushes a frame to all browsers of a person."""
        connections = [one for one in self.of(person) if one is not but]
        if connections:
            said = _encoded(frame)
            for connection in connections:
                connection.push(said)

    def show(self, post: Post, members: Iterable[int]) -> None:
        """Pushes a post to all who are in its room."""
        others: str | None = None
        for person in members:
            connections = self.of(person)
            if not connections:
                continue
            if person == post.person:
                said = _encoded({"t": "message", "message": view.post(post, person)})
            else:
                others = said = others or _encoded({"t": "message", "message": view.post(post, person)})
            for connection in connections:
                connection.push(said)

    def place(self, person: int, place: Mapping[str, Any]) -> None:
        """Pushes the hamlet in use, where it is another than before."""
        if self._places.get(person) != place:
            self._places[person] = place
            self.tell(person, {"t": "place", **place})

    def pressed(self, uuid: str, connection: Connection) -> None:
        """Remembers where a press came from, so that its short answer is shown there."""
        self._presses[uuid] = connection
        while len(self._presses) > _PRESSES_MOST:
            self._presses.popitem(last=False)

    def notice(self, press: str, text: str) -> None:
        """Shows the short answer to a press where it was made; a browser that has gone misses it."""
        connection = self._presses.pop(press, None)
        if connection is not None and text:
            connection.push({"t": "notice", "id": press, "text": text})

    def end(self, which: Callable[[Connection], bool], code: int = NO_SESSION) -> None:
        """Closes the connections of which this is true."""
        for connection in self.all():
            if which(connection):
                connection.close(code)
