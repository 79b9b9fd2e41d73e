"""Four messages unasked in an evening, for one person, at most: what is left out, and what room is kept for."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.talk import ZONE, Talk, talking
from tests.timetable.test_jobs import LITTLE, NUDGE, SUMMARY, comes, done, heard

AFTERNOON = datetime(2023, 5, 20, 15, 0, tzinfo=ZONE)
PLAN = datetime(2023, 5, 20, 17, 0, tzinfo=ZONE)
NAMES = datetime(2023, 5, 20, 22, 30, tzinfo=ZONE)
NUDGED = "chưa nhận được báo cáo"
pytestmark = pytest.mark.on("telegram")


@pytest.fixture
async def afternoon(tmp_path: Path) -> AsyncIterator[Talk]:
    """The fifth day of the phase, before the evening's plan."""
    async with talking(tmp_path, start=AFTERNOON) as running:
        yield running


async def test_a_student_hears_four_things(afternoon: Talk) -> None:
    """The plan and three calls of the lead; a fourth, and the clock's nudge, are too many. The next day begins anew."""
    talk = afternoon
    dung, an = await talk.person("Dũng"), await talk.person("An")
    talk.clock.set(PLAN + LITTLE)
    await comes(talk, an.private, "Tối nay em")
    for n in range(1, 4):
        talk.clock.advance(timedelta(minutes=40))
        await dung.says("/nhac").hears("Đã nhắc An")
        await comes(talk, an.private, NUDGED, times=n)
    talk.clock.advance(timedelta(minutes=40))
    await dung.says("/nhac").hears("An tối nay đã nhận đủ tin nhắc, đồng chí gọi giúp bot")
    talk.clock.set(NUDGE + LITTLE)
    await comes(talk, dung.private, NUDGED)
    await talk.settled()
    assert len(heard(an.private, NUDGED)) == 3
    talk.clock.set(NUDGE + timedelta(days=1) + LITTLE)
    await comes(talk, an.private, NUDGED, times=4)


async def test_a_lead_hears_of_the_night_whatever_came_before(afternoon: Talk) -> None:
    """Plan, nudge, names and summary are four; what is open of the team's messages comes with the summary."""
    talk = afternoon
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await talk.settled()
    before = len(dung.private.from_bot)
    await an.says("nhà ông Thoa khoảng 5 máy").hears("số chính xác")
    for moment in (PLAN, NUDGE, NAMES, SUMMARY):
        talk.clock.set(moment + LITTLE)
        await done(talk, "summary" if moment is SUMMARY else "names" if moment is NAMES else "plan")
        await talk.settled()
    await comes(talk, dung.private, "tổng kết ngày 20/05")
    said = [one.text for one in dung.private.from_bot[before:]]
    assert len(said) == 4
    assert "Thoa" in said[-1]
    assert said[-1].startswith("🌙")
