"""Messages out: at least once, in order, paced, retried where that helps, and honest about what is not known."""

import asyncio
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest

from bot.channels.pace import Bucket
from storage.engine.transaction import Transaction
from tests.sending.passing import paused, until
from tests.talk import PATIENCE, Talk, talking
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, heard


async def test_an_answer_whose_outcome_is_unknown_is_said_again_once(talk: Talk) -> None:
    """The connection broke after the platform had it: the second one is marked."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("drop_after", times=1, method="sendMessage")
    await an.says("xóm 4 được 3").hears("(gửi lại) ✅ Xóm 4: 3 máy")
    await talk.settled()
    assert len(heard(an.private, "Xóm 4: 3 máy")) == 2


async def test_each_repeat_is_marked(talk: Talk) -> None:
    """Unknown twice: said a third time, and the next answer comes behind it."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("drop_after", times=2, method="sendMessage")
    an.says("xóm 4 được 3")
    await until(talk, lambda: len(heard(an.private, "Xóm 4: 3 máy")) == 3, timedelta(seconds=1))
    await an.says("xóm 5 được 1").hears("✅ Xóm 5: 1 máy")
    marks = [text.startswith("(gửi lại) ") for text in heard(an.private, "Xóm 4: 3 máy")]
    assert marks == [False, True, True]


async def test_what_surely_did_not_arrive_is_sent_again_unmarked(talk: Talk) -> None:
    """What something on the way refuses is retried with back-off, and nobody sees a mark."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("server_error", times=2, method="sendMessage", status=403)
    said = an.says("xóm 4 được 3")
    for tries in (1, 2):
        await talk.emulator.wait_for(lambda n=tries: _failed(talk) == n, timeout=PATIENCE)
        await talk.settled_to(waits)
        talk.clock.advance(timedelta(seconds=31))
    heard_one = await said.hears("✅ Xóm 4: 3 máy")
    assert "(gửi lại)" not in heard_one.text


def _failed(talk: Talk) -> int:
    return sum(call.status == 403 for call in talk.emulator.calls_of("sendMessage"))


def waits(tx: Transaction) -> bool:
    """Whether what was tried in vain is in line again."""
    return tx.one("SELECT 1 FROM outbox WHERE state = 'due' AND attempts > 0") is not None


@pytest.mark.on("telegram")
async def test_too_many_requests_pauses_exactly_as_long_as_it_says(talk: Talk) -> None:
    """Nothing leaves for this chat before; others go on."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    talk.emulator.fail("too_many", times=1, method="sendMessage", chat=an.private, seconds=2)
    said = an.says("xóm 4 được 3")
    await talk.emulator.wait_for(
        lambda: any(call.status == 429 for call in talk.emulator.calls_of("sendMessage")), timeout=PATIENCE
    )
    await binh.says("xóm 5 được 1").hears("1 máy")
    await said.hears("✅ Xóm 4: 3 máy")
    calls = [call for call in talk.emulator.calls_of("sendMessage") if str(call.params["chat_id"]) == str(an.user.id)]
    refused, sent = calls[-2], calls[-1]
    assert refused.status == 429
    assert 2.0 <= sent.monotonic - refused.monotonic < 4.0


async def test_a_person_who_blocked_the_bot_is_left_alone(talk: Talk) -> None:
    """After a 403 nothing more is tried until the person writes again."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("forbidden", times=1, method="sendMessage", chat=an.private)
    await an.says("xóm 4 được 3")
    await talk.settled()
    before = len(talk.emulator.calls_of("sendMessage"))
    talk.clock.set(SUMMARY - timedelta(hours=3) + LITTLE)
    await talk.settled()
    assert len(talk.emulator.calls_of("sendMessage")) == before
    await an.says("xóm 5 được 1").hears("em 4 máy")


async def test_answers_keep_their_order_in_a_chat(talk: Talk) -> None:
    """Also where the first has to be tried again."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("server_error", times=1, method="sendMessage")
    for n in (1, 2, 3):
        an.says(f"xóm {n} được {n}")
    await talk.settled()
    answers = [text[text.index("✅") :].split(":")[0] for text in heard(an.private, "✅")]
    assert answers == ["✅ Xóm 1", "✅ Xóm 2", "✅ Xóm 3"]


async def test_late_answers_are_merged(talk: Talk) -> None:
    """The platform was out for minutes: one message with all of it, not ten."""
    talk.needs("trouble")
    an = await talk.person("An")
    talk.emulator.fail("server_error", times=100, method="sendMessage")
    an.says("xóm 1 được 1")
    await talk.emulator.wait_for(
        lambda: any(call.status >= 500 for call in talk.emulator.calls_of("sendMessage")), timeout=PATIENCE
    )
    an.says("xóm 2 được 2")
    said = an.says("xóm 3 được 3")
    await talk.emulator.all_confirmed(PATIENCE)
    await paused(talk)
    talk.emulator.recover()
    talk.clock.advance(timedelta(minutes=5))
    merged = await said.hears("gộp", "Xóm 1: 1 máy", "Xóm 2: 2 máy", "Xóm 3: 3 máy")
    assert merged.buttons == [["Hoàn tác", "Sửa"]]
    await talk.settled()
    assert len(heard(an.private, "Xóm 3")) == 1


async def test_a_message_that_can_no_longer_be_edited_is_said_anew(talk: Talk) -> None:
    """Its first answer is gone: the correction comes as a message."""
    talk.needs("trouble")
    an = await talk.person("An")
    said = an.says("xóm 4 được 3")
    await said.hears("3 máy")
    talk.emulator.fail("bad_request", method="editMessageText", description="Bad Request: message to edit not found")
    await an.edits(said, "xóm 4 được 4").hears("✏️ Xóm 4: 4 máy")
    assert len(heard(an.private, "Xóm 4")) == 2


async def test_where_reactions_are_refused_words_are_said(talk: Talk) -> None:
    """A group that allows no reactions gets a short answer."""
    talk.needs("trouble")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    talk.emulator.fail("bad_request", method="setMessageReaction", description="Bad Request: REACTION_INVALID")
    await an.says("xóm 4 được 3", group).hears("✅ Xóm 4: 3 máy")


async def test_a_group_that_moved_is_followed_by_a_refused_send(talk: Talk) -> None:
    """The send itself tells the new address."""
    talk.needs("moves")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await talk.stop()
    moved = talk.emulator.migrate(group)
    talk.clock.set(SUMMARY + LITTLE)
    await talk.start()
    await comes(talk, moved, "tổng kết ngày 20/05")


async def test_pace_to_one_chat_and_to_all(tmp_path: Path) -> None:
    """One message a second to a chat; a limit over all holds as well."""
    async with talking(tmp_path, settings={"BACUNG_TELEGRAM__CHAT_RATE": "1"}) as talk:
        an = await talk.person("An")
        start = len(talk.emulator.calls_of("sendMessage"))
        for n in (1, 2, 3):
            an.says(f"xóm {n} được {n}")
        await talk.settled()
        times = [call.monotonic for call in talk.emulator.calls_of("sendMessage")][start:]
        assert len(times) == 3
        assert all(later - earlier >= 0.9 for earlier, later in pairwise(times))


def test_a_clock_that_is_set_back_holds_nothing_up() -> None:
    """What was sent "in the future" is forgotten."""
    bucket = Bucket(1, 1.0)
    bucket.take(10_000.0)
    assert bucket.free_at(5_000.0) == 5_000.0


async def test_answers_go_before_summaries(tmp_path: Path) -> None:
    """A summary never delays an answer: with one message a second over all, the answer overtakes those that wait."""
    async with talking(tmp_path, settings={"BACUNG_TELEGRAM__RATE": "1"}) as talk:
        dung, an, ha = await talk.person("Dũng"), await talk.person("An"), await talk.person("Hà")
        group = await talk.team_chat(dung, an)
        talk.clock.set(SUMMARY + LITTLE)
        await talk.emulator.wait_for(lambda: bool(_summaries(talk)), timeout=PATIENCE)
        await an.says("xóm 4 được 3").hears("Xóm 4: 3 máy")
        assert len(_summaries(talk)) < 3
        for chat in (group, dung.private, ha.private):
            await comes(talk, chat, "tổng kết ngày 20/05")


def _summaries(talk: Talk) -> list[str]:
    texts = [str(call.params["text"]) for call in talk.emulator.calls_of("sendMessage") if call.status == 200]
    return [text for text in texts if "tổng kết ngày" in text]


async def test_a_stop_in_good_order_repeats_nothing(talk: Talk) -> None:
    """What had left was said; what had not is said after the next start, without a mark."""
    people = [await talk.person(name) for name in ("An", "Bình", "Cúc", "Em")]
    houses = count(1)
    for n in range(12):
        for person in people * 3:
            person.says(f"xóm {next(houses)} được 1")
        await asyncio.sleep(0.006 * n)
        await talk.stop()
        await talk.start()
    await talk.settled()
    answers = [text for person in people for text in heard(person.private, "✅")]
    assert len(answers) == len(set(answers)) == 144
    assert [text for text in answers if not text.startswith("✅")] == []
