"""A line between two programs that resets, half-closes, hangs and lies, and otherwise carries what they say.

It carries HTTP, one exchange of question and answer after the other, and whatever follows an upgrade to a socket.
"""

import asyncio
import random
import socket
import struct
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from tests.crash.troubles import LIES, Act, Step, Trouble, drawn, lie

_MOST = 2**24
_BROKEN = (ConnectionError, asyncio.IncompleteReadError, OSError)
_AT_ONCE = struct.pack("ii", 1, 0)  # a socket that lingers for no time is reset


@dataclass(slots=True, eq=False)
class _End:
    """One side of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def reset(self) -> None:
        """Breaks it at once: the other side is told that the connection was reset."""
        with suppress(OSError):
            self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.writer.transport.abort()

    async def message(self) -> bytes:
        """A whole question or answer; b"" where the other side has closed."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            if error.partial:
                raise
            return b""
        return head + await self.reader.readexactly(_length(head))


class Line:
    """Listens on `port` and leads to the port `to`; `rates`: of how many exchanges something befalls one, by a word
    at the head of the question, of which the first that is found there counts.

    `honest`: it never says 200 in the place of somebody who did not, as to a platform that would bring nothing again.
    """

    def __init__(self, to: Callable[[], int], dice: random.Random, *, honest: bool = False) -> None:
        self.rates: Mapping[bytes, float] = {}
        self.port = 0
        self.befell: Counter[tuple[Step, Act]] = Counter()
        self._to = to
        self._dice = dice
        self._honest = honest
        self._planned: list[tuple[bytes, Trouble]] = []  # for the next question with this word
        self._ends: set[_End] = set()
        self._held: set[_End] = set()  # of connections that hang, or are half closed
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=_MOST)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        while self._ends:
            for end in list(self._ends):
                end.reset()
            await asyncio.sleep(0.01)

    @property
    def url(self) -> str:
        """Where it begins."""
        return f"http://127.0.0.1:{self.port}"

    def plan(self, word: bytes, trouble: Trouble) -> None:
        """Something befalls the next question that has this word at its head, whatever the rates."""
        self._planned.append((word, trouble))

    def heal(self) -> None:
        """Nothing goes wrong any more; what hangs breaks."""
        self.rates = {}
        self._planned.clear()
        for end in list(self._held):
            end.reset()

    def _drawn(self, words: bytes) -> Trouble | None:
        for word, trouble in self._planned:
            if word in words:
                self._planned.remove((word, trouble))
                return trouble
        rate = next((rate for word, rate in self.rates.items() if word in words), 0.0)
        return drawn(self._dice) if self._dice.random() < rate else None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = _End(reader, writer)
        self._ends.add(client)
        server: _End | None = None
        try:
            server = _End(*await asyncio.open_connection("127.0.0.1", self._to(), limit=_MOST))
            self._ends.add(server)
            while await self._exchange(client, server):
                pass
        except _BROKEN:
            client.reset()
        finally:
            for end in (client, server):
                if end is not None:
                    self._ends.discard(end)
                    end.writer.close()

    async def _exchange(self, client: _End, server: _End) -> bool:
        """One question and its answer; whether another may follow."""
        question = await self._next_question(client, server)
        if not question:
            return False
        trouble = self._drawn(question.partition(b"\r\n")[0])
        step = trouble.step if trouble else None
        if trouble and step in (Step.CONNECTED, Step.ASKED):
            return await self._befall(trouble, client, b"")
        if trouble and step is Step.ASKING:
            await _say(server, question[: len(question) // 2])
            return await self._befall(trouble, client, b"")
        await _say(server, question)
        answer = await self._answer(client, server)
        if trouble and step is not None and not _is_upgrade(answer):
            return await self._befall(trouble, client, answer)
        await _say(client, answer)
        if _is_upgrade(answer):
            await self._stream(client, server, trouble)
            return False
        return bool(answer) and b"connection: close" not in _head(answer)

    async def _next_question(self, client: _End, server: _End) -> bytes:
        """Or nothing, where either side has closed meanwhile."""
        asking = asyncio.ensure_future(client.message())
        ended = asyncio.ensure_future(server.reader.read(1))
        await asyncio.wait([asking, ended], return_when=asyncio.FIRST_COMPLETED)
        if asking.done() and not ended.done():
            await _cancelled(ended)
            return asking.result()
        await asyncio.gather(_cancelled(asking), _cancelled(ended))
        return b""

    async def _answer(self, client: _End, server: _End) -> bytes:
        """Or nothing, where who asked has gone meanwhile."""
        answering = asyncio.ensure_future(server.message())
        gone = asyncio.ensure_future(client.reader.read(1))
        await asyncio.wait([answering, gone], return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            await _cancelled(gone)
            return answering.result()
        await _cancelled(answering)
        raise ConnectionResetError

    async def _befall(self, trouble: Trouble, client: _End, answer: bytes) -> bool:
        """`answer`: the true one, where the question was carried out."""
        act = trouble.act
        if act in LIES and act is not Act.ERROR and self._honest and not answer.startswith(b"HTTP/1.1 200"):
            act = Act.RESET
        self.befell[trouble.step, act] += 1
        if trouble.step is Step.ANSWERING:
            await _say(client, answer[: len(answer) // 2])
        if act in LIES:
            await _say(client, lie(act, self._dice))
        else:
            await self._break(act, client)
        return False

    async def _break(self, act: Act, client: _End) -> None:
        if act is Act.RESET:
            client.reset()
            return
        if act is Act.HALF_CLOSE:
            client.writer.write_eof()
        self._held.add(client)
        try:
            while await client.reader.read(2**16):
                pass
        finally:
            self._held.discard(client)

    async def _stream(self, client: _End, server: _End, trouble: Trouble | None) -> None:
        """Both ways, until either closes, or something befalls it after a moment."""
        ways = [asyncio.ensure_future(_pump(client, server)), asyncio.ensure_future(_pump(server, client))]
        after = self._dice.uniform(0.0, 0.5) if trouble else None
        done, _ = await asyncio.wait(ways, timeout=after, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*map(_cancelled, ways))
        if trouble and not done:
            act = Act.RESET if trouble.act in LIES else trouble.act
            self.befell[trouble.step, act] += 1
            await self._break(act, client)


async def _pump(one: _End, other: _End) -> None:
    while part := await one.reader.read(2**16):
        await _say(other, part)


async def _say(end: _End, words: bytes) -> None:
    end.writer.write(words)
    await end.writer.drain()


async def _cancelled(task: "asyncio.Future[bytes] | asyncio.Future[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, *_BROKEN):
        await task


def _head(message: bytes) -> bytes:
    return message.partition(b"\r\n\r\n")[0].lower()


def _is_upgrade(answer: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 101")


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0
