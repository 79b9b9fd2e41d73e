"""Whole days by a clock of the tests' own: every slot, downtime over each, both boundaries, the edges of a phase."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.times import day_number
from storage.engine.transaction import Transaction
from storage.talk import unsaid
from tests.emulators.telegram import Chat
from tests.sending.passing import FOR_EVER, passes, until
from tests.talk import EVENING, ZONE, Person, Talk, hours, talking
from tests.timetable.test_jobs import DIGEST, LITTLE, NUDGE, SUMMARY, comes, done, heard

pytestmark = pytest.mark.on("telegram")
LATE = "(gửi muộn) "
ONE_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass
class House:
    """Somebody of each role, in a talk with a group."""

    talk: Talk
    group: Chat
    binh: Person
    dung: Person
    khoa: Person

    def chat(self, job: str) -> Chat:
        """Where a job is heard."""
        where: dict[str, Chat] = {
            "nudge": self.binh.private,
            "summary": self.group,
            "digest": self.khoa.private,
        }
        return where[job]

    def heard(self, job: str) -> list[str]:
        """What a job has said there."""
        return heard(self.chat(job), PARTS[job])


PARTS = {"nudge": "chưa nhận được báo cáo", "summary": "tổng kết ngày", "digest": "☀️"}
SLOTS = {"nudge": NUDGE, "summary": SUMMARY, "digest": DIGEST}


async def house_of(talk: Talk) -> House:
    """Everybody has joined."""
    dung, binh, khoa = [await talk.person(name) for name in ("Dũng", "Bình", "Khoa")]
    group = await talk.team_chat(dung, binh)
    await talk.settled()
    return House(talk, group, binh, dung, khoa)


@pytest.fixture
async def house(talk: Talk) -> House:
    """On the evening of a Saturday in May."""
    return await house_of(talk)


def _settled(tx: Transaction) -> dict[str, list[str]]:
    rows = tx.all("SELECT job, outcome FROM job_runs WHERE outcome <> 'begun' ORDER BY due_at, job")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["job"], []).append(row["outcome"])
    return found


async def test_a_week(house: House) -> None:
    """Each slot of each day once, at its time, about the right day; nothing is late and nothing is dropped."""
    talk = house.talk
    for days in range(7):
        day = EVENING.date() + ONE_DAY * days
        for job, slot in SLOTS.items():
            talk.clock.set(slot + ONE_DAY * days + LITTLE)
            text = await comes(talk, house.chat(job), PARTS[job], times=days + 1)
            assert not text.startswith("(")
            if job != "nudge":
                assert f"ngày {day:%d/%m}" in text
    settled = talk.look(_settled)
    assert {job: settled[job] for job in SLOTS} == dict.fromkeys(SLOTS, ["done"] * 7)


@pytest.mark.parametrize("job", list(SLOTS))
@pytest.mark.parametrize("second", [-1, 0, 1])
async def test_to_the_second(house: House, job: str, second: int) -> None:
    """A second before its time nothing is said; at its time it is, and within the minute it is in line."""
    talk = house.talk
    talk.clock.set(SLOTS[job] - timedelta(seconds=3))
    await talk.breathe()
    assert house.heard(job) == []
    talk.clock.set(SLOTS[job] + timedelta(seconds=second))
    if second < 0:
        await talk.breathe()
        assert house.heard(job) == []
        return
    await comes(talk, house.chat(job), PARTS[job])
    put = talk.look(
        lambda tx: tx.one("SELECT min(meant_at) AS at FROM outbox WHERE key LIKE :keys", keys=f"{job}:%")["at"]
    )
    assert put == int(SLOTS[job].timestamp())


# Downtime over each slot: what is heard when the program is back, and whether it is marked.
DOWN = [
    ("nudge", timedelta(minutes=5), 1, True),
    ("nudge", hours(5), 0, False),
    ("nudge", timedelta(days=3), 0, False),
    ("summary", timedelta(minutes=5), 1, True),
    ("summary", hours(5), 1, True),
    ("summary", timedelta(days=3), 0, False),
    ("digest", timedelta(minutes=5), 1, True),
    ("digest", hours(5), 1, True),
    ("digest", timedelta(days=3), 0, False),
]


@pytest.mark.parametrize(("job", "down", "times", "late"), DOWN, ids=[f"{job} {down}" for job, down, _, _ in DOWN])
async def test_downtime_over_a_slot(house: House, job: str, down: timedelta, times: int, late: bool) -> None:
    """What still makes sense is said once, marked; what does not is dropped; the next one comes at its time."""
    talk, slot = house.talk, SLOTS[job]
    talk.clock.set(slot - MINUTE)
    await talk.settled()
    before = len(house.heard(job))
    await talk.stop()
    talk.clock.advance(down)
    await talk.start()
    await done(talk, job, times=max(1, down.days))
    if 1 <= talk.clock.now().astimezone(ZONE).hour < 6:  # quiet hours
        await talk.breathe()
        assert len(house.heard(job)) == before
        talk.clock.set(DIGEST.replace(hour=6, minute=0) + timedelta(seconds=5))
    if times:
        text = await comes(talk, house.chat(job), PARTS[job], times=before + times)
        assert text.startswith(LATE) is late
    await talk.settled()
    assert len(house.heard(job)) == before + times
    assert "dropped" in talk.look(_settled)[job] or times
    next_slot = slot + ONE_DAY * (down.days or 1)
    talk.clock.set(next_slot + LITTLE)
    text = await comes(talk, house.chat(job), PARTS[job], times=before + times + 1)
    assert not text.startswith(LATE)


async def test_three_days_later_the_summary_tells_what_changed_meanwhile(house: House) -> None:
    """No night in between was summed up: its reports stand as changes, since the last one that was."""
    talk = house.talk
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, house.group, PARTS["summary"])
    talk.clock.set(SUMMARY + hours(19))
    await house.binh.says("xóm 4 được 7").hears("7 máy")
    await talk.stop()
    talk.clock.set(SUMMARY + timedelta(days=3) - MINUTE)
    await talk.start()
    talk.clock.set(SUMMARY + timedelta(days=3) + LITTLE)
    text = await comes(talk, house.group, "tổng kết ngày 23/05")
    assert "✏️ Cập nhật ngày 21/05: Bình +7 máy" in text


@pytest.mark.parametrize("seed", range(3))
async def test_a_storm_of_restarts_around_half_past_midnight(house: House, seed: int) -> None:
    """Started and stopped at random, between a second and a minute apart: one summary for each, whole."""
    talk, drawn = house.talk, random.Random(seed)
    await house.binh.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(SUMMARY - timedelta(seconds=40))
    while talk.clock.now() < SUMMARY + timedelta(minutes=3):
        await talk.stop()
        talk.clock.advance(timedelta(seconds=drawn.uniform(1, 30)))
        await talk.start()
        for _ in range(drawn.randrange(6)):
            await talk.breathe()
    await done(talk, "summary")
    await talk.settled()
    for chat in (house.group, house.dung.private):
        texts = heard(chat, PARTS["summary"])
        assert len(texts) == 1 or any(text.startswith("(gửi lại)") for text in texts)
        assert len([text for text in texts if not text.startswith("(gửi lại)")]) <= 1
        assert "Bình: 3 máy" in texts[0]
    assert talk.look(_settled)["summary"] == ["done"]


# Boundaries of days


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2023, 5, 20, 23, 59, 59, tzinfo=ZONE), "20/05"),
        (datetime(2023, 5, 21, 0, 0, 0, tzinfo=ZONE), "20/05"),
        (datetime(2023, 5, 21, 3, 59, 58, tzinfo=ZONE), "20/05"),
        (datetime(2023, 5, 21, 4, 0, 1, tzinfo=ZONE), "21/05"),
    ],
)
async def test_midnight_and_four(house: House, at: datetime, day: str) -> None:
    """A report counts for the evening until four; the summary of that evening or the changes of the next have it."""
    talk = house.talk
    talk.clock.set(at)
    await house.binh.says("xóm 4 được 7").hears("7 máy")
    stored = talk.look(lambda tx: tx.one("SELECT day FROM reports")["day"])
    assert stored == day_number(datetime.strptime(f"{day}/2023", "%d/%m/%Y").date())  # noqa: DTZ007 - a day
    night = SUMMARY if at < SUMMARY else SUMMARY + ONE_DAY
    talk.clock.set(night + LITTLE)
    text = await comes(talk, house.group, f"tổng kết ngày {night - ONE_DAY:%d/%m}")
    changed = at > SUMMARY and day == "20/05"
    assert ("Bình: 7 máy" in text) is not changed
    assert ("✏️ Cập nhật ngày 20/05: Bình +7 máy" in text) is changed


async def test_a_summary_time_in_the_evening_tells_of_that_evening(tmp_path: Path) -> None:
    """And a work day that ends at midnight: half past midnight is then the new day."""
    settings = {"BACUNG_SCHEDULE__SUMMARY": "23:50", "BACUNG_SCHEDULE__DAY_START": "00:00"}
    async with talking(tmp_path, settings=settings) as talk:
        house = await house_of(talk)
        talk.clock.set(datetime(2023, 5, 20, 23, 50, 2, tzinfo=ZONE))
        await comes(talk, house.group, "tổng kết ngày 20/05 đến 23:50")
        talk.clock.set(datetime(2023, 5, 21, 23, 50, 2, tzinfo=ZONE))
        await comes(talk, house.group, "tổng kết ngày 21/05 đến 23:50")


# The edges of a phase: 16/05 to 05/06


@pytest.fixture
async def before(tmp_path: Path) -> AsyncIterator[House]:
    """On the evening before the first day."""
    async with talking(tmp_path, start=datetime(2023, 5, 15, 19, 30, tzinfo=ZONE)) as talk:
        yield await house_of(talk)


async def test_the_first_day(before: House) -> None:
    """Nothing is said of the day before; on the evening of the first it begins."""
    talk, first = before.talk, datetime(2023, 5, 16, 12, tzinfo=ZONE)
    talk.clock.set(first)
    await done(talk, "digest")
    await talk.settled()
    assert [before.heard(job) for job in SLOTS] == [[], [], []]
    for job, slot in SLOTS.items():
        talk.clock.set(slot - timedelta(days=4) + LITTLE)
        text = await comes(talk, before.chat(job), PARTS[job])
        assert job == "nudge" or "ngày 16/05 " in text


@pytest.fixture
async def last(tmp_path: Path) -> AsyncIterator[House]:
    """On the evening of the last day."""
    async with talking(tmp_path, start=datetime(2023, 6, 5, 19, 30, tzinfo=ZONE)) as talk:
        yield await house_of(talk)


FAREWELL = "Đợt 1 (16/05–05/06) đã kết thúc"
LAST_MORNING = datetime(2023, 6, 6, 6, 30, tzinfo=ZONE)


async def test_the_last_day_and_the_morning_after(last: House) -> None:
    """The last night, and once the phase in numbers for everybody, in which the last day is; then the bot is silent."""
    talk = last.talk
    ha, linh = await talk.person("Hà"), await talk.person("Linh")
    await last.binh.says("xóm 4 được 7").hears("7 máy")
    for job, slot in SLOTS.items():
        talk.clock.set(slot + timedelta(days=16) + LITTLE)
        if job not in ("nudge", "digest"):
            await comes(talk, last.chat(job), PARTS[job])
    text = await comes(talk, last.binh.private, FAREWELL)
    assert "Em: 7 máy" in text
    for chat in (last.group, last.dung.private, ha.private, last.khoa.private, linh.private):
        text = await comes(talk, chat, FAREWELL)
        assert "Toàn chiến dịch trong đợt: 7 máy" in text
    talk.clock.advance(timedelta(days=3))
    await done(talk, "farewell", times=4)
    await talk.settled()
    assert len(heard(last.binh.private, FAREWELL)) == len(heard(last.group, FAREWELL)) == 1
    assert [len(last.heard(job)) for job in ("summary", "digest")] == [1, 0]
    assert "Ngày cuối 05/06: 7 máy" in last.khoa.private.from_bot[-1].text


@pytest.mark.parametrize("down", [timedelta(minutes=5), hours(5), timedelta(days=3)])
async def test_downtime_over_the_farewell(last: House, down: timedelta) -> None:
    """It makes sense for a week: once, marked."""
    talk = last.talk
    talk.clock.set(LAST_MORNING - MINUTE)
    await talk.settled()
    await talk.stop()
    talk.clock.advance(down)
    await talk.start()
    for chat in (last.binh.private, last.group):
        assert (await comes(talk, chat, FAREWELL)).startswith(LATE)
    await talk.stop()
    await talk.start()
    await talk.settled()
    assert len(heard(last.binh.private, FAREWELL)) == 1


# Sends that fail for an hour


@pytest.mark.parametrize(("job", "quiet"), [("nudge", True), ("summary", False), ("digest", True)])
async def test_a_send_that_fails_for_an_hour(tmp_path: Path, job: str, quiet: bool) -> None:
    """It comes when the platform works again, once and marked; without quiet hours so does the summary."""
    settings = {} if quiet else {"BACUNG_SCHEDULE__QUIET": ""}
    async with talking(tmp_path, settings=settings) as talk:
        house = await house_of(talk)
        talk.clock.set(SLOTS[job] - LITTLE)
        talk.emulator.fail("server_error", times=FOR_EVER, method="sendMessage", status=403)
        await passes(talk, hours(1))
        assert house.heard(job) == []
        talk.emulator.recover()
        await until(talk, lambda: house.heard(job))
        await talk.settled()
        (text,) = house.heard(job)
        assert text.startswith(LATE)


async def test_a_nudge_that_is_late_is_not_said_to_whoever_has_reported_meanwhile(house: House) -> None:
    """It is looked at again when it is sent: those still without a report hear it, marked; the other is no failure."""
    talk, cuc = house.talk, await house.talk.person("Cúc")
    talk.clock.set(NUDGE - LITTLE)
    talk.emulator.fail("server_error", times=FOR_EVER, method="sendMessage", status=403)
    await passes(talk, timedelta(minutes=20))
    house.binh.says("xóm 4 được 7")
    await passes(talk, timedelta(minutes=5))
    talk.emulator.recover()
    await until(talk, lambda: heard(cuc.private, PARTS["nudge"]))
    await until(talk, lambda: heard(house.binh.private, "7 máy"))
    await passes(talk, timedelta(minutes=3))
    await talk.settled()
    assert heard(cuc.private, PARTS["nudge"])[0].startswith(LATE)
    assert house.heard("nudge") == []
    assert heard(house.dung.private, "không gửi được") == []
    assert talk.look(unsaid.standing).unsaid["expired"] == 0


async def test_a_summary_that_fails_until_the_quiet_hours_waits_for_six(house: House) -> None:
    """And then comes once, in one message with what else waits for its chat."""
    talk = house.talk
    await house.dung.says("tầm 5 máy").hears("số chính xác")
    await talk.settled()
    talk.clock.set(SUMMARY - LITTLE)
    talk.emulator.fail("server_error", times=FOR_EVER, method="sendMessage", status=403)
    await passes(talk, timedelta(minutes=40))
    talk.emulator.recover()
    talk.clock.set(DIGEST.replace(hour=5, minute=59))
    await talk.breathe()
    assert house.heard("summary") == []
    talk.clock.set(DIGEST.replace(hour=6, minute=0) + timedelta(seconds=31))
    await until(talk, lambda: house.heard("summary"))
    await until(talk, lambda: heard(house.dung.private, PARTS["summary"]))
    await talk.settled()
    (text,) = heard(house.dung.private, PARTS["summary"])
    assert text.startswith(LATE)
    assert "còn 1 tin chưa ghi được" in text


async def test_what_is_dropped_in_the_quiet_hours_does_not_wait_for_six(tmp_path: Path) -> None:
    """A nudge that could not be sent before them is not said in the morning, and its lead hears that it was not."""
    settings = {"BACUNG_SCHEDULE__QUIET": "22:00-06:00"}
    async with talking(tmp_path, settings=settings) as talk:
        house = await house_of(talk)
        talk.clock.set(NUDGE - LITTLE)
        talk.emulator.fail("server_error", times=FOR_EVER, method="sendMessage", status=403)
        await passes(talk, timedelta(minutes=31))
        talk.emulator.recover()
        talk.clock.set(DIGEST.replace(hour=6, minute=0) + timedelta(seconds=5))
        await passes(talk, timedelta(minutes=2))
        await talk.settled()
        assert house.heard("nudge") == []


async def test_of_a_day_off_nobody_is_reminded(tmp_path: Path) -> None:
    """The summary of a day off comes only where somebody reported all the same."""
    settings = {"BACUNG_SCHEDULE__DAYS_OFF": "2023-05-20, sunday"}
    async with talking(tmp_path, settings=settings) as talk:
        house = await house_of(talk)
        talk.clock.set(SUMMARY + LITTLE)
        await done(talk, "summary")
        await talk.settled()
        assert house.heard("nudge") == house.heard("summary") == []
        assert talk.look(_settled)["nudge"] == ["off"]
        talk.clock.set(SUMMARY + hours(19))
        await house.binh.says("xóm 4 được 7").hears("7 máy")
        talk.clock.set(SUMMARY + ONE_DAY + LITTLE)
        await comes(talk, house.group, "tổng kết ngày 21/05")
        talk.clock.set(NUDGE + timedelta(days=2) + LITTLE)
        await comes(talk, house.binh.private, PARTS["nudge"])
