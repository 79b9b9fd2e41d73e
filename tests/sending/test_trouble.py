"""Pace, platforms out of reach, chats that are gone: what leaves late, and what never does."""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.channels.pace import Pace
from storage.engine.transaction import Transaction
from storage.talk.outbox import Class, Parcel
from storage.talk.passage import State
from tests.emulators.telegram import Call, Chat
from tests.sending.passing import FOR_EVER, passes, paused
from tests.sending.test_delivery import waits
from tests.talk import PATIENCE, Talk
from tests.timetable.test_jobs import LITTLE, NUDGE, SUMMARY, comes, heard

WAY_BACK = timedelta(seconds=31)  # later than any next try


def sends_to(talk: Talk, chat: Chat) -> list[Call]:
    """Every try to send something to a chat."""
    return [call for call in talk.emulator.calls_of("sendMessage") if call.chat_id == chat.id]


async def until(talk: Talk, state: str, tries: int, part: str) -> None:
    """Waits until a row whose key has this part is in a state, after so many tries; meanwhile time passes."""

    def found(tx: Transaction) -> bool:
        row = tx.one(
            "SELECT 1 FROM outbox WHERE key LIKE :part AND state = :state AND attempts >= :tries",
            part=f"%{part}%",
            state=state,
            tries=tries,
        )
        return row is not None

    for n in count():
        if talk.look(found):
            return
        assert n < 1000, f"no row {part} came to be {state}"
        talk.clock.advance(timedelta(seconds=0.2))
        await talk.emulator_pause()


async def test_a_platform_out_of_reach_is_tried_until_it_is_back(talk: Talk) -> None:
    """What surely did not arrive is said when it can be, without a mark."""
    talk.needs("trouble")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.emulator.stop()
    talk.clock.set(SUMMARY + LITTLE)
    await until(talk, "due", 2, "chat")
    await talk.emulator.start()
    talk.clock.advance(WAY_BACK)
    assert (await comes(talk, group, "tổng kết ngày 20/05")).startswith("🌙")
    talk.clock.advance(WAY_BACK)
    await dung.says("xóm 4 được 1").hears("✅")


async def test_what_has_lost_its_sense_while_it_waited_is_dropped(talk: Talk) -> None:
    """A reminder that could not be sent for two hours is not sent any more."""
    talk.needs("trouble")
    binh = await talk.person("Bình")
    await talk.settled()
    await talk.emulator.stop()
    talk.clock.set(NUDGE + LITTLE)
    await until(talk, "due", 1, "nudge")
    talk.clock.advance(timedelta(hours=2))
    await until(talk, "expired", 1, "nudge")
    await talk.emulator.start()
    talk.clock.advance(WAY_BACK)
    await binh.says("xóm 4 được 1").hears("✅")
    assert heard(binh.private, "chưa nhận được báo cáo") == []


@pytest.mark.on("telegram")
@pytest.mark.parametrize("status", [400, 403, 404, 407])
async def test_a_refusal_that_is_not_telegrams_is_waited_out(talk: Talk, status: int) -> None:
    """A proxy answers with a page: nobody has blocked the bot, and what waits is said later."""
    an = await talk.person("An")
    talk.emulator.fail("server_error", method="sendMessage", status=status)
    said = an.says("xóm 4 được 3")
    await talk.emulator.wait_for(lambda: not talk.emulator.api.faults, timeout=PATIENCE)
    await talk.settled_to(waits)
    talk.clock.advance(WAY_BACK)
    assert (await said.hears("✅ Xóm 4: 3 máy")).text.startswith("✅")


async def test_what_waits_for_a_blocked_chat_is_not_tried(talk: Talk) -> None:
    """After a 403 all that stands in line there is given up; whoever writes again is answered again."""
    talk.needs("trouble")
    an = await talk.person("An")
    await talk.settled()
    before = len(sends_to(talk, an.private))
    talk.emulator.fail("server_error", times=100, method="sendMessage", chat=an.private)
    an.says("xóm 1 được 1")
    await talk.emulator.wait_for(lambda: len(sends_to(talk, an.private)) > before, timeout=PATIENCE)
    an.says("xóm 2 được 1")
    an.says("xóm 3 được 1")
    await talk.emulator.all_confirmed(PATIENCE)
    await paused(talk)
    talk.emulator.recover()
    talk.emulator.fail("forbidden", method="sendMessage", chat=an.private)
    talk.clock.advance(WAY_BACK)
    await talk.settled()
    assert [call.status for call in sends_to(talk, an.private)[before:] if call.status != 502] == [403]
    await an.says("xóm 4 được 1").hears("em 4 máy")


async def test_nothing_unasked_goes_to_a_blocked_chat(talk: Talk) -> None:
    """The group is told whom the bot cannot reach, by name."""
    talk.needs("trouble")
    dung, binh = await talk.person("Dũng"), await talk.person("Bình")
    group = await talk.team_chat(dung, binh)
    talk.emulator.fail("forbidden", method="sendMessage", chat=binh.private)
    await binh.says("/trogiup")
    before = len(sends_to(talk, binh.private))
    talk.clock.set(NUDGE + LITTLE)
    assert "Bot không nhắn riêng được cho Bình" in await comes(talk, group, "bạn chưa có báo cáo")
    await talk.settled()
    assert len(sends_to(talk, binh.private)) == before


async def test_a_refused_send_alone_tells_where_a_group_went(talk: Talk) -> None:
    """The updates that tell of it have not come: the summary follows, and so do the reports."""
    talk.needs("moves")
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.settled()
    moved = talk.emulator.migrate(group)
    talk.emulator.updates.pending.clear()
    talk.clock.set(SUMMARY + LITTLE)
    assert (await comes(talk, moved, "tổng kết ngày 20/05")).startswith("🌙")
    await dung.says("xóm 4 được 1", moved).sees("👍")


async def test_when_a_platform_works_again_nobody_waits_for_the_end_of_a_pause(talk: Talk) -> None:
    """After twenty minutes all wait for the next try; the first that arrives brings the others with it."""
    talk.needs("trouble")
    people = [await talk.person(name) for name in ("An", "Bình", "Cúc", "Dũng")]
    await talk.settled()
    talk.emulator.fail("drop_before", times=FOR_EVER, method="sendMessage")
    for person in people[:3]:
        person.says("xóm 4 được 1")
    await passes(talk, timedelta(minutes=20))
    talk.emulator.recover()
    await people[3].says("xóm 4 được 1").hears("✅")
    for person in people[:3]:
        await person.waits("(gửi lại) ✅ Xóm 4: 1 máy")


@pytest.mark.on("telegram")
async def test_a_chat_that_moves_in_a_circle_is_not_followed_for_ever(talk: Talk) -> None:
    """To where it is, or to and fro: tried as seldom as anything that cannot be said now."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    await talk.settled()
    before = len(talk.emulator.calls_of("sendMessage"))
    for one, other in ((an, an), (an, binh), (binh, an)):
        talk.emulator.recover()
        talk.emulator.fail("bad_request", FOR_EVER, method="sendMessage", chat=one.private, said=other.private.id)
        talk.emulator.fail("bad_request", FOR_EVER, method="sendMessage", chat=other.private, said=one.private.id)
        one.says("xóm 4 được 1")
        await talk.emulator.all_confirmed(PATIENCE)
        await asyncio.sleep(0.4)
    assert len(talk.emulator.calls_of("sendMessage")) - before <= 20


async def test_a_summary_in_trouble_does_not_hold_up_answers_in_its_chat(talk: Talk) -> None:
    """Each class has its own line: the lead is answered while the summary waits for its next try."""
    talk.needs("trouble")
    dung = await talk.person("Dũng")
    talk.emulator.fail("server_error", times=1, method="sendMessage", chat=dung.private)
    talk.clock.set(SUMMARY + LITTLE)
    await until(talk, "due", 1, "summary")
    await dung.says("xóm 4 được 1").hears("✅")
    assert heard(dung.private, "tổng kết ngày") == []
    talk.clock.advance(WAY_BACK)
    await comes(talk, dung.private, "tổng kết ngày 20/05")


async def test_answers_that_stay_late_are_merged_under_one_heading(talk: Talk) -> None:
    """Merged, tried in vain, merged with more: each answer once, and the buttons are the last one's."""
    talk.needs("trouble")
    an = await talk.person("An")
    await talk.settled()
    before = len(sends_to(talk, an.private))
    talk.emulator.fail("server_error", times=100, method="sendMessage", chat=an.private)
    said = an.says("xóm 1 được 1")
    await talk.emulator.wait_for(lambda: len(sends_to(talk, an.private)) > before, timeout=PATIENCE)
    an.says("xóm 2 được 1")
    await talk.emulator.all_confirmed(PATIENCE)
    tried = len(sends_to(talk, an.private))
    talk.clock.advance(timedelta(minutes=5))
    await talk.emulator.wait_for(lambda: len(sends_to(talk, an.private)) > tried, timeout=PATIENCE)
    an.says("xóm 3 được 1")
    await talk.emulator.all_confirmed(PATIENCE)
    await paused(talk)
    talk.emulator.recover()
    talk.clock.advance(WAY_BACK)
    merged = await said.hears("Xóm 1", "Xóm 2", "Xóm 3")
    assert merged.text.count("gộp") == 1
    assert merged.text.count("✅") == 3
    await an.presses("Hoàn tác", merged).hears("↩️ Đã rút báo cáo", "Xóm 3: 1 máy")


def parcel(chat: int) -> Parcel:
    """Something for a chat."""
    now = datetime(2023, 5, 20, tzinfo=UTC)
    return Parcel(1, chat, "telegram", str(chat), True, Class.ANSWER, "{}", now, now, None, 0, State.DUE)


def test_no_window_holds_more_than_its_pace() -> None:
    """28 a second over all, one a second to a chat, 20 a minute to a group, and no slower than that."""
    pace = Pace(rate=28, chat_rate=1, group_rate=20)
    groups, start, dice = range(10), datetime(2023, 5, 20, tzinfo=UTC), random.Random(1)
    left: dict[int, list[float]] = {chat: [] for chat in range(60)}
    for tick in range(2_400):
        now = start + timedelta(milliseconds=50 * tick)
        for chat, times in dice.sample(list(left.items()), len(left)):
            if pace.free_at(parcel(chat), group=chat in groups, now=now) <= now.timestamp():
                pace.take(parcel(chat), group=chat in groups, now=now)
                times.append(now.timestamp())
    everything = sorted(moment for times in left.values() for moment in times)
    assert most_within(everything, 1.0) == 28
    assert len(everything) > 28 * 119
    assert {most_within(times, 1.0) for times in left.values()} == {1}
    assert {most_within(left[chat], 60.0) for chat in groups} == {20}


def test_an_answer_finds_a_place_among_a_thousand_summaries() -> None:
    """They leave at the rate, but for one place a second; whoever asks meanwhile waits a tenth of a second at most."""
    pace, start = Pace(rate=28, chat_rate=1, group_rate=20), datetime(2023, 5, 20, tzinfo=UTC)
    left, waited, asked = 0, [], 0
    for tick in range(1000):
        now = start + timedelta(milliseconds=20 * tick)
        if tick % 50 == 25:  # once a second somebody asks
            asked += 1
            answer = parcel(50_000 + asked)
            waited.append(pace.free_at(answer, group=False, now=now) - now.timestamp())
            pace.take(answer, group=False, now=now)
        summary = replace(parcel(left), urgency=Class.SUMMARY)
        while pace.full_until(summary, now) is None:
            pace.take(summary, group=False, now=now)
            left += 1
            summary = replace(parcel(left), urgency=Class.SUMMARY)
    assert left >= 0.95 * 28 * 20
    assert max(waited[2:]) <= 0.15


def most_within(moments: list[float], seconds: float) -> int:
    """The most of these moments that lie within one window, its end not included."""
    most = first = 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - seconds + 1e-6:
            first += 1
        most = max(most, last - first + 1)
    return most


def test_many_chats_told_to_wait_mean_all() -> None:
    """One chat that is told to wait waits alone; where several are, the platform means the bot."""
    pace, now = Pace(rate=28, chat_rate=1, group_rate=20), datetime(2023, 5, 20, tzinfo=UTC)
    pace.pause(1, 5, now)
    assert pace.free_at(parcel(1), group=False, now=now) == now.timestamp() + 5
    assert pace.free_at(parcel(3), group=False, now=now) == now.timestamp()
    pace.pause(2, 7, now)
    assert pace.free_at(parcel(2), group=False, now=now) == now.timestamp() + 7
    assert pace.free_at(parcel(3), group=False, now=now) == now.timestamp() + 5  # from then on only one has to wait
    later = now + timedelta(seconds=5)
    assert pace.free_at(parcel(3), group=False, now=later) == later.timestamp()
