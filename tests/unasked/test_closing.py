"""/chot: the lead closes the day, its summary goes out at once, and the night brings another only where it differs."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine.database import session
from storage.engine.transaction import Row, Transaction
from storage.running import orders
from tests.talk import ROSTER, Talk, hours, talking
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, done, heard

CLOSED = "Đã chốt"
NIGHT = "tổng kết ngày 20/05"


def _keys(tx: Transaction) -> list[str]:
    rows: list[Row] = tx.all("SELECT key FROM outbox WHERE key LIKE 'summary:%' ORDER BY id")
    return [row["key"].split(":chat ")[1].partition(":")[2] for row in rows]


async def test_a_lead_closes_the_day(talk: Talk) -> None:
    """All who would hear at night hear now; at night nobody hears it again, since nothing has changed."""
    dung, an, ha = await talk.person("Dũng"), await talk.person("An"), await talk.person("Hà")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    said = await dung.says("/chot").hears(CLOSED, "hôm nay", "1 nhóm của tổ", "1 cán bộ xã")
    assert "Chưa có báo cáo: Bình, Cúc, Dũng" in said.text
    for chat in (group, dung.private, ha.private):
        text = await comes(talk, chat, NIGHT)
        assert f"{NIGHT} đến 19:3" in text
        assert "An: 3 máy" in text
    talk.clock.set(SUMMARY + LITTLE)
    await done(talk, "summary")
    await talk.settled()
    for chat in (group, dung.private, ha.private):
        assert len(heard(chat, NIGHT)) == 1
    assert set(talk.look(_keys)) == {"closed"}


async def test_what_comes_after_it_brings_another_at_night(talk: Talk) -> None:
    """One report more: the night's summary has it, for everybody."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    await dung.says("/chot").hears(CLOSED)
    await comes(talk, group, NIGHT)
    await an.says("xóm 5 được 2").hears("2 máy")
    talk.clock.set(SUMMARY + LITTLE)
    text = await comes(talk, group, NIGHT, times=2)
    assert f"{NIGHT} đến 00:30" in text
    assert "An: 5 máy" in text
    assert set(talk.look(_keys)) == {"closed", "night"}


async def test_closing_twice(talk: Talk) -> None:
    """Without a change the second says since when; with one it is told anew, and the night is silent again."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    await dung.says("/chot").hears(CLOSED)
    await comes(talk, group, NIGHT)
    talk.clock.advance(hours(1))
    await dung.says("/chot").hears("đã chốt lúc 19:3", "chưa có gì thay đổi")
    await an.says("xóm 5 được 2").hears("2 máy")
    await dung.says("/chot").hears("Đã chốt lại")
    assert "An: 5 máy" in await comes(talk, group, NIGHT, times=2)
    talk.clock.set(SUMMARY + LITTLE)
    await done(talk, "summary")
    await talk.settled()
    assert len(heard(group, NIGHT)) == 2


async def test_after_midnight_the_evening_is_closed(talk: Talk) -> None:
    """At ten past midnight it is still the day before's."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(SUMMARY - timedelta(minutes=20))
    await dung.says("/chot").hears(CLOSED, "ngày 20/05")
    assert "đến 00:1" in await comes(talk, dung.private, NIGHT)


async def test_a_crash_in_between_says_it_once(talk: Talk) -> None:
    """Stopped right after the lead was answered: the summary follows after the start, once."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    for _ in range(3):
        dung.says("/chot")
        await talk.stop()
        await talk.start()
    await comes(talk, group, NIGHT)
    await talk.settled()
    assert len(heard(group, NIGHT)) == 1


@pytest.mark.on("telegram")
async def test_whoever_could_not_be_told_then_is_told_at_night(talk: Talk) -> None:
    """The group refused the summary of the closing: the night brings it there, and nowhere else."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    await talk.settled()
    talk.emulator.fail("bad_request", 2, method="sendMessage", chat=group, description="Bad Request: no")
    await dung.says("/chot").hears(CLOSED)
    await comes(talk, dung.private, NIGHT)
    await talk.settled()
    assert heard(group, NIGHT) == []
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, group, NIGHT)
    await done(talk, "summary")
    await talk.settled()
    assert len(heard(dung.private, NIGHT)) == 1


@pytest.mark.on("telegram")
async def test_a_bug_in_it_holds_nothing_up(talk: Talk) -> None:
    """What cannot be done is on record, and what is asked after it is done."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    with session(talk.database) as tx:
        orders.give(
            tx, "summary", orders.CLOSE, day=SUMMARY.date() - timedelta(days=1), person=1, chat=1, at=SUMMARY, team=999
        )
    await dung.says("/chot").hears(CLOSED)
    await comes(talk, dung.private, NIGHT)
    await talk.settled_to(lambda tx: orders.still_open(tx) == [])
    assert [row["key"] for row in talk.look(lambda tx: tx.all("SELECT key FROM failures WHERE place = 'schedule'"))]
    await an.says("xóm 4 được 3").hears("3 máy")


async def test_whoever_does_not_lead_closes_nothing(talk: Talk) -> None:
    """Nor does a lead outside of the phase."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("/chot").hears("không dành cho vai")
    talk.clock.advance(timedelta(days=17))
    await dung.says("/chot").hears("không trong đợt nào")


# What a phone shows at a glance

STUDENTS = "".join(f"x{n},Người {n:02},student,451,Đợt 1,MA-CUA-X{n:03}\n" for n in range(1, 16))


@pytest.fixture
async def large(tmp_path: Path) -> AsyncIterator[Talk]:
    """A talk with a team of nineteen."""
    async with talking(tmp_path, files={"roster.csv": ROSTER + STUDENTS}) as running:
        yield running


async def test_a_long_summary_is_short_and_whole_by_a_press(large: Talk) -> None:
    """Any of the team may press it in the group; the message is then the whole one, and lists everybody."""
    talk = large
    dung, an, em = await talk.person("Dũng"), await talk.person("An"), await talk.person("Em")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(SUMMARY + LITTLE)
    text = await comes(talk, group, NIGHT)
    assert len(text.splitlines()) < 15
    assert "An: 3 máy" in text
    assert "Chưa có báo cáo: " in text
    shown = next(one for one in group.messages if one.from_bot and NIGHT in one.text)
    assert shown.buttons[0][0] == "Xem đủ"
    await em.presses("Xem đủ", shown, group).notes("")
    await an.presses("Xem đủ", shown, group).hears(NIGHT, "15: chưa có báo cáo")
    assert len(heard(group, NIGHT)) == 1
    assert "Xem đủ" not in [label for row in group.from_bot[-1].buttons for label in row]
    await dung.presses("Xem đủ", dung.private.from_bot[-1]).hears("15: chưa có báo cáo")


@pytest.mark.on("telegram", "web")
async def test_the_chart_is_one_press_away(talk: Talk) -> None:
    """In the group for any of the team, once for all; in private for lead and officer, who have the command."""
    dung, an, ha = [await talk.person(name) for name in ("Dũng", "An", "Hà")]
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(SUMMARY + LITTLE)
    for chat in (group, dung.private, ha.private):
        await comes(talk, chat, NIGHT)
        assert chat.from_bot[-1].buttons == [["Biểu đồ"]]
    shown = group.from_bot[-1]
    await an.presses("Biểu đồ", shown, group).hears("📈 Đã xong", "Xã Xuân Thu")
    assert len(heard(group, "📈")) == 1
    await dung.presses("Biểu đồ", shown, group).notes("đã được chọn")
    for person in (dung, ha):
        await person.presses("Biểu đồ", person.private.from_bot[-1]).hears("📈 Đã xong", "Xã Xuân Thu")


@pytest.mark.on("zalo")
async def test_what_would_have_to_be_cut_is_not_there(talk: Talk) -> None:
    """Where buttons are words of the message, a summary that is whole has none."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    talk.clock.set(SUMMARY + LITTLE)
    text = await comes(talk, dung.private, NIGHT)
    assert "Nhắn lại" not in text
    assert not dung.private.from_bot[-1].buttons


async def test_a_night_without_a_report_has_no_chart(talk: Talk) -> None:
    """One line, and nothing to press."""
    dung = await talk.person("Dũng")
    talk.clock.set(SUMMARY + LITTLE)
    await comes(talk, dung.private, NIGHT)
    assert not dung.private.from_bot[-1].buttons


async def test_a_lead_who_muted_the_summary_is_not_promised_it(talk: Talk) -> None:
    """The others get it all the same."""
    dung, ha = await talk.person("Dũng"), await talk.person("Hà")
    await dung.says("/lichnhac tắt tổng kết").hears("Đã tắt tổng kết ngày")
    said = await dung.says("/chot").hears(CLOSED, "1 cán bộ xã")
    assert "đồng chí" not in said.text.splitlines()[0]
    await comes(talk, ha.private, NIGHT)
    await talk.settled()
    assert heard(dung.private, "🌙") == []
