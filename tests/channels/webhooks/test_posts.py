"""What is posted to a webhook: answered with 200 only once it is stored, closed to everybody else."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from yarl import URL

from bot.channels import webhook
from bot.channels.webhook import LARGEST, Hook, secret_of
from bot.config import Web
from bot.web.server import Server
from storage.engine import sqlite
from tests.channels.webhooks.posting import HEADERS, SECRET, insist, post
from tests.crash.program import hold
from tests.crash.supervisor import free_port, nursery
from tests.talk import PATIENCE, Talk

pytestmark = pytest.mark.on("telegram", "zalo")  # the program itself is the web chat: nobody posts to it


async def test_an_evening_by_webhook(talk: Talk) -> None:
    """The same conversation; nothing is polled."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng 1").hears("✅ Xóm 4: 3 máy, 1 nhà vắng")
    await an.says("sửa 4 máy").hears("✏️ Xóm 4: 4 máy")
    assert talk.emulator.calls_of("getUpdates") == []
    assert talk.emulator.webhook.secret == SECRET
    channel = talk.look(lambda tx: tx.one("SELECT state, detail FROM channels WHERE name <> 'web'"))
    assert tuple(channel) == ("up", "webhook")


async def test_strangers_are_refused(talk: Talk) -> None:
    """No secret, a wrong one, one that is too short or not ASCII: 401, and nothing is looked at."""
    an = await talk.person("An")
    said = await an.says("xóm 4 được 3")
    await said.hears("3 máy")
    body = json.dumps({"message": {"text": "xóm 4 được 9"}}).encode()
    for secret in (None, "", "x", SECRET[:-1], SECRET + "x", "é" * 20):
        assert await post(talk, body, secret) == 401
    assert talk.look(lambda tx: tx.all("SELECT 1 FROM failures")) == []


async def test_a_secret_that_is_no_text_is_wrong(talk: Talk) -> None:
    """Bytes that no encoding knows: 401 as well."""
    await talk.person("An")
    url = URL(talk.emulator.webhook.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST {url.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{HEADERS[talk.platform.name]}: "
    writer.write(head.encode() + b"\xff\xfe\xed\r\n\r\n{}")
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()


async def test_an_empty_probe_is_answered(talk: Talk) -> None:
    """By which platforms look whether anybody is there."""
    await talk.person("An")
    assert await post(talk, b"") == 200
    assert await post(talk, b"", None) == 200


async def test_garbage_is_set_aside_and_answered(talk: Talk) -> None:
    """Or it would come again for ever."""
    an = await talk.person("An")
    for body in (b"{", b"[]", b"7", b"\xff\xfe", b"[" * 100_000, b'{"message": {"text": "\\udc00"}}', b"{}"):
        assert await post(talk, body) == 200
    assert len(talk.look(lambda tx: tx.all("SELECT 1 FROM failures WHERE place = 'payload'"))) == 7
    await an.says("xóm 4 được 3").hears("3 máy")


async def test_bodies_in_other_clothes_count(talk: Talk) -> None:
    """Packed, in UTF-16, and with letters that are none: Java writes an emoji so."""
    an = await talk.person("An")
    said = await an.says("xóm 1 được 1")
    await said.hears("em 1 máy")
    plain = _as_sent(talk, said.shown).decode()
    bodies = []
    for n in range(2, 5):
        update = json.loads(plain)
        message = update.get("result", update)["message"]
        message |= {
            "message_id": f"{n:020x}" if talk.platform.name == "zalo" else 9000 + n,
            "text": f"xóm {n} được 1 X",
        }
        bodies.append(json.dumps(update, ensure_ascii=False))
    headers = {HEADERS[talk.platform.name]: SECRET}
    packed = headers | {"Content-Encoding": "gzip"}
    async with aiohttp.ClientSession() as session:
        for body, how in (
            (gzip.compress(bodies[0].replace(" X", "").encode()), packed),
            (bodies[1].replace("X", r"\ud83d").encode("utf-16"), headers),
            (bodies[2].encode().replace(b"X", b"\xed\xa0\xbd\xed\xb8\x80"), headers),
        ):
            async with session.post(talk.emulator.webhook.url, data=BytesIO(body), headers=how) as answer:
                assert answer.status == 200
    await an.says("xóm 5 được 1").hears("em 5 máy")


async def test_a_post_that_ends_too_early_is_no_trouble(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever hangs up, or packs it wrongly, is told so and fills no log."""
    an = await talk.person("An")
    url = URL(talk.emulator.webhook.url)
    head = f"POST {url.path} HTTP/1.1\r\nHost: x\r\n{HEADERS[talk.platform.name]}: {SECRET}\r\n"
    for packed in ("", "Content-Encoding: gzip\r\n"):
        reader, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(f"{head}{packed}Content-Length: {5 if packed else 50}\r\n\r\nhello".encode())
        await writer.drain()
        if packed:
            assert (await reader.readline()).split()[1] == b"400"
        writer.close()
        await writer.wait_closed()
    await an.says("xóm 4 được 3").hears("em 3 máy")
    assert [record for record in caplog.records if record.levelname == "ERROR" and "bot" in record.name] == []


async def test_too_long_bodies_are_not_read(talk: Talk) -> None:
    """Whether they say how long they are or not."""
    await talk.person("An")
    assert await post(talk, b" " * (LARGEST + 1)) == 413

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (LARGEST // 20)

    headers = {HEADERS[talk.platform.name]: SECRET}
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(talk.emulator.webhook.url, data=parts(), headers=headers) as answer:
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # it hung up before all was sent


@pytest.mark.on("telegram")
async def test_an_edit_posted_after_a_newer_one_changes_nothing(talk: Talk) -> None:
    """Each is answered with 200; the one that was made last stands."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 1")
    await said.hears("em 1 máy")
    sent = {
        "message_id": said.shown.id,
        "date": said.shown.date,
        "chat": {"id": an.user.id, "type": "private"},
        "from": {"id": an.user.id, "is_bot": False, "first_name": "An"},
    }
    for n in (6, 5, 2, 4, 3):
        edited = sent | {"text": f"xóm 4 được {n}", "edit_date": said.shown.date + n}
        assert await post(talk, json.dumps({"update_id": 9000 + n, "edited_message": edited}).encode()) == 200
    await an.says("xóm 5 được 1").hears("em 7 máy")
    assert talk.done_by("hv1") == {"activated": 7}


async def test_what_comes_again_counts_once(talk: Talk) -> None:
    """The same post ten times, at once and later."""
    an = await talk.person("An")
    said = await an.says("xóm 4 được 3")
    await said.hears("3 máy")
    body = _as_sent(talk, said.shown)
    assert await asyncio.gather(*(post(talk, body) for _ in range(10))) == [200] * 10
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 3}
    assert sum("Xóm 4: 3 máy" in text for text in an.private.texts) == 1


def _as_sent(talk: Talk, shown: Any) -> bytes:
    if talk.platform.name == "zalo":
        return str(talk.emulator.world.enveloped("message.text.received", shown)).encode()
    return json.dumps({"update_id": 7, "message": shown.as_json()}).encode()


@pytest.mark.on("telegram")
async def test_different_chats_come_side_by_side(talk: Talk) -> None:
    """Over many connections; what one person wrote and edited stays in order all the same."""
    people = [await talk.person(name) for name in ("An", "Bình", "Cúc")]
    await talk.emulator.webhook.stop()
    for n in range(1, 6):
        for person in people:
            said = person.says(f"xóm {n} được 1")
            person.edits(person.edits(said, f"xóm {n} được 2"), f"xóm {n} được 3, vắng 1")
    talk.emulator.webhook.most_at_once = 0
    talk.emulator.webhook.start()
    await talk.settled()
    assert talk.emulator.webhook.most_at_once == len(people)
    for ref in ("hv1", "hv2", "hv3"):
        assert talk.done_by(ref) == {"activated": 15, "absent": 5}


@pytest.mark.on("telegram")
async def test_an_edit_that_overtakes_its_message(talk: Talk) -> None:
    """What was said before the edit is not meant any more: it comes too late and counts nowhere."""
    an = await talk.person("An")
    await an.says("xóm 1 được 1").hears("em 1 máy")
    await talk.emulator.webhook.stop()
    for text, better in (
        ("xóm 4 được 3", "xóm 4 được 5"),
        ("xóm 6 được 2", "em ăn cơm đã ạ"),
        ("xóm 7 tầm 7", "xóm 7 được 7"),
    ):
        said = an.says(text)
        an.edits(said, better)
    waiting = list(talk.emulator.world.updates.pending.items())
    for id, body in reversed(waiting):
        assert await post(talk, body.encode()) == 200
        talk.emulator.world.updates.confirm(id)
    talk.emulator.webhook.start()
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 13}
    assert not any("Xóm 4: 3 máy" in text or "Xóm 6" in text or "số chính xác" in text for text in an.private.texts)
    await an.says("xóm 8 được 1").hears("em 14 máy")


async def test_a_locked_database_is_no_200(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """503: the platform brings it again; once it can be stored it counts, once."""
    an = await talk.person("An")
    insist(talk)
    await talk.settled()
    await talk.stop()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    await talk.start()
    await an.says("xóm 4 được 1").hears("1 máy")
    said = an.says("xóm 5 được 2")
    await said.hears("em 3 máy")
    body = _as_sent(talk, said.shown)
    held, enough = nursery.Event(), nursery.Event()
    holder = nursery.Process(target=hold, args=(talk.database, held, enough))
    holder.start()
    try:
        assert await asyncio.to_thread(held.wait, PATIENCE)
        assert await post(talk, body) == 503
    finally:
        enough.set()
        await asyncio.to_thread(holder.join, PATIENCE)
    assert await post(talk, body) == 200


async def test_while_nobody_takes_it_it_is_no_200(tmp_path: Path) -> None:
    """Before the program is ready and after its end."""
    taken: list[object] = []

    async def receive(update: object) -> None:
        taken.append(update)

    hook = Hook(f"http://127.0.0.1:{free_port()}/x", SECRET, header="X")
    port = int(hook.url.rpartition(":")[2].partition("/")[0])
    server = Server(Web(port=port))
    server.add(hook.routes)
    await server.start()
    async with aiohttp.ClientSession(headers={"X": SECRET}) as session:

        async def status() -> int:
            async with session.post(hook.url, json={"a": 1}) as answer:
                assert ("Retry-After" in answer.headers) == (answer.status == 503)
                return answer.status

        assert await status() == 503
        with hook.taking(receive):
            assert await status() == 200
        assert await status() == 503
    await server.stop()
    assert taken == [{"a": 1}]


def test_secrets_differ_by_token_and_hide_it() -> None:
    """Where none is set, it is made from the token: the same at each start, and of characters that platforms take."""
    one, two = secret_of(None, SecretStr("1:x")), secret_of(None, SecretStr("2:x"))
    assert one != two
    assert one == secret_of(None, SecretStr("1:x"))
    assert webhook.secret_of(SecretStr("abc"), SecretStr("1:x")) == "abc"
    assert len(one) == 64
    assert one.isalnum()
