"""A browser without a page: speaks the web chat's protocol as the page does, and keeps what is not taken in a queue."""

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import aiohttp

PATIENCE = 20.0
Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plain request got, and at which path it ended."""

    status: int
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Browser:
    """One browser of one person; `url` is where the chat is served, `clock` tells its time as a timestamp."""

    def __init__(
        self,
        url: str,
        *,
        agent: str = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.url = url
        self.agent = agent
        self.clock = clock
        self.messages: dict[int, Message] = {}
        self.acks: dict[str, dict[str, Any]] = {}
        self.notices: list[str] = []
        self.welcome: dict[str, Any] = {}
        self.frames: list[dict[str, Any]] = []  # all that came, in order
        self.on_ack: Callable[[dict[str, Any]], object] = lambda ack: None
        self.on_frame: Callable[[dict[str, Any]], object] = lambda frame: None
        self.queue: dict[str, dict[str, Any]] = {}  # what the bot has not confirmed
        self.closed: int | None = None  # with which code the last connection ended
        self.change: int | None = None
        self.epoch: str | None = None
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"User-Agent": self.agent}
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.disconnect()
        assert self._session is not None
        await self._session.close()

    @property
    def http(self) -> aiohttp.ClientSession:
        """For plain requests with this browser's cookies."""
        assert self._session is not None
        return self._session

    async def get(self, path: str, **more: Any) -> Answer:
        """A request, read whole."""
        async with self.http.get(self.url + path, **more) as response:
            return Answer(response.status, response.url.path, response.headers, await response.read())

    async def post(self, path: str, *, origin: str | None = "", **more: Any) -> Answer:
        """A form sent by a page of ours, or of another `origin`; None: by no page."""
        headers = {} if origin is None else {"Origin": origin or self.url}
        async with self.http.post(self.url + path, headers=headers, **more) as response:
            return Answer(response.status, response.url.path, response.headers, await response.read())

    async def join(self, code: str) -> Answer:
        """Opens a join link and presses."""
        await self.get(f"/vao/{code}")
        return await self.post("/vao/dongy")

    async def until_reached(self) -> None:
        """Waits until the server answers."""
        async with asyncio.timeout(PATIENCE):
            while await self.tries(self.get("/healthz")) is None:  # noqa: ASYNC110 - another process starts
                await asyncio.sleep(0.01)

    async def tries(self, request: Awaitable[Answer]) -> Answer | None:
        """The answer to a request; None where there is none."""
        try:
            return await request
        except (aiohttp.ClientError, ConnectionError):
            return None

    @property
    def is_connected(self) -> bool:
        """Whether it was welcomed and can send."""
        return self._socket is not None

    async def connect(self) -> Self:
        """Opens the socket, and again whenever it closes; returns when it is welcomed."""
        self.welcome, self.closed = {}, None
        self._task = asyncio.create_task(self._stay_connected())
        await self.until(lambda: bool(self.welcome) or self.closed is not None)
        return self

    async def disconnect(self) -> None:
        """Closes the socket; what is queued stays."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def _stay_connected(self) -> None:
        while True:
            with suppress(aiohttp.ClientError, ConnectionError):
                await self._once()
            if self.closed == 4401:
                return
            await asyncio.sleep(0.01)

    async def _once(self) -> None:
        headers = {"Origin": self.url}
        async with self.http.ws_connect(f"{self.url}/ws", headers=headers, max_msg_size=1 << 24) as socket:
            self._socket = None
            await socket.send_json({"t": "hello", "since": self.change, "epoch": self.epoch})
            async for message in socket:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    break
                self._hear(json.loads(message.data))
                if self._socket is None and self.welcome:
                    await self._send_queue(socket)
                    self._socket = socket
            self._socket = None
            self.closed = socket.close_code
            self._news.set()

    async def _send_queue(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """In the order in which it was made, and before anything that is made meanwhile."""
        sent: set[str] = set()
        while left := [id for id in self.queue if id not in sent]:
            for id in left:
                await socket.send_json(self._aged(self.queue[id]))
            sent.update(left)

    def _aged(self, frame: dict[str, Any]) -> dict[str, Any]:
        """What is sent of a frame: how old it is now, where it says when it was `typed`."""
        if "typed" not in frame:
            return frame
        age = max(0, int((self.clock() - frame["typed"]) * 1000))
        return {**{key: value for key, value in frame.items() if key != "typed"}, "age": age}

    def _hear(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        match frame["t"]:
            case "welcome":
                self.welcome = frame
                if frame["reset"]:
                    self.messages.clear()
                for message in frame["messages"]:
                    self._keep(message)
                self.change, self.epoch = frame["change"], frame["epoch"]
            case "message":
                self._keep(frame["message"])
            case "history":
                for message in frame["messages"]:
                    self.messages.setdefault(message["id"], message)
            case "ack":
                self.acks[frame["id"]] = frame
                self.on_ack(frame)
                if frame["state"] in ("taken", "refused"):
                    self.queue.pop(frame["id"], None)
            case "notice":
                self.notices.append(frame["text"])
        self.on_frame(frame)
        self._news.set()

    def _keep(self, message: Message) -> None:
        self.messages[message["id"]] = message
        self.change = max(self.change or 0, message["change"])

    async def until(self, what: Callable[[], Any], why: str = "") -> Any:
        """Waits until something holds."""
        async with asyncio.timeout(PATIENCE):
            while not (found := what()):
                self._news.clear()
                await self._news.wait()
        return found

    # What a person does

    def room(self, kind: str = "private") -> int:
        """The private room, or the team's."""
        return next(int(room["id"]) for room in self.welcome["rooms"] if room["kind"] == kind)

    async def send(self, **frame: Any) -> str:
        """Sends a frame that the server acknowledges; it stays in the queue until then. Its UUID.

        `age`, or `typed`: the moment in which it was made, as a timestamp.
        """
        id = str(frame.setdefault("id", str(uuid.uuid4())))
        self.queue[id] = frame
        await self.send_raw(self._aged(frame))
        return id

    async def send_raw(self, frame: Any) -> None:
        """Sends a frame as it is, where there is a connection."""
        if self._socket is not None:
            with suppress(ConnectionError):
                await self._socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def says(self, text: str, room: int | None = None, **more: Any) -> str:
        """Types a message; its UUID."""
        return await self.send(t="say", room=room or self.room(), text=text, age=0, **more)

    async def presses(self, label: str, message: Message, **more: Any) -> str:
        """Presses a button of a message."""
        data = next(one["data"] for row in message["buttons"] for one in row if one["label"] == label)
        return await self.send(t="press", message=message["id"], data=data, age=0, **more)

    async def taken(self, id: str) -> Message:
        """Waits until the bot has committed a message; the message."""
        ack = await self.until(lambda: (ack := self.acks.get(id)) and ack["state"] == "taken" and ack)
        message: Message = await self.until(lambda: self.messages.get(ack["message"]))
        return message

    async def refused(self, id: str) -> str:
        """Waits until a frame is refused; why."""
        ack = await self.until(lambda: (ack := self.acks.get(id)) and ack["state"] == "refused" and ack)
        return str(ack["why"])

    async def hears(self, *parts: str, room: int | None = None) -> Message:
        """Waits until the bot has said something with all these parts."""

        def said() -> Message | None:
            return next((one for one in self.from_bot(room) if all(part in one["text"] for part in parts)), None)

        try:
            message: Message = await self.until(said)
        except TimeoutError:
            raise AssertionError(f"expected {parts}, heard {[one['text'] for one in self.from_bot(room)]}") from None
        return message

    def from_bot(self, room: int | None = None) -> list[Message]:
        """What the bot has said, the oldest first."""
        ordered = sorted(self.messages.values(), key=lambda message: message["id"])
        return [one for one in ordered if one["from"] is None and (room is None or one["room"] == room)]
