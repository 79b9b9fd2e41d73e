"""What Zalo grants in a month: counted, spent on answers first, merged when it runs low, and the admins know."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.sending import allowance
from handlers.calendar import calendar_of
from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.running import allowances
from tests.commands.test_command_line import Shell
from tests.figures.district import district
from tests.talk import EVENING, PATIENCE, ZONE, Person, Talk, talking
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, done, heard

GRANTED = 1000
MAY = 202305


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A talk on Zalo with a small allowance."""
    async with talking(tmp_path, platform="zalo", settings={"BACUNG_ZALO__ALLOWANCE": str(GRANTED)}) as running:
        yield running


def spent(talk: Talk) -> int:
    """How many messages are counted for May."""
    count: int = talk.look(lambda tx: allowances.spent(tx, "zalo", MAY))
    return count


def spend_until(talk: Talk, n: int) -> None:
    """As if so many had been sent."""
    with session(talk.database) as tx:
        allowances.spend(tx, "zalo", MAY, n - allowances.spent(tx, "zalo", MAY))


async def test_every_message_is_counted_and_nothing_else(talk: Talk) -> None:
    """Answers, answers in words where a sign was meant; not what was refused, and over a restart."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3", group).sees("👍")
    talk.emulator.fail("server_error", method="sendMessage", status=403)
    an.says("xóm 5 được 2")
    await talk.emulator.wait_for(lambda: not talk.emulator.api.faults, timeout=PATIENCE)
    await talk.settled_to(_waits)
    talk.clock.advance(timedelta(seconds=31))
    await talk.settled()
    assert spent(talk) == talk.emulator.api.sent == 5
    await talk.stop()
    await talk.start()
    await an.says("xóm 5 được 1").hears("✅")
    await talk.settled()
    assert spent(talk) == talk.emulator.api.sent == 6


def _waits(tx: Transaction) -> bool:
    return tx.one("SELECT 1 FROM outbox WHERE state = 'due' AND attempts > 0") is not None


async def test_what_may_have_arrived_is_counted(talk: Talk) -> None:
    """Rather one too many than one too few."""
    an = await talk.person("An")
    talk.emulator.fail("drop_after", method="sendMessage")
    await an.says("xóm 4 được 3").hears("(gửi lại) ✅")
    await talk.settled()
    assert spent(talk) == talk.emulator.api.sent == 3


async def test_answers_go_when_summaries_no_longer_do(talk: Talk) -> None:
    """At nine tenths the night's summary is held and in the end dropped; answers go on."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("✅")
    await talk.settled()
    spend_until(talk, GRANTED * 9 // 10)
    talk.clock.set(SUMMARY + LITTLE)
    await done(talk, "summary")
    said = an.says("xóm 5 được 2")
    await talk.emulator.all_confirmed(PATIENCE)
    talk.clock.advance(allowance.GATHERS)
    await said.hears("✅ Xóm 5: 2 máy")
    assert heard(dung.private, "tổng kết ngày") == []
    talk.clock.advance(timedelta(hours=24))
    await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM outbox WHERE state = 'expired' AND key LIKE 'summary%'"))
    assert heard(dung.private, "tổng kết ngày 20/05") == []


async def test_nothing_goes_over_the_allowance_until_the_next_month(tmp_path: Path) -> None:
    """What waits is said when the month begins, in one message."""
    start = datetime(2023, 5, 31, 20, 0, tzinfo=ZONE)
    async with talking(tmp_path, platform="zalo", start=start) as talk:
        an = await talk.person("An")
        await talk.settled()
        spend_until(talk, 3000)
        before = len(an.private.from_bot)
        first, second = an.says("xóm 4 được 3"), an.says("xóm 5 được 2")
        await talk.emulator.all_confirmed(PATIENCE)
        talk.clock.advance(timedelta(hours=1))
        assert await _still(talk, an) == before
        talk.clock.set(datetime(2023, 6, 1, 0, 0, 1, tzinfo=ZONE))
        merged = await second.hears("Xóm 4: 3 máy", "Xóm 5: 2 máy")
        assert merged.chat is first.chat
        assert len(heard(an.private, "✅")) == 1


async def _still(talk: Talk, person: Person) -> int:
    """How many messages of the bot somebody has, after it has looked at what waits once more."""
    talk.clock.advance(timedelta(seconds=31))
    for _ in range(20):
        await asyncio.sleep(0)
        talk.look(counted)
    return len(person.private.from_bot)


def counted(tx: Transaction) -> int:
    """What is counted for May."""
    return allowances.spent(tx, "zalo", MAY)


async def test_answers_are_merged_when_it_runs_low(talk: Talk) -> None:
    """From four fifths on an answer waits a little, and takes with it what is said meanwhile."""
    an = await talk.person("An")
    await talk.settled()
    spend_until(talk, GRANTED * 8 // 10)
    before = len(an.private.from_bot)
    for n in range(1, 5):
        said = an.says(f"xóm {n} được {n}")
    await talk.emulator.all_confirmed(PATIENCE)
    talk.clock.advance(allowance.GATHERS)
    merged = await said.hears(*(f"Xóm {n}: {n} máy" for n in range(1, 5)))
    assert merged.buttons == [["Hoàn tác", "Sửa"]]
    await talk.settled()
    assert len(an.private.from_bot) == before + 1
    assert spent(talk) == GRANTED * 8 // 10 + 1


async def test_the_admins_are_told_once_at_each_mark(talk: Talk) -> None:
    """At 50, 80 and 95 percent; not again when something is given back, nor after a restart."""
    linh, an = await talk.person("Linh"), await talk.person("An")
    await talk.settled()
    for level, part in ((50, "ưu tiên trả lời"), (80, "gộp các câu trả lời"), (95, "đến tháng sau")):
        spend_until(talk, GRANTED * level // 100 - 1)
        for n in range(3):
            said = an.says(f"xóm {level}{n} được 1")
            await talk.emulator.all_confirmed(PATIENCE)
            talk.clock.advance(allowance.GATHERS)
            await said.hears(f"Xóm {level}{n}")
            talk.clock.advance(allowance.GATHERS)
        await comes(talk, linh.private, f"/1.000 tin của tháng 5 ({level}%)")
        assert part in linh.private.texts[-1]
        await talk.stop()
        await talk.start()
    assert len(heard(linh.private, "tin của tháng")) == 3
    assert "im hẳn" in linh.private.texts[-1]
    assert heard(an.private, "tin của tháng") == []


async def test_when_all_is_used_no_answer_is_promised(tmp_path: Path) -> None:
    """Of a small allowance one message may pass several marks: what is said is true of the last."""
    with district(tmp_path) as world:
        world.chat("admin")
        days = calendar_of("Asia/Ho_Chi_Minh", time(4))
        for _ in range(8):
            allowance.spend(world.tx, "zalo", 8, 1, days, EVENING)
        told = [row["body"] for row in world.tx.all("SELECT body FROM bodies ORDER BY outbox")]
    assert [one.count("8/8") for one in told] == [0, 0, 1]
    assert "trả lời, gộp" not in told[-1]
    assert "không nói được gì ở đó nữa" in told[-1]


async def test_the_status_shows_what_is_used(talk: Talk, tmp_path: Path) -> None:
    """In lines and as JSON."""
    await talk.person("An")
    await talk.settled()
    spend_until(talk, 123)
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    shown = await asyncio.to_thread(shell.run, "status", BACUNG_ZALO__ALLOWANCE="1000")
    assert "in this month" not in shown.stdout
    month = allowance.month_of(calendar_of("Asia/Ho_Chi_Minh", talk.config.schedule.day_start), datetime.now(ZONE))
    with session(talk.database) as tx:
        allowances.spend(tx, "zalo", month, 123)
    shown = await asyncio.to_thread(shell.run, "status", BACUNG_ZALO__ALLOWANCE="1000")
    assert ", 123 of 1000 messages this month" in shown.stdout
    shown = await asyncio.to_thread(shell.run, "status", "--json")
    channels = {one["name"]: one["allowance"] for one in json.loads(shown.stdout)["channels"]}
    assert channels["zalo"] == {"used": 123, "most": 3000}


async def test_an_evening_needs_few_messages(talk: Talk) -> None:
    """At most 1,3 messages out a report: corrections, questions, reminders and the summary among them."""
    dung, an, binh = await talk.person("Dũng"), await talk.person("An"), await talk.person("Bình")
    await talk.person("Hà")
    group = await talk.team_chat(dung, an, binh)
    await talk.settled()
    before = talk.emulator.api.sent
    for n in range(1, 16):
        for person in (an, binh):
            await person.says(f"nhà số {n} xóm {n % 3 + 3} được {n % 4 + 1}, vắng {n % 2}")
    await an.says("sửa 3 máy").hears("✏️")
    await binh.says("khoảng 5 máy").hears("số chính xác")
    await binh.says("5").hears("✅")
    await an.says("hủy").hears("↩️")
    talk.clock.set(SUMMARY - timedelta(hours=3) + LITTLE)
    await comes(talk, group, "chưa có báo cáo")
    await done(talk, "nudge")
    await talk.settled()
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, "tổng kết ngày")
    await talk.settled()
    row = talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM reports"))
    assert row["n"] == 31
    assert (talk.emulator.api.sent - before) / row["n"] <= 1.3


@pytest.mark.parametrize(
    ("now", "month", "following"),
    [
        (datetime(2023, 5, 20, 12, tzinfo=ZONE), 202305, datetime(2023, 6, 1, tzinfo=ZONE)),
        (datetime(2023, 12, 31, 23, 59, tzinfo=ZONE), 202312, datetime(2024, 1, 1, tzinfo=ZONE)),
        (datetime.fromisoformat("2023-05-31T17:00:00+00:00"), 202306, datetime(2023, 7, 1, tzinfo=ZONE)),
    ],
)
def test_months_are_those_of_the_campaign(now: datetime, month: int, following: datetime) -> None:
    """A month begins at midnight in Vietnam."""
    calendar = calendar_of("Asia/Ho_Chi_Minh", time(4))
    assert allowance.month_of(calendar, now) == month
    assert allowance.next_month(calendar, now) == following
