"""A machine whose clock is wrong: nothing is said unasked by it, admins hear of it, and what it did is undone."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.times import day_number
from storage.engine.transaction import Row, Transaction
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.sending.passing import passes, until
from tests.talk import ZONE, Talk, talking
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, done, heard

SIX = datetime(2023, 5, 20, 18, 0, tzinfo=ZONE)
TEN_PAST = datetime(2023, 5, 21, 0, 10, tzinfo=ZONE)
TODAY = day_number(SIX.date())
STEP, FORTY = timedelta(seconds=5), timedelta(seconds=40)
RIGHT = timedelta(0)
WRONG = [(SIX, timedelta(hours=7)), (TEN_PAST, timedelta(days=1)), (SIX, -timedelta(hours=19))]


def _runs(tx: Transaction) -> list[Row]:
    return tx.all("SELECT job, outcome FROM job_runs WHERE outcome <> 'begun'")


def _days(tx: Transaction) -> set[int]:
    return {row["day"] for row in tx.all("SELECT day FROM reports")}


def _status(talk: Talk) -> str:
    return Shell(talk.folder / "shell").run("status", BACUNG_STORAGE__PATH=str(talk.database)).stdout


async def _noticed(talk: Talk) -> None:
    """Time passes until the program sees that the clock is wrong: half a minute at most, if nothing else happens."""
    await until(talk, lambda: "clock" in talk.app.monitor.wrong, STEP)


@pytest.mark.parametrize(("start", "by"), WRONG)
async def test_a_clock_that_is_wrong_for_forty_seconds(
    tmp_path: Path, platform: str, start: datetime, by: timedelta
) -> None:
    """Nothing is done by it, reports count by the right time, and the night's summary comes at its time, whole."""
    async with talking(tmp_path, start=start, platform=platform) as talk:
        dung, an, binh, linh = [await talk.person(name) for name in ("Dũng", "An", "Bình", "Linh")]
        group = await talk.team_chat(dung, an, binh)
        await an.says("xóm 4 được 3").hears("3 máy")
        await talk.settled()
        talk.clock.goes_wrong(by)
        await _noticed(talk)
        await binh.says("xóm 5 được 2").hears("✅ Xóm 5: 2 máy")
        await passes(talk, FORTY, STEP)
        await comes(talk, linh.private, "đang sai")
        assert talk.look(_runs) == []
        talk.clock.goes_wrong(RIGHT)
        await comes(talk, linh.private, "đã đúng")
        await binh.says("xóm 5 thêm 1").hears("1 máy", "em 3 máy")
        assert talk.look(_runs) == []
        assert talk.look(_days) == {TODAY}
        talk.clock.set(SUMMARY + LITTLE)
        text = await comes(talk, group, "tổng kết ngày 20/05")
        assert text.startswith("🌙")
        assert "An: 3 máy" in text
        assert "Bình: 3 máy" in text


async def test_whoever_looks_sees_that_the_clock_is_wrong(talk: Talk) -> None:
    """In readyz and status, until it is right."""
    await talk.person("An")
    talk.clock.goes_wrong(timedelta(hours=7))
    await _noticed(talk)
    async with Browser(await talk.url()) as monitor:
        ready = json.loads((await monitor.get("/readyz")).text)
        assert "instead of 2023-05-20 12:30" in ready["wrong"]["clock"]
        assert "clock: the machine's clock shows 2023-05-20 19:30" in await asyncio.to_thread(_status, talk)
        talk.clock.goes_wrong(RIGHT)
        await until(talk, lambda: not talk.app.monitor.wrong, STEP)
        assert json.loads((await monitor.get("/readyz")).text)["wrong"] == {}


@pytest.mark.on("telegram", "zalo")
@pytest.mark.parametrize(("start", "by"), WRONG)
async def test_a_start_with_a_clock_that_platforms_contradict(
    tmp_path: Path, platform: str, start: datetime, by: timedelta
) -> None:
    """It is held as well: what people say counts by the platforms' time."""
    async with talking(tmp_path, start=start, platform=platform) as talk:
        dung, an, linh = [await talk.person(name) for name in ("Dũng", "An", "Linh")]
        group = await talk.team_chat(dung, an)
        await talk.stop()
        talk.clock.goes_wrong(by)
        await talk.start()
        await _noticed(talk)
        await an.says("xóm 4 được 3").hears("3 máy", "em 3 máy")
        await passes(talk, FORTY, STEP)
        assert talk.look(_runs) == []
        assert talk.look(_days) == {TODAY}
        assert "theo các nền tảng" in await comes(talk, linh.private, "đang sai")
        talk.clock.goes_wrong(RIGHT)
        await comes(talk, linh.private, "đã đúng")
        talk.clock.set(SUMMARY + LITTLE)
        assert "An: 3 máy" in await comes(talk, group, "tổng kết ngày 20/05")


@pytest.mark.parametrize(
    ("start", "by", "outcome"), [(SIX, timedelta(hours=7), "done"), (TEN_PAST, timedelta(days=1), "dropped")]
)
async def test_what_a_wrong_clock_did_is_undone(
    tmp_path: Path, platform: str, start: datetime, by: timedelta, outcome: str
) -> None:
    """Started where no platform could contradict it, it did the night's jobs: once it is right they are due again."""
    async with talking(tmp_path, start=start, platform=platform) as talk:
        dung, an, binh = [await talk.person(name) for name in ("Dũng", "An", "Bình")]
        group = await talk.team_chat(dung, an, binh)
        await an.says("xóm 4 được 3").hears("3 máy")
        await talk.settled()
        await talk.stop()
        emulated = platform != "web"
        if emulated:
            await talk.emulator.stop()
        talk.clock.goes_wrong(by)
        await talk.start()
        await until(talk, lambda: {"job": "summary", "outcome": outcome} in map(dict, talk.look(_runs)), STEP)
        if emulated:
            talk.clock.goes_wrong(RIGHT)
            await talk.emulator.start()
        else:  # nobody confirms that it is right now but whoever starts the bot
            await talk.stop()
            talk.clock.goes_wrong(RIGHT)
            await talk.start()
        await until(talk, lambda: talk.look(_runs) == [], STEP)
        await binh.says("xóm 5 được 2").hears("2 máy")
        said = len(heard(group, "tổng kết ngày 20/05"))
        talk.clock.set(SUMMARY + LITTLE)
        text = await comes(talk, group, "tổng kết ngày 20/05", times=said + 1)
        assert "An: 3 máy" in text
        assert "Bình: 2 máy" in text


@pytest.mark.on("telegram", "zalo")
async def test_a_machine_that_slept_makes_up_what_it_missed(talk: Talk) -> None:
    """Its platforms confirm the time: nobody is told of any clock, and the summary comes late."""
    dung, linh = await talk.person("Dũng"), await talk.person("Linh")
    group = await talk.team_chat(dung)
    await talk.settled()
    talk.clock.sleeps(timedelta(hours=11, minutes=30))
    dung.says("xóm 4 được 1")  # ends the poll
    assert (await comes(talk, group, "tổng kết ngày 20/05")).startswith("(gửi muộn) 🌙")
    await done(talk, "summary")
    await passes(talk, FORTY, STEP)
    assert heard(linh.private, "Đồng hồ") == []


@pytest.mark.on("web")
async def test_where_nobody_else_knows_the_time_a_start_confirms_it(talk: Talk) -> None:
    """With the web chat alone a jump is held, and the admins hear what to do where the new time is right."""
    dung, linh = await talk.person("Dũng"), await talk.person("Linh")
    group = await talk.team_chat(dung)
    talk.clock.sleeps(timedelta(hours=11, minutes=30))
    await _noticed(talk)
    await passes(talk, FORTY, STEP)
    assert "chạy lại bot" in await comes(talk, linh.private, "đang sai")
    assert heard(group, "tổng kết ngày 20/05") == []
    await talk.stop()
    await talk.start()
    assert (await comes(talk, group, "tổng kết ngày 20/05")).startswith("(gửi muộn) 🌙")


@pytest.mark.on("telegram", "zalo")
async def test_dates_of_messages_tell_where_answers_have_none(talk: Talk) -> None:
    """Started with a clock that is behind: after two messages the bot goes by their time."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await talk.stop()
    talk.emulator.api.dates = None
    talk.clock.goes_wrong(-timedelta(days=1))
    await talk.start()
    await dung.says("chào bot")
    await an.says("xóm 4 được 3").hears("3 máy")
    await until(talk, lambda: "clock" in talk.app.monitor.wrong, STEP)
    assert talk.look(_days) == {TODAY}
