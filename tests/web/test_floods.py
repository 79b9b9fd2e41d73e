"""The web port under idle connections, half requests and floods of pings: all is bounded, and the bot goes on."""

import asyncio
import base64
import os
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from bot.web import doorway
from bot.web.chat import socket as chat_socket
from bot.web.pages import sessions
from tests.crash.supervisor import Supervisor
from tests.emulators import telegram
from tests.talk import CODES, EVENING, PATIENCE, Talk
from tests.web.conftest import Open

pytestmark = pytest.mark.on("telegram")
FILES = 400  # of the bot's process


async def test_idle_connections_do_not_silence_telegram(tmp_path: Path) -> None:
    """Far more of them than the process may open files: messages are answered, and the page is served."""
    async with telegram.Emulator(clock=lambda: supervisor.now().timestamp()) as emulator:
        supervisor = Supervisor(tmp_path, emulator, EVENING)
        supervisor.files = FILES
        await supervisor.start()
        try:
            await supervisor.until(lambda: _answers(supervisor.web_port), "listening")
            with ExitStack() as stack:
                for n in range(2 * FILES):
                    one = stack.enter_context(socket.create_connection(("127.0.0.1", supervisor.web_port), 5))
                    if n % 2:
                        one.sendall(b"GET / HTTP/1.1\r\nHost: local")  # half of a request
                an = emulator.user("An")
                an.sends(f"/start {CODES['An']}", at=supervisor.now())
                await supervisor.settled()
                an.sends("xóm 4 được 3", at=supervisor.now())
                await supervisor.settled()
                assert supervisor.done_by("hv1") == {"activated": 3}
                assert _answers(supervisor.web_port)
            assert supervisor.deaths == 0
        finally:
            await supervisor.stop()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as one:
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return one.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: local",
        b"POST /vao HTTP/1.1\r\nHost: %h\r\nOrigin: http://%h\r\nContent-Length: 999\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ncode=",
    ],
    ids=["nothing", "half a head", "half a body"],
)
async def test_half_a_request_is_not_waited_for(talk: Talk, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    """Whoever connects and does not ask, or never comes to an end, is cut off in time."""
    monkeypatch.setattr(doorway, "BODY_SECONDS", 0.3)
    await talk.url()
    await talk.stop()
    monkeypatch.setattr(doorway, "REQUEST_SECONDS", 0.3)
    await talk.start()
    url = await talk.url()
    reader, writer = await asyncio.open_connection("127.0.0.1", talk.app.server.port)
    if sent:
        writer.write(sent.replace(b"%h", url.removeprefix("http://").encode()))
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionError):
            assert await reader.read() == b""
    writer.close()


async def test_a_socket_that_never_says_hello(web: Open, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is closed after a while."""
    monkeypatch.setattr(chat_socket, "HELLO_SECONDS", 0.2)
    an = await web("An")
    async with an.http.ws_connect(f"{an.url}/ws", headers={"Origin": an.url}) as silent:
        async with asyncio.timeout(PATIENCE):
            await silent.receive()
        assert silent.close_code == 4429


async def test_pings_are_frames(web: Open, talk: Talk) -> None:
    """A flood of them waits as one of messages does: few are answered, and others are served meanwhile."""
    an, binh = await web("An"), await web("Bình")
    cookie = next(one.value for one in an.http.cookie_jar if one.key == sessions.COOKIE)
    reader, writer = await _raw_socket(an.url, talk.app.server.port, cookie)
    ping = bytes([0x89, 0x80]) + os.urandom(4)
    flood = asyncio.create_task(_write_for_ever(writer, ping * 2000))
    try:
        busy = time.process_time()
        await asyncio.sleep(1)
        assert time.process_time() - busy < 0.8
        await binh.taken(await binh.says("xóm 4 được 3"))
        answered = await reader.read(1 << 20)
        assert 0 < answered.count(b"\x8a\x00") <= 300
    finally:
        flood.cancel()
        writer.transport.abort()


async def _raw_socket(url: str, port: int, cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET /ws HTTP/1.1\r\nHost: {url.removeprefix('http://')}\r\nOrigin: {url}\r\n"
        f"Cookie: {sessions.COOKIE}={cookie}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    writer.write(head.encode())
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def _write_for_ever(writer: asyncio.StreamWriter, data: bytes) -> None:
    while True:
        writer.write(data)
        await writer.drain()


async def test_nothing_tells_what_serves(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """No versions in answers, also to what is no request, whose headers do not reach the log."""
    port = (await talk.url()).rpartition(":")[2]
    with caplog.at_level("DEBUG"):
        for sent in (
            b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /vao HTTP/1.1\r\nHost: localhost\r\nCookie: bacung=geheim\r\nBad Header: geheim\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"geheim" * 9000 + b"\r\n\r\n",
            b"\x16\x03\x01geheim\r\n\r\n",
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
            writer.write(sent)
            head = (await reader.read(2000)).decode("utf-8", "replace")
            assert "Server: Bacung\r\n" in head, head
            assert not any(word in head for word in ("aiohttp", "Python"))
            writer.close()
    ours = [record for record in caplog.records if not record.name.startswith(("aiohttp.client", "asyncio"))]
    assert not [record for record in ours if "geheim" in record.getMessage() or record.exc_info]
