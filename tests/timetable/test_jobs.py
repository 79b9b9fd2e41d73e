"""What the bot says unasked: on time, once, made up where it still makes sense, held in quiet hours."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.figures.said import worth_asking
from storage.engine.database import session
from storage.engine.errors import StorageError
from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from tests.emulators.telegram import Chat
from tests.talk import PATIENCE, ZONE, Talk, talking

NUDGE = datetime(2023, 5, 20, 21, 30, tzinfo=ZONE)
SUMMARY = datetime(2023, 5, 21, 0, 30, tzinfo=ZONE)
DIGEST = datetime(2023, 5, 21, 6, 30, tzinfo=ZONE)
LITTLE = timedelta(seconds=2)


def heard(chat: Chat, part: str) -> list[str]:
    """The bot's messages in a chat that have this part."""
    return [one.text for one in chat.messages if one.from_bot and part in one.text]


async def comes(talk: Talk, chat: Chat, part: str, times: int = 1) -> str:
    """Waits for a message of the bot, and for its number to be right."""
    await talk.emulator.wait_for(lambda: len(heard(chat, part)) >= times, timeout=PATIENCE)
    assert len(heard(chat, part)) == times
    return heard(chat, part)[-1]


async def done(talk: Talk, job: str, times: int = 1) -> None:
    """Waits until the schedule has settled so many occasions of a job."""
    for _ in range(1000):
        row = talk.look(
            lambda tx: tx.one("SELECT count(*) AS n FROM job_runs WHERE job = :job AND outcome <> 'begun'", job=job)
        )
        if row["n"] >= times:
            return
        await talk.emulator_pause()
    raise AssertionError(f"{job} was not settled")


async def test_the_nights_summary_goes_to_all_whom_it_concerns(talk: Talk) -> None:
    """The team's group, the lead and the commune's officer get it at half past midnight, once."""
    dung, an, ha = await talk.person("Dũng"), await talk.person("An"), await talk.person("Hà")
    group = await talk.team_chat(dung, an)
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("3 máy")
    await an.says("tầm 5 máy").hears("số chính xác")
    talk.clock.set(SUMMARY + LITTLE)
    text = await comes(talk, group, "tổng kết ngày 20/05")
    assert text.startswith("🌙 Xã Xuân Thu, tổng kết ngày 20/05")
    assert "An: 3 máy" in text
    assert "Bình: chưa có báo cáo" in text
    assert "1 tin chưa rõ số" in text
    assert "bà Lan" not in text
    await comes(talk, dung.private, "tổng kết ngày 20/05")
    await comes(talk, ha.private, "tổng kết ngày 20/05")
    assert heard(an.private, "tổng kết ngày") == []


async def test_students_without_a_report_get_a_friendly_word(talk: Talk) -> None:
    """Privately, with a button for zero; the group gets a number and no names."""
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    group = await talk.team_chat(dung, an, binh)
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, binh.private, "chưa nhận được báo cáo")
    text = await comes(talk, group, "còn 3 bạn chưa có báo cáo")
    assert not any(name in text for name in ("An", "Bình", "Cúc", "Dũng"))
    assert heard(an.private, "chưa nhận được báo cáo") == []
    await binh.presses("Hôm nay 0 máy", binh.private.messages[-1]).hears("0 máy")
    await talk.settled()
    day_off = next(one for one in dung.private.messages if one.from_bot and "chưa nhận được báo cáo" in one.text)
    await dung.presses("Xin nghỉ", day_off).hears("nghỉ")
    talk.clock.set(SUMMARY + LITTLE)
    summary = await comes(talk, group, "tổng kết ngày")
    assert "Dũng: nghỉ" in summary
    assert "Bình: 0 máy" in summary


async def test_the_morning_digest(talk: Talk) -> None:
    """The officers of the campaign get all communes in the morning; a commune's officer does not."""
    an, khoa, ha = await talk.person("An"), await talk.person("Khoa"), await talk.person("Hà")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(DIGEST + LITTLE)
    text = await comes(talk, khoa.private, "ngày 20/05")
    assert "Xuân Thu: 3" in text
    assert heard(ha.private, "☀️") == []


async def test_what_takes_long_to_read_keeps_nobody_from_writing(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much of the day is worth a question is counted once for all officers, where nothing can be written."""
    khoa = await talk.person("Khoa")
    refused: list[str] = []

    def number(tx: Transaction, *_: object) -> int:
        try:
            tx.run("UPDATE meta SET value = value")
        except StorageError as error:
            refused.append(type(error).__name__)
        return 7

    monkeypatch.setattr(worth_asking, "number", number)
    talk.clock.set(DIGEST + LITTLE)
    assert "🔎 7 điều nên hỏi" in await comes(talk, khoa.private, "ngày 20/05")
    assert len(refused) == 1


async def test_a_bug_in_it_costs_the_number_alone(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest comes all the same, with the way to look."""
    khoa = await talk.person("Khoa")

    def number(*_: object) -> int:
        raise ValueError("a bug")

    monkeypatch.setattr(worth_asking, "number", number)
    talk.clock.set(DIGEST + LITTLE)
    assert "🔎 Điều nên hỏi: /luuy" in await comes(talk, khoa.private, "ngày 20/05")


async def test_what_was_missed_is_made_up_and_marked(talk: Talk) -> None:
    """Down at half past midnight, up at seven: the summary comes once, marked as late."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.stop()
    talk.clock.set(SUMMARY + timedelta(hours=6, minutes=30))
    await talk.start()
    text = await comes(talk, group, "tổng kết ngày 20/05")
    assert text.startswith("(gửi muộn) ")
    await talk.stop()
    await talk.start()
    await done(talk, "summary")
    await talk.settled()
    assert len(heard(group, "tổng kết ngày")) == 1


@pytest.mark.parametrize(("after", "late"), [(1.5, False), (2.5, True), (9.9, True)])
async def test_minutes_after_its_time_is_late(talk: Talk, after: float, late: bool) -> None:
    """Back 9.9 minutes after half past midnight, the summary is marked; a minute of a bad line is not late."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.stop()
    talk.clock.set(SUMMARY + timedelta(minutes=after))
    await talk.start()
    assert (await comes(talk, group, "tổng kết ngày 20/05")).startswith("(gửi muộn) 🌙") is late


async def test_what_has_lost_its_sense_is_dropped(talk: Talk) -> None:
    """The evening's reminder is not said the next morning."""
    binh = await talk.person("Bình")
    await talk.stop()
    talk.clock.set(NUDGE + timedelta(hours=10))
    await talk.start()
    await done(talk, "nudge")
    await talk.settled()
    assert heard(binh.private, "chưa nhận được báo cáo") == []
    row = talk.look(lambda tx: tx.one("SELECT outcome FROM job_runs WHERE job = 'nudge' AND outcome <> 'begun'"))
    assert row["outcome"] == "dropped"


async def test_in_quiet_hours_only_answers_and_those_without_sound(talk: Talk) -> None:
    """A summary that could not be sent before one waits until six; an answer comes at once, silent."""
    talk.needs("silence")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await talk.stop()
    talk.clock.set(datetime(2023, 5, 21, 2, 0, tzinfo=ZONE))
    await talk.start()
    await done(talk, "summary")
    await an.says("xóm 4 được 1").hears("1 máy")
    assert an.private.messages[-1].silent
    assert heard(group, "tổng kết ngày") == []
    talk.clock.set(datetime(2023, 5, 21, 6, 0, 1, tzinfo=ZONE))
    text = await comes(talk, group, "tổng kết ngày 20/05")
    assert text.startswith("(gửi muộn) ")
    assert not group.messages[-1].silent


@pytest.mark.parametrize("late", [timedelta(hours=30)])
async def test_a_summary_of_two_nights_ago_is_not_said(talk: Talk, late: timedelta) -> None:
    """Only the last night's is."""
    dung = await talk.person("Dũng")
    group = await talk.team_chat(dung)
    await talk.stop()
    talk.clock.set(SUMMARY + late)
    await talk.start()
    await done(talk, "summary", times=2)
    await comes(talk, group, "tổng kết ngày 21/05")
    assert heard(group, "tổng kết ngày 20/05") == []


async def test_the_first_start_makes_nothing_up(tmp_path: Path) -> None:
    """Started for the first time after midnight, the bot says nothing about the evening before."""
    async with talking(tmp_path, start=SUMMARY + timedelta(hours=8)) as talk:
        dung = await talk.person("Dũng")
        group = await talk.team_chat(dung)
        await talk.settled()
        assert heard(group, "tổng kết ngày") == []


async def test_a_clock_that_was_wrong_silences_nothing(tmp_path: Path) -> None:
    """Started once with a clock years ahead, the bot says what is due when the clock is right again."""
    async with talking(tmp_path, start=SUMMARY - timedelta(hours=4)) as talk:
        dung = await talk.person("Dũng")
        await talk.stop()
        talk.clock.set(SUMMARY + timedelta(days=3000))
        await talk.start()
        await _begun(talk, 4)
        await talk.stop()
        talk.clock.set(SUMMARY - timedelta(hours=3) - LITTLE)
        await talk.start()
        group = await talk.team_chat(dung)
        await _begun(talk, 4)
        talk.clock.set(SUMMARY + LITTLE)
        await comes(talk, group, "tổng kết ngày 20/05")


async def _begun(talk: Talk, times: int) -> None:
    """Waits until so many jobs have begun by now."""
    begun, now = "SELECT job FROM job_runs WHERE outcome = 'begun' AND due_at <= :now", stamp(talk.clock.now() + LITTLE)
    async with asyncio.timeout(PATIENCE):
        while len(talk.look(lambda tx: tx.all(begun, now=now))) < times:
            await talk.emulator_pause()


async def test_a_bug_in_one_summary_harms_no_other(talk: Talk) -> None:
    """It is on record; the other teams get theirs, and the bot goes on."""
    dung, giang = await talk.person("Dũng"), await talk.person("Giang")
    group, broken = await talk.team_chat(dung), await talk.team_chat(giang)
    with session(talk.database) as tx:
        tx.run("UPDATE people SET name = x'00' WHERE ref = 'hv5'")
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, "tổng kết ngày 20/05")
    await done(talk, "summary")
    assert heard(broken, "tổng kết ngày") == []
    assert [row["place"] for row in talk.look(lambda tx: tx.all("SELECT place FROM failures"))] == ["schedule"]
    await dung.says("xóm 4 được 1").hears("1 máy")


async def test_times_are_settings(tmp_path: Path) -> None:
    """BACUNG_SCHEDULE__SUMMARY moves the summary; it is of the work day in which it falls."""
    start = datetime(2023, 5, 20, 21, 0, tzinfo=ZONE)
    async with talking(tmp_path, start=start, settings={"BACUNG_SCHEDULE__SUMMARY": "22:15"}) as talk:
        dung = await talk.person("Dũng")
        group = await talk.team_chat(dung)
        talk.clock.set(datetime(2023, 5, 20, 22, 15, 1, tzinfo=ZONE))
        await comes(talk, group, "tổng kết ngày 20/05")


async def test_a_group_that_moved_gets_its_summary(talk: Talk) -> None:
    """The bot follows a group that became a supergroup, told by an update or by a refused send."""
    talk.needs("moves")
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    moved = talk.emulator.migrate(group)
    await an.says("xóm 4 được 2", moved).sees("👍")
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, moved, "tổng kết ngày 20/05")


async def test_old_rows_are_forgotten(talk: Talk) -> None:
    """What was sent a week ago and the keys of the week before are gone; reports and keys of numbered rows stay."""
    an = await talk.person("An")
    for n in range(5):
        await an.says(f"xóm {n} được 1").hears("1 máy")
    talk.clock.advance(timedelta(days=28))  # the phase is over, its farewell too late: nothing is said meanwhile
    await done(talk, "housekeeping", times=28)
    await talk.emulator_pause()
    left = talk.look(
        lambda tx: tx.one("SELECT (SELECT count(*) FROM outbox) AS said, (SELECT count(*) FROM seen) AS seen")
    )
    assert (left["said"], left["seen"]) == (1, 0)  # the newest stays: no number is given twice
    assert talk.done_by("hv1") == {"activated": 5}
