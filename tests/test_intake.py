"""Messages in: each exactly once, and none that harms another."""

import json
import logging
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.intake import answer
from handlers import calendar
from handlers.messages import Chat, Message, Sender
from handlers.turn import House
from storage.engine.database import session
from tests.talk import CODES, Talk


async def test_a_handlers_bug_harms_only_its_own_message(talk: Talk) -> None:
    """It is kept with masked text and a trace; the person is told to send again; the next message counts."""
    an = await talk.person("An")
    asked = await an.says("khoảng 5 máy").hears("số chính xác")
    with session(talk.database) as tx:
        tx.run("UPDATE drafts SET holes = 'broken'")
    pressed = an.presses("5", asked)
    await pressed.hears("Bot gặp lỗi nên chưa ghi được tin này", "gửi lại")
    await an.says("6").hears("Bot gặp lỗi")
    with session(talk.database) as tx:
        tx.run("DELETE FROM questions")
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    rows = talk.look(lambda tx: tx.all("SELECT place, text, error, trace FROM failures ORDER BY id"))
    assert [row["place"] for row in rows] == ["handler", "handler"]
    assert rows[1]["text"] == "6"
    assert rows[1]["error"].startswith("JSONDecodeError at ")
    assert len({row["trace"] for row in rows}) == 2
    assert talk.done_by("hv1") == {"activated": 3}


async def test_garbage_is_set_aside_and_never_blocks_the_next(talk: Talk) -> None:
    """Broken updates are failures on record; messages around them count."""
    talk.needs("garbage")
    an = await talk.person("An")
    talk.emulator.push({"message": {"text": "3", "cccd": "001303000000"}})
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.emulator.push({"message": {"message_id": "x", "chat": 7}})
    await an.says("xóm 4 được 2").hears("em 5 máy")
    rows = talk.look(lambda tx: tx.all("SELECT place, text FROM failures"))
    assert [row["place"] for row in rows] == ["payload"] * 2
    assert not any("001303000000" in row["text"] for row in rows)


@pytest.mark.on("telegram")
async def test_garbage_that_comes_again_is_set_aside_once(talk: Talk) -> None:
    """Telegram brings it again where the bot died before it confirmed; it is on record once, other garbage too."""
    an = await talk.person("An")
    garbage = {"message": {"message_id": "x", "chat": 7}}
    number = talk.emulator.push(garbage)
    await an.says("xóm 4 được 3").hears("3 máy")
    await talk.settled()
    talk.emulator.restart_ids(number)
    talk.emulator.push(garbage)
    talk.emulator.push(garbage)  # the same under another number
    await an.says("xóm 4 được 2").hears("em 5 máy")
    assert len(talk.look(lambda tx: tx.all("SELECT 1 FROM failures"))) == 2


@pytest.mark.on("telegram")
async def test_half_a_character_harms_nobody(talk: Talk) -> None:
    """JSON can hold what no database takes: the message counts, and so do those around it."""
    an = await talk.person("An")
    half = SimpleNamespace(id=9001, date=int(talk.clock.now().timestamp()), text="xóm 4 được 3 \ud83d")
    talk.emulator.push({"message": _as_sent(half, an.user.id)})
    talk.emulator.push({"message": {"chat": "\udc00"}})
    await an.says("xóm 5 được 2 \N{THUMBS UP SIGN}").hears("em 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}


@pytest.mark.on("telegram", "zalo")
async def test_a_date_that_nobody_can_have_sent_harms_nobody(talk: Talk) -> None:
    """1970 and 9999 are set aside: they are no evening on which anything counts."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("em 3 máy")
    for date in (0, 253_402_300_799):
        if talk.platform.name == "zalo":
            update = json.loads(talk.emulator.world.enveloped("message.text.received", said.shown))
            message = update.get("result", update)["message"]
            message |= {"message_id": f"{date:020x}", "date": date * 1000}
        else:
            update = {"message": _as_sent(said.shown, an.user.id) | {"message_id": 9000 + date, "date": date}}
        talk.emulator.push(update)
    await an.says("xóm 5 được 2").hears("em 5 máy")
    assert talk.done_by("hv1") == {"activated": 5}
    assert len(talk.look(lambda tx: tx.all("SELECT 1 FROM failures WHERE place = 'payload'"))) == 2


async def test_a_failure_that_cannot_be_handled_is_told_all_the_same(talk: Talk) -> None:
    """Even where the message's own time is what no calendar holds."""
    an = await talk.person("An")
    await talk.stop()
    with session(talk.database) as tx:
        (chat,) = tx.all("SELECT channel, address FROM chats WHERE kind = 'private'")
        (sender,) = tx.all("SELECT sender FROM identities")
        event = Message(
            Chat(chat["channel"], chat["address"], True),
            Sender(sender["sender"], "An"),
            "last",
            "xóm 4 được 3",
            datetime(1, 1, 1, tzinfo=UTC),
        )
        answer(tx, event, House(calendar.current(tx, time(4))), talk.clock.now())
    await talk.start()
    await an.says("xóm 5 được 2").hears("em 2 máy")
    assert any("Bot gặp lỗi" in text for text in an.private.texts)


@pytest.mark.on("telegram")
async def test_of_edits_within_a_second_the_last_counts(talk: Talk) -> None:
    """Also where it goes back to what one of them said; and an edit that comes again is one."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("em 3 máy")
    for text, expected in (("xóm 4 được 4", "em 4 máy"), ("xóm 4 được 9", "em 9 máy"), ("xóm 4 được 4", "em 4 máy")):
        await an.edits(said, text).hears(expected)
    assert talk.done_by("hv1") == {"activated": 4}
    edited = _as_sent(said.shown, an.user.id) | {"text": "xóm 4 được 6", "edit_date": said.shown.edit_date}
    number = talk.emulator.push({"edited_message": edited})
    await an.says("xóm 5 được 1").hears("em 7 máy")
    await talk.settled()
    before = len(an.private.texts)
    talk.emulator.restart_ids(number)
    talk.emulator.push({"edited_message": edited})
    await an.says("xóm 5 được 2").hears("em 9 máy")
    assert len(an.private.texts) == before + 2
    versions = talk.look(lambda tx: tx.all("SELECT 1 FROM versions"))
    assert len(versions) == 1 + 4 + 2


@pytest.mark.on("telegram")
@pytest.mark.parametrize("order", [(6, 2, 5, 3, 4), (2, 6, 3, 5, 4), (3, 2, 4, 6, 5)])
async def test_an_older_edit_that_arrives_later_changes_nothing(talk: Talk, order: tuple[int, ...]) -> None:
    """The edit that was made last stands, in whatever order they are handed over."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 1")
    await said.hears("em 1 máy")
    sent = _as_sent(said.shown, an.user.id)
    for n in order:
        talk.emulator.push({"edited_message": sent | {"text": f"xóm 4 được {n}", "edit_date": said.shown.date + n}})
    await an.says("xóm 5 được 1").hears("em 7 máy")
    assert talk.done_by("hv1") == {"activated": 7}


@pytest.mark.on("telegram")
async def test_of_edits_dated_alike_the_number_of_the_update_decides(talk: Talk) -> None:
    """Telegram dates in whole seconds; its update ids rise."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 1")
    await said.hears("em 1 máy")
    sent = _as_sent(said.shown, an.user.id) | {"edit_date": said.shown.date + 1}
    first = talk.emulator.push({"edited_message": sent | {"text": "xóm 4 được 2"}})
    talk.emulator.push({"edited_message": sent | {"text": "xóm 4 được 3"}})
    await an.says("xóm 5 được 1").hears("em 4 máy")
    await talk.emulator.all_confirmed()
    talk.emulator.restart_ids(first)
    talk.emulator.push({"edited_message": sent | {"text": "xóm 4 được 9"}})
    await an.says("xóm 5 được 2").hears("em 6 máy")
    assert talk.done_by("hv1") == {"activated": 6}


@pytest.mark.on("telegram", "zalo")
@pytest.mark.parametrize("text", ["\u200b", "\u3164", " \u2060\ufe0f\u2800 "])
async def test_what_shows_nothing_is_answered_like_a_message_without_words(talk: Talk, text: str) -> None:
    """In private, each time: whoever sent it waits for an answer."""
    an = await talk.person("An")
    for _ in range(2):
        await an.says(text).hears("Bot chỉ đọc được chữ")


@pytest.mark.on("telegram", "zalo")
async def test_who_wrote_what_cannot_be_read_is_told(talk: Talk) -> None:
    """One line in private, once however often it comes; a stranger learns how to join; in a group nothing is said."""
    an, stranger = await talk.person("An"), talk.stranger("Lạ")
    said = an.says("xóm 4 được 3")
    await said.hears("em 3 máy")
    unread = _undated(talk, said.shown, an.user.id)
    talk.emulator.push(unread)
    await an.waits("không đọc được nên chưa ghi gì", "Em nhắn lại bằng tin chữ mới")
    alo = stranger.says("alo")
    await alo.hears("/start kèm mã")
    talk.clock.advance(timedelta(hours=2))
    before = len(stranger.private.from_bot)
    talk.emulator.push(_undated(talk, alo.shown, stranger.user.id))
    await talk.emulator.wait_for(lambda: len(stranger.private.from_bot) == before + 1)
    if talk.platform.name == "telegram":
        group = talk.emulator.group("Tổ", [an.user])
        shown = an.says("chào", group).shown
        talk.emulator.push(
            _undated(talk, shown, an.user.id, chat={"id": group.id, "type": "supergroup", "title": "Tổ"})
        )
        await an.says("xóm 5 được 2").hears("em 5 máy")
        await talk.settled()
        assert not [one for one in group.from_bot if "không đọc được" in one.text]
    assert talk.done_by("hv1") == {"activated": 5 if talk.platform.name == "telegram" else 3}


@pytest.mark.on("telegram")
async def test_words_in_an_update_of_a_new_kind_are_answered(talk: Talk) -> None:
    """In private, where somebody waits; not what is said to others, nor what has no words."""
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("em 3 máy")
    sent = _as_sent(said.shown, an.user.id) | {"message_id": 9001}
    talk.emulator.push({"message_of_next_year": sent})
    await an.waits("không đọc được nên chưa ghi gì")
    before = len(an.private.from_bot)
    talk.emulator.push({"business_message": sent})
    talk.emulator.push({"message_of_next_year": {name: value for name, value in sent.items() if name != "text"}})
    await an.says("xóm 5 được 2").hears("em 5 máy")
    assert len(an.private.from_bot) == before + 1


def _undated(talk: Talk, shown: Any, user: Any, *, chat: dict[str, object] | None = None) -> dict[str, Any]:
    """The message as the platform would bring it with a date that is none."""
    if talk.platform.name == "zalo":
        update: dict[str, Any] = json.loads(talk.emulator.world.enveloped("message.text.received", shown))
        update.get("result", update)["message"] |= {"message_id": f"9{user}", "date": 0}
        return update
    return {"message": _as_sent(shown, user) | {"message_id": 9000, "date": 10**14} | ({"chat": chat} if chat else {})}


@pytest.mark.on("telegram")
async def test_what_comes_again_counts_once(talk: Talk) -> None:
    """Ids that start anew after a silent week, and the same update after a restart."""
    an = await talk.person("An")
    said = await an.says("xóm 4 được 3")
    await said.hears("3 máy")
    await talk.stop()
    talk.emulator.restart_ids()
    talk.emulator.push({"message": _as_sent(said.shown, an.user.id)})
    await talk.start()
    await an.says("xóm 5 được 1").hears("em 4 máy")
    assert talk.done_by("hv1") == {"activated": 4}


def _as_sent(shown: object, user: int) -> dict[str, object]:
    """The same message as Telegram would bring it a second time."""
    return {
        "message_id": shown.id,  # type: ignore[attr-defined]
        "date": shown.date,  # type: ignore[attr-defined]
        "chat": {"id": user, "type": "private", "first_name": "An"},
        "from": {"id": user, "is_bot": False, "first_name": "An"},
        "text": shown.text,  # type: ignore[attr-defined]
    }


async def test_logs_hold_neither_words_nor_token(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """Ids, outcomes and durations only; neither tokens nor codes."""
    with caplog.at_level(logging.DEBUG):
        an = await talk.person("An")
        await an.says("nhà bà Lan cccd 001303000000 được 3").hears("3 máy")
        if "trouble" not in talk.platform.lacks:
            talk.emulator.fail("garbage", method="sendMessage")
        await an.says("xóm 4 được 2").hears("em 5 máy")
    ours = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith(("asyncio", "tests"))
    )
    tokens = [value for name, value in talk.platform.settings.items() if name.endswith("TOKEN")]
    for secret in ("bà Lan", "001303000000", "được 3", CODES["An"], *tokens):
        assert secret not in ours
