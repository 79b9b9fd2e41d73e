"""Zalo over real HTTP: nothing that it delivers is lost or doubled, whatever it does; and what people see there."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels import http
from bot.channels.outcomes import Begun, Outcome, Sent
from bot.channels.telegram import transport
from bot.channels.zalo import client
from bot.channels.zalo.channel import ZaloChannel
from bot.clock import Clock
from bot.config import Zalo
from bot.steady import SteadyClock
from bot.trouble import ChannelRefused
from handlers.messages import Button, Reply
from storage.engine.transaction import Transaction
from tests.emulators import telegram, zalo
from tests.platforms import words_in
from tests.sending.test_delivery import waits
from tests.talk import CODES, PATIENCE, Talk, talking

pytestmark = pytest.mark.on("zalo")
SOON = timedelta(seconds=31)  # later than any next try


@pytest.fixture(params=["once", "twice", "thrice"])
async def served(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Talk]:
    """A talk on a platform that serves each update so often."""
    async with talking(tmp_path, platform="zalo") as talk:
        talk.emulator.updates.serves = {"once": 1, "twice": 2, "thrice": 3}[request.param]
        yield talk


async def test_each_message_counts_once_however_often_it_is_served(served: Talk) -> None:
    """Consumed by the poll that reads it, or served again: all are handled in their order, once."""
    an, binh = await served.person("An"), await served.person("Bình")
    for n in range(1, 11):
        an.says(f"xóm {n} được {n}")
        binh.says(f"xóm {n} được 1")
    await served.settled()
    assert served.done_by("hv1") == {"activated": 55}
    assert served.done_by("hv2") == {"activated": 10}
    answers = [one.text for one in an.private.from_bot if one.text.startswith("✅")]
    assert [text.split(":")[0] for text in answers] == [f"✅ Xóm {n}" for n in range(1, 11)]


async def test_duplicates_count_once(talk: Talk) -> None:
    """The same message id in the same chat, at once, later, and after a restart."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    talk.emulator.repeats(said.shown)
    await said.hears("3 máy")
    talk.emulator.repeats(said.shown)
    await talk.settled()
    await talk.stop()
    talk.emulator.repeats(said.shown)
    await talk.start()
    await an.says("xóm 5 được 1").hears("em 4 máy")
    assert sum("Xóm 4: 3 máy" in text for text in an.private.texts) == 1


async def test_the_same_id_is_the_same_message_whatever_it_says(talk: Talk) -> None:
    """The bot got another name before the message came again: what it is called is part of the text by then."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    said = an.says("xóm 4 được 3", group)
    await said.sees("👍")
    update = json.loads(talk.emulator.world.enveloped("message.text.received", said.shown))
    update.get("result", update)["message"]["text"] = "xóm 4 được 7"
    talk.emulator.push(update)
    await an.says("xóm 5 được 1").hears("em 4 máy")


@pytest.mark.parametrize("wrapped", [True, False])
async def test_both_envelopes_and_both_names_of_photos(talk: Talk, wrapped: bool) -> None:
    """As documented and as captured."""
    talk.emulator.world.wrapped, talk.emulator.world.photo_key = wrapped, "photo" if wrapped else "photo_url"
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    an.user.sends_photo("xóm 5 được 2", at=talk.clock.now())
    await talk.emulator.wait_for(lambda: "em 5 máy" in an.private.texts[-1], timeout=PATIENCE)


async def test_what_has_no_words_is_answered_with_what_to_do(talk: Talk) -> None:
    """Stickers, voices, files."""
    an = await talk.person("An")
    for sends in (an.user.sends_sticker, an.user.sends_voice, an.user.sends_unsupported, an.user.sends_photo):
        before = len(an.private.messages)
        sends(at=talk.clock.now())
        await talk.settled()
        assert "Bot chỉ đọc được chữ" in an.private.texts[-1]
        assert len(an.private.messages) == before + 2


async def test_a_voice_that_answers_the_bot_in_a_group_is_answered(talk: Talk) -> None:
    """Whoever speaks to the bot there is told as well that it only reads."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    an.user.sends_voice(group, at=talk.clock.now(), to_bot=True)
    await talk.settled()
    assert "Bot chỉ đọc được chữ" in group.from_bot[-1].text


@pytest.mark.parametrize("in_200", [True, False])
async def test_an_idle_poll_is_no_trouble(talk: Talk, caplog: pytest.LogCaptureFixture, in_200: bool) -> None:
    """408, inside HTTP 200 and outside: the next poll comes at once, and nothing is logged."""
    talk.emulator.api.errors_in_200 = in_200
    an = await talk.person("An")
    for _ in range(5):
        polls = talk.emulator.api.counts["getUpdates"]
        talk.emulator.updates.end_poll()
        await talk.emulator.wait_for(
            lambda n=polls: talk.emulator.api.counts["getUpdates"] > n and talk.emulator.updates.polling,
            timeout=PATIENCE,
        )
    await an.says("xóm 4 được 3").hears("3 máy")
    assert [record for record in caplog.records if record.name.startswith("bot")] == []


async def test_trouble_with_polling_loses_nothing(talk: Talk) -> None:
    """Server errors, refused tokens, broken connections, too many requests: it goes on, and says so."""
    an = await talk.person("An")
    for kind in ("server_error", "unauthorised", "too_many", "drop_before"):
        talk.emulator.fail(kind, method="getUpdates")
        talk.emulator.updates.end_poll()
        await talk.emulator.wait_for(lambda: not talk.emulator.api.faults, timeout=PATIENCE)
        said = an.says("xóm 4 được 1")
        talk.clock.advance(SOON)
        await said.hears("✅ Xóm 4: 1 máy")
    assert talk.done_by("hv1") == {"activated": 4}


async def test_garbage_is_set_aside_and_never_blocks_the_next(talk: Talk) -> None:
    """What is no update, what is no JSON, and events that nobody knows."""
    an = await talk.person("An")
    talk.emulator.push({"ok": True, "result": {"event_name": "group.joined", "cccd": "001303000000"}})
    talk.emulator.push({"ok": True, "result": ["x"]})
    talk.emulator.push({"ok": True, "result": {"event_name": "message.text.received", "message": {"text": "\udc00"}}})
    await an.says("xóm 4 được 3 \N{THUMBS UP SIGN}").hears("3 máy")
    rows = talk.look(lambda tx: tx.all("SELECT place, text FROM failures"))
    assert [row["place"] for row in rows] == ["payload"] * 3
    assert not any("001303000000" in row["text"] for row in rows)


async def test_stopped_in_the_middle_nothing_is_lost(talk: Talk) -> None:
    """A stop in good order takes what a poll has consumed; what waits at Zalo comes after the next start."""
    an = await talk.person("An")
    for n in range(60):
        an.says(f"xóm {n} được 1")
        if n % 6 == 5:
            await talk.stop()
            await talk.start()
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 60}


async def test_an_unknown_token_ends_the_program_with_one_line(tmp_path: Path) -> None:
    """Which says what to do, without the token."""
    with pytest.raises(ChannelRefused, match="Zalo does not know the token of zalo: copy it again") as caught:
        async with talking(tmp_path, platform="zalo", settings={"BACUNG_ZALO__TOKEN": "1:geheim"}) as talk:
            await talk.ended()
    assert "geheim" not in str(caught.value)


async def test_logs_hold_neither_words_nor_token(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """Ids, outcomes and durations only, also where calls fail."""
    with caplog.at_level(logging.DEBUG):
        an = await talk.person("An")
        for kind in ("garbage", "drop_after", "server_error", "bad_request"):
            talk.emulator.fail(kind, method="sendMessage")
            await an.says("nhà bà Lan cccd 001303000000 được 3")
            talk.clock.advance(SOON)
            await talk.settled()
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("asyncio"))
    for secret in ("bà Lan", "001303000000", talk.emulator.token, talk.emulator.token.partition(":")[2], "được 3"):
        assert secret not in logged


async def test_too_many_requests_are_waited_out(talk: Talk) -> None:
    """A 429 says nothing of how long: the answer comes later, unmarked."""
    an = await talk.person("An")
    talk.emulator.fail("too_many", method="sendMessage")
    said = an.says("xóm 4 được 3")
    await talk.emulator.wait_for(lambda: talk.emulator.calls[-1].status == 429, timeout=PATIENCE)
    await talk.settled_to(waits)
    talk.clock.advance(SOON)
    assert (await said.hears("✅ Xóm 4: 3 máy")).text.startswith("✅")


async def test_a_long_answer_comes_in_parts() -> None:
    """What is longer than Zalo takes is split: each part is a message of its own, sent and tried by itself."""
    text = "\n".join(f"Xóm {n}: {n} máy, {n % 7} nhà vắng" for n in range(150))
    async with zalo.Emulator() as emulator:
        an = emulator.user("An")
        an.sends("chào")
        channel = ZaloChannel(
            Zalo(token=SecretStr(emulator.token), base_url=emulator.url), SteadyClock(Clock()), note=_unnoted
        )
        try:
            outcome: Outcome = Begun(text)
            reply = Reply(text, ((Button("Hoàn tác", "o1:undo"),),))
            while isinstance(outcome, Begun):
                outcome = await channel.send(an.id, reply, key="1", silent=False)
                reply = Reply(outcome.rest) if isinstance(outcome, Begun) else reply
            assert isinstance(outcome, Sent)
            parts = [one.said for one in an.chat.from_bot]
            assert "\n".join(parts) == f"{text}\n👉 Nhắn lại: Hoàn tác"
            assert all(len(part) <= 2000 for part in parts)
        finally:
            await channel.close()


async def test_the_rest_of_a_long_answer_comes_when_it_can(talk: Talk) -> None:
    """The allowance ends in the middle of an answer: its beginning is not said again, its end is said later."""
    an = await talk.person("An")
    await talk.settled()
    talk.emulator.api.allowance = before = talk.emulator.api.sent
    for n in range(1, 50):
        an.says(f"nhà bà Nguyễn Thị Lan xóm {n} được 1")
    await talk.emulator.all_confirmed(PATIENCE)
    await talk.settled_to(waits)
    talk.emulator.api.allowance = before + 1
    talk.clock.advance(timedelta(minutes=10))  # by now all are one answer
    await talk.emulator.wait_for(lambda: talk.emulator.api.sent == before + 1, timeout=PATIENCE)
    await talk.emulator.wait_for(lambda: talk.emulator.calls[-1].status == 429, timeout=PATIENCE)
    talk.emulator.api.allowance = 3000
    while talk.look(open_rows):
        talk.clock.advance(SOON)
        await talk.emulator_pause()
    said = "\n".join(one.said for one in an.private.from_bot)
    assert "(gửi lại)" not in said
    assert [said.count(f"Lan, xóm {n}: 1 máy") for n in range(1, 50)] == [1] * 49


def open_rows(tx: Transaction) -> bool:
    """Whether anything is still to be sent."""
    return tx.one("SELECT 1 FROM outbox WHERE state IN ('due', 'sending')") is not None


@pytest.mark.parametrize("status", [400, 403, 404, 407])
async def test_a_refusal_that_is_not_zalos_is_waited_out(talk: Talk, status: int) -> None:
    """A check of browsers or a proxy answers with a page: nobody has blocked the bot, and what waits is said later."""
    an = await talk.person("An")
    talk.emulator.fail("server_error", method="sendMessage", status=status)
    said = an.says("xóm 4 được 3")
    await talk.emulator.wait_for(lambda: not talk.emulator.api.faults, timeout=PATIENCE)
    await talk.settled_to(waits)
    talk.clock.advance(SOON)
    assert (await said.hears("✅ Xóm 4: 3 máy")).text.startswith("✅")


async def test_polls_that_bring_nothing_or_several(talk: Talk) -> None:
    """An empty result is an idle poll, nothing to set aside; a list is as many messages."""
    an = await talk.person("An")
    for nothing in ({"ok": True}, {"ok": True, "result": None}, {"ok": True, "result": {}}, {"ok": True, "result": []}):
        talk.emulator.push(nothing)
    chat = {"id": an.user.id, "chat_type": "PRIVATE"}
    date, sender = int(talk.clock.now().timestamp() * 1000), {"id": an.user.id, "display_name": "An"}
    messages = [
        {"message_id": f"{n:020x}", "date": date, "chat": chat, "from": sender, "text": f"xóm {n} được {n}"}
        for n in (4, 5)
    ]
    talk.emulator.push(
        {"ok": True, "result": [{"event_name": "message.text.received", "message": one} for one in messages]}
    )
    await an.says("xóm 6 được 1").hears("em 10 máy")
    assert talk.look(lambda tx: tx.all("SELECT 1 FROM failures")) == []


async def test_an_answer_that_never_ends_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letter by letter, for ever: given up, since others wait behind it."""
    monkeypatch.setattr(http, "CONNECT", 0.1)

    hung_up = asyncio.Semaphore(0)

    async def trickle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        with suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.01)
            await writer.wait_closed()
        hung_up.release()

    server = await asyncio.start_server(trickle, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    on_zalo, on_telegram = client.Client(url, "1:x"), transport.AiohttpRequest()
    await on_telegram.initialize()
    try:
        with pytest.raises(http.Unanswered):
            await on_zalo.call("sendMessage", {}, read=0.1)
        with pytest.raises(http.Unanswered):
            await on_telegram.fetch(url, {}, 0.1)
    finally:
        await on_zalo.close()
        await on_telegram.shutdown()
        for _ in range(2):
            await hung_up.acquire()
        server.close()


async def _unnoted(username: str, up: bool, detail: str) -> None:
    """Nobody looks at it."""


async def test_words_to_send_back_work_as_they_stand(talk: Talk) -> None:
    """Each word that the bot offers can be sent back: labels and commands."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    asked = await an.says("hôm nay được 15").hears("Sửa còn 15 chứ?")
    assert list(words_in(asked.said)) == ["Sửa còn 15", "Giữ 18", "Xem từng tin"]
    await an.says("xem từng tin").hears("1. 19:30 Xóm 4: 18 máy")
    await an.says("sửa còn 15").hears("em 15 máy")
    await an.says("xóm 5 được 18").hears("Xóm 5")
    asked = await an.says("máy 2").hears("Em muốn ghi thế nào?")
    assert list(words_in(asked.said)) == ["Thêm 2 máy", "Không tính"]
    await an.says("thêm 2 máy").hears("em 35 máy")


async def test_corrections_in_words(talk: Talk) -> None:
    """Without buttons and edits: sửa and hủy, as people write."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng 1").hears("✅ Xóm 4: 3 máy, 1 nhà vắng")
    await an.says("sửa 4 máy").hears("✏️ Xóm 4: 4 máy (trước là 3), 1 nhà vắng · Hôm nay em 4 máy")
    await an.says("nhầm, 5 chứ không phải 4").hears("✏️ Xóm 4: 5 máy (trước là 4), 1 nhà vắng")
    await an.says("hủy").hears("↩️ Đã rút báo cáo", "Xóm 4: 5 máy")
    assert talk.done_by("hv1") == {}


async def test_people_stay_with_the_bot_that_they_joined(tmp_path: Path) -> None:
    """Two bots share a campaign: each answers its own people, and both count into one team."""
    async with zalo.Emulator(token="2:other", name="Ba Cùng 2") as other:
        folder = tmp_path / "two.toml"
        folder.write_text(
            f'[[zalo]]\n[[zalo]]\ntoken = "{other.token}"\nbase_url = "{other.url}"\nchat_rate = 0\npoll_rate = 0\n',
            encoding="utf-8",
        )
        async with talking(tmp_path, platform="zalo", settings={"BACUNG_CONFIG": str(folder)}) as talk:
            an, binh = await talk.person("An"), other.user("Bình", user_id=talk.emulator.user("Ai đó").id)
            binh.start(CODES["Bình"], at=talk.clock.now())
            await other.wait_for(lambda: binh.chat.from_bot, timeout=PATIENCE)
            binh.sends("xóm 4 được 3", at=talk.clock.now())
            await other.wait_for(lambda: "cả tổ 3" in binh.chat.texts[-1], timeout=PATIENCE)
            await an.says("xóm 4 được 2").hears("em 2 máy, cả tổ 5")
            assert talk.done_by("hv2") == {"activated": 3}


async def test_one_person_on_two_platforms_is_one_person(tmp_path: Path) -> None:
    """Joined on Zalo and on Telegram: one in every total, answered where the message came from."""
    async with telegram.Emulator() as other:
        settings = {"BACUNG_TELEGRAM__TOKEN": other.token, "BACUNG_TELEGRAM__BASE_URL": other.url}
        async with talking(tmp_path, platform="zalo", settings=settings) as talk:
            an, there = await talk.person("An"), other.user("An")
            there.start(CODES["An"], at=talk.clock.now())
            await other.wait_for(lambda: there.chat.from_bot, timeout=PATIENCE)
            assert "tài khoản Telegram khác" in (await _last(talk, an.private))
            await an.says("xóm 4 được 2").hears("em 2 máy")
            there.sends("xóm 5 được 3", at=talk.clock.now())
            await other.wait_for(lambda: "em 5 máy, cả tổ 5" in there.chat.texts[-1], timeout=PATIENCE)
            assert talk.done_by("hv1") == {"activated": 5}
            assert talk.look(_reporters) == 1


async def _last(talk: Talk, chat: zalo.Chat) -> str:
    await talk.settled()
    return chat.texts[-1]


def _reporters(tx: Transaction) -> int:
    row = tx.one("SELECT count(DISTINCT person) AS n FROM reports")
    return int(row["n"]) if row else 0
