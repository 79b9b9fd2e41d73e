"""Platforms that say what makes no sense: the bot goes on, waits within bounds, and reads no more than it needs."""

import asyncio
import socket
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.channels import http
from bot.channels.http import Http, seconds_in
from bot.channels.outcomes import Later, MovedTo, Outcome, Unknown
from bot.channels.telegram.channel import POLL_BYTES, TelegramChannel
from bot.clock import Clock
from bot.config import Telegram
from bot.steady import SteadyClock
from handlers.messages import Reply
from storage.engine.transaction import Transaction
from storage.talk.pictures import Picture
from tests.sending.passing import FOR_EVER, passes
from tests.talk import PATIENCE, Talk

BETWEEN = 16 * 2**20  # bytes that stand in the buffers of a connection, sent and not read
SENSELESS: list[object] = [10**12, "abc", -5, 0, "", [], {}, True, 1e300, "1" * 400, "10000000000000"]


@pytest.mark.on("telegram")
@pytest.mark.parametrize("said", SENSELESS, ids=repr)
async def test_a_wait_that_makes_no_sense(talk: Talk, said: object) -> None:
    """The program goes on, nothing stays on its way, few requests are made, and what waits is said in the end."""
    an = await talk.person("An")
    await talk.settled()
    before = len(talk.emulator.calls_of("sendMessage"))
    talk.emulator.fail("too_many", times=FOR_EVER, method="sendMessage", chat=an.private, said=said)
    heard = an.says("xóm 4 được 3")
    await talk.emulator.wait_for(lambda: len(talk.emulator.calls_of("sendMessage")) > before, PATIENCE)
    await talk.settled_to(_waits)
    await asyncio.sleep(0.3)
    assert len(talk.emulator.calls_of("sendMessage")) - before <= 3
    talk.emulator.recover()
    talk.clock.advance(timedelta(minutes=61))
    await heard.hears("✅ Xóm 4: 3 máy")


def _waits(tx: Transaction) -> bool:
    row = tx.one("SELECT count(*) AS n, sum(state = 'due') AS due FROM outbox WHERE state IN ('due', 'sending')")
    return row is not None and row["n"] == row["due"] == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((none, None) for none in (*SENSELESS[1:8], "1" * 400, None, float("nan"), float("inf"))),
        *((long, 3600.0) for long in (10**12, "10000000000000", 3601, 1e300)),
        *((sound, 30.0) for sound in (30, 30.0, "30", " 30 ")),
    ],
)
def test_waits_within_bounds(said: object, expected: float | None) -> None:
    """From nothing to an hour."""
    assert seconds_in(said) == expected


@pytest.mark.parametrize(
    "body", [b"[]", b'"x"', b"null", b'{"ok":false}', b'{"ok":false,"parameters":[1]}', b"{" * 9999]
)
@pytest.mark.parametrize("status", [400, 403, 413, 429, 500, 502])
async def test_refusals_of_any_shape(body: bytes, status: int) -> None:
    """Each ends in an outcome; a server that is out of order may have done it."""
    outcome = await _sent_to(_answering(status, body))
    assert status < 500 or isinstance(outcome, Unknown)


async def test_a_group_that_moved_to_no_address() -> None:
    """An id that is none is not followed; one that is, is."""
    for said, moved in (("x", False), (True, False), (10**30, False), (-1001, True)):
        body = f'{{"ok":false,"description":"moved","parameters":{{"migrate_to_chat_id":{_json(said)}}}}}'
        outcome = await _sent_to(_answering(400, body.encode()))
        assert isinstance(outcome, MovedTo) is moved


def _json(value: object) -> str:
    return "true" if value is True else f'"{value}"' if isinstance(value, str) else str(value)


def _answering(status: int, body: bytes) -> Any:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (status, len(body), body))
        await writer.drain()
        writer.close()

    return answer


async def _sent_to(handle: Any, picture: Picture | None = None) -> Outcome:
    """What came of saying something to a server."""
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    settings = Telegram(token=SecretStr("1:x"), base_url=url)
    channel = TelegramChannel(settings, SteadyClock(Clock()), note=_unnoted)
    try:
        return await channel.send("5", Reply("x"), key="1", silent=False, picture=picture)
    finally:
        await channel.close()
        server.close()


async def _unnoted(username: str, up: bool, detail: str) -> None:
    """Nobody looks at it."""


async def _reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads the beginning of a request and breaks the connection."""
    await reader.read(1000)
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.close()


async def test_what_never_left_whole_is_no_unknown_outcome() -> None:
    """The connection broke in the middle of a picture: nobody can have shown it. Once all has left, nobody knows."""
    large = Picture(1, "x.png", "image/png", 800, 600, datetime.now(UTC), bytes(30_000_000))
    assert isinstance(await _sent_to(_reset, large), Later)
    assert isinstance(await _sent_to(_reset), Unknown)


@pytest.mark.on("telegram", "zalo")
async def test_an_answer_without_end_is_not_read(talk: Talk) -> None:
    """What came of it is unknown: said again, marked, once the platform is well; little of the answer is read."""
    an = await talk.person("An")
    await talk.settled()
    talk.emulator.fail("endless", times=1, method="sendMessage")
    await an.says("xóm 4 được 3").hears("(gửi lại) ✅ Xóm 4: 3 máy")
    (served,) = [call.served for call in talk.emulator.calls_of("sendMessage") if call.error == "endless"]
    assert served < http.CALL_MOST + BETWEEN


@pytest.mark.on("telegram")
async def test_updates_without_end_are_asked_for_more_seldom(talk: Talk) -> None:
    """And fewer at a time, since a hundred long ones may be meant; then all is as before."""
    an = await talk.person("An")
    await talk.settled()
    talk.emulator.fail("endless", times=FOR_EVER, method="getUpdates")
    an.says("xóm 5 được 1")  # brought by the poll that waits already
    await passes(talk, timedelta(minutes=5))
    polls = [call for call in talk.emulator.calls_of("getUpdates") if call.error == "endless"]
    assert 3 <= len(polls) <= 15
    assert min(int(call.params["limit"]) for call in polls) == 1
    assert max(call.served for call in polls) < POLL_BYTES + BETWEEN
    talk.emulator.recover()
    said = an.says("xóm 4 được 3")
    await passes(talk, timedelta(minutes=1))
    await said.hears("✅ Xóm 4: 3 máy")


@pytest.mark.on("telegram")
@pytest.mark.parametrize("id", [None, "7", -1, True, 2**70, 1.5], ids=repr)
async def test_updates_without_usable_ids(talk: Talk, id: object) -> None:
    """They cannot be confirmed and come again as fast as they are asked for: asked for more and more seldom."""
    await talk.person("An")
    await talk.settled()
    talk.emulator.push_raw({"message": {"text": "x"}} | ({} if id is None else {"update_id": id}))
    await asyncio.sleep(0.4)
    polls = len(talk.emulator.calls_of("getUpdates"))
    await asyncio.sleep(0.4)
    assert len(talk.emulator.calls_of("getUpdates")) - polls <= 2
    before = len(talk.emulator.calls_of("getUpdates"))
    await passes(talk, timedelta(minutes=10))
    assert len(talk.emulator.calls_of("getUpdates")) - before <= 25
    failures = talk.look(lambda tx: tx.all("SELECT place FROM failures"))
    assert [row["place"] for row in failures] == ["payload"]


async def test_a_proxy_that_refuses_to_connect_is_no_unknown_outcome() -> None:
    """Nothing was sent through it."""
    server = await asyncio.start_server(_answering(403, b"no"), "127.0.0.1", 0)
    through = Http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    try:
        with pytest.raises(http.Unreached):
            await through.post("https://127.0.0.1:1/", read=1, data=b"x")
    finally:
        await through.close()
        server.close()
