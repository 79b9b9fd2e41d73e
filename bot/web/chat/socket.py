"""The socket of the web chat: who may open it, and what comes through it."""

import asyncio
import logging
from contextlib import suppress
from functools import partial
from urllib.parse import quote

from aiohttp import WSMsgType, web

from bot.web import callers
from bot.web.chat import frames, view
from bot.web.chat.frames import Devices, Edit, End, Hello, History, Leave, Press, Read, Say, Sight
from bot.web.chat.hub import NO_SESSION, TOO_SLOW, UNREADABLE, Connection
from bot.web.chat.office import Office
from bot.web.pages.links import sent
from handlers import calendar
from handlers.door import codes
from handlers.texts import plain
from storage.campaign import people
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.talk import documents
from storage.webchat import devices, posts, rooms
from storage.webchat.devices import Device

log = logging.getLogger(__name__)
FRAME_MOST = 64 * 1024  # bytes
CONNECTIONS_MOST = 5000
HELLO_SECONDS = 10.0  # until the first frame
_HEARTBEAT = 25.0  # seconds: below what proxies take for an idle connection
_RATE, _BURST = 40.0, 200.0  # frames a second of one browser; a queue that waited for hours comes at once
_COUNTED = (WSMsgType.TEXT, WSMsgType.PING, WSMsgType.PONG)  # as frames: a flood of pings waits like any other
LOOK_AGAIN = 5.0  # seconds between looks at which devices were ended


def _must_be_welcomed(connection: Connection) -> None:
    if not connection.welcomed:
        connection.close(TOO_SLOW)


class ChatServer:
    """The web chat's socket and files, for browsers with a session."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._database = office.database
        self._hub = office.hub
        self._clock = office.clock

    def routes(self) -> list[web.AbstractRouteDef]:
        """What is served."""
        return [web.get("/ws", self.socket), web.get("/tep/{id:[0-9]{1,15}}", self.file)]

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """The connection of one browser, from its opening to its end."""
        if not callers.is_own_page(request, self._office.settings):
            raise web.HTTPForbidden(text=plain("web.foreign"))
        if len(self._hub.all()) >= CONNECTIONS_MOST:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "30"})
        # Not compressed: zlib's windows would cost more memory than all the rest of a connection.
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=FRAME_MOST, compress=False, autoping=False)
        await socket.prepare(request)
        device = await self._database.read(partial(self._office.device_of, request=request))
        if device is None:
            await socket.close(code=NO_SESSION)
            return socket
        connection = Connection(socket, device.person, device.id)
        self._hub.add(connection)
        out = asyncio.create_task(connection.run_out())
        try:
            await self._read(connection)
        finally:
            self._hub.remove(connection)
            if not out.done() and not socket.closed:
                connection.close(1001)
                with suppress(TimeoutError):
                    await asyncio.wait_for(out, 1)
            out.cancel()
            await asyncio.gather(out, return_exceptions=True)
        return socket

    async def _read(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(HELLO_SECONDS, _must_be_welcomed, connection)
        allowed, since = _BURST, loop.time()
        async for message in connection.socket:
            if message.type not in _COUNTED:
                break
            now = loop.time()
            allowed, since = min(_BURST, allowed + (now - since) * _RATE) - 1, now
            if allowed < 0:
                await asyncio.sleep(-allowed / _RATE)
            if message.type is not WSMsgType.TEXT:
                if message.type is WSMsgType.PING:
                    with suppress(ConnectionError):
                        await connection.socket.pong(message.data)
                continue
            try:
                frame = frames.read(message.data)
            except (ValueError, RecursionError):
                connection.close(UNREADABLE)
                continue
            try:
                await self._act(connection, frame)
            except StorageError as error:
                log.error("storage: %s", error)
                connection.close(1013)

    async def _act(self, connection: Connection, frame: frames.Frame) -> None:
        if isinstance(frame, Hello):
            await self._welcome(connection, frame)
        elif not connection.welcomed:
            connection.close(UNREADABLE)
        elif isinstance(frame, Say | Edit | Press | Read):
            await self._office.desk.put(connection, frame)
        elif isinstance(frame, Sight):
            self._hub.sight(connection, on=frame.on)
        elif isinstance(frame, History):
            await self._history(connection, frame)
        else:
            await self._devices(connection, frame)

    async def _welcome(self, connection: Connection, hello: Hello) -> None:
        """In one transaction with the marks of the device, and before anything newer is pushed."""

        def work(tx: Transaction) -> dict[str, object] | None:
            person = people.by_id(tx, connection.person)
            if person is None or devices.alive(tx, connection.device, self._clock.now()) is None:
                return None
            now = self._clock.now()
            until = codes.reads_until(tx, person, calendar.current(tx, self._office.day_start), now)
            devices.saw(tx, connection.device, now, until=until)
            connection.welcomed = True  # here: what is committed after this is pushed, what was before is in it
            office = self._office
            return view.welcome(tx, person, hello, trial=office.trial, day_start=office.day_start, clock=self._clock)

        welcome = await self._database.write(work)
        if welcome is None:
            connection.close(NO_SESSION)
        else:
            connection.welcome(welcome)

    async def _history(self, connection: Connection, wanted: History) -> None:
        gone = False

        def work(tx: Transaction) -> dict[str, object] | None:
            nonlocal gone
            gone = devices.alive(tx, connection.device, self._clock.now()) is None
            inside = not gone and any(room.id == wanted.room for room in rooms.in_which(tx, connection.person))
            return view.history(tx, wanted.room, connection.person, wanted.before) if inside else None

        page = await self._database.read(work)
        if page is not None:
            connection.push(page)
        elif gone:
            connection.close(NO_SESSION)

    async def _devices(self, connection: Connection, frame: Devices | End | Leave) -> None:
        ended = None

        def work(tx: Transaction) -> list[Device]:
            nonlocal ended
            now = self._clock.now()
            if devices.alive(tx, connection.device, now) is None:
                ended = connection.device
                return []
            wanted = frame.device if isinstance(frame, End) else connection.device if isinstance(frame, Leave) else None
            own = {device.id for device in devices.of_person(tx, connection.person, now)}
            if wanted in own:
                devices.end(tx, wanted, now)
                ended = wanted
            return devices.of_person(tx, connection.person, now)

        known = await self._database.write(work)
        connection.push(view.devices(known, connection.device))
        if ended is not None:
            self.cut({ended})

    def cut(self, ended: set[int]) -> None:
        """These devices were ended just now."""
        self._hub.end(lambda connection: connection.device in ended)

    async def look_after(self) -> None:
        """Ends the connections of devices that were ended elsewhere, or whose person was locked, for ever."""
        while True:
            await asyncio.sleep(LOOK_AGAIN)
            connected = {connection.device for connection in self._hub.all()}
            if not connected:
                continue
            try:
                gone = await self._database.read(partial(self._gone, connected=connected))
            except StorageError as error:
                log.error("storage: %s", error)
                continue
            if gone:
                self.cut(gone)

    def _gone(self, tx: Transaction, *, connected: set[int]) -> set[int]:
        now = self._clock.now()
        return {device for device in connected if devices.alive(tx, device, now) is None}

    async def close(self) -> None:
        """Asks all browsers to come again."""
        self._hub.end(lambda _: True, code=1001)

    async def _document(self, id: int | None) -> web.StreamResponse:
        """A file that lies beside the database."""
        now = self._clock.now()
        known = await self._database.read(partial(documents.of, id=id, now=now)) if id is not None else None
        path = documents.place(self._database.path, known) if known is not None else None
        if known is None or path is None:
            raise web.HTTPGone(text=plain("delivery.file_gone"))
        return sent(path, known)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A picture or file, for those who are in its room."""
        id = int(request.match_info["id"])

        def work(tx: Transaction) -> posts.Content | None:
            device = self._office.device_of(tx, request)
            content = posts.content(tx, id) if device is not None else None
            if content is None or device is None or device.person not in rooms.members(tx, content.room):
                return None
            return content

        content = await self._database.read(work)
        if content is None:
            raise web.HTTPNotFound
        if content.document is not None or content.gone:
            return await self._document(content.document)
        shown = "inline" if content.type in ("image/png", "image/jpeg") else "attachment"
        response = web.Response(body=content.content, content_type=content.type)
        response.headers["Cache-Control"] = "private, max-age=86400"
        response.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(content.name, safe='')}"
        return response
