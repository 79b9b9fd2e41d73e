"""A message that is dated in the future counts when it arrives."""

from datetime import timedelta

import pytest

from storage.engine.times import day_number
from storage.engine.transaction import Row, Transaction
from tests.talk import EVENING, Talk

TODAY = EVENING.date()
AHEAD = [timedelta(minutes=30), timedelta(days=1), timedelta(days=400)]


def _reports(tx: Transaction) -> list[Row]:
    return tx.all("SELECT day, at FROM reports ORDER BY id")


@pytest.mark.parametrize("ahead", AHEAD)
async def test_a_message_of_the_future_counts_today(talk: Talk, ahead: timedelta) -> None:
    """Its work day is that of its arrival; a later one adds to the same day, and it is corrected like any other."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 3", at=EVENING + ahead).hears("3 máy", "Hôm nay em 3")
    await an.says("nhà ông Tư xóm 4 được 2").hears("2 máy", "Hôm nay em 5")
    await talk.settled()
    now = talk.clock.now().timestamp()
    rows = talk.look(_reports)
    assert [row["day"] for row in rows] == [day_number(TODAY)] * 2
    assert all(EVENING.timestamp() <= row["at"] <= now for row in rows)
    await an.says("/homnay").hears("3", "2")


async def test_an_edit_of_a_message_of_the_future(talk: Talk) -> None:
    """It corrects the report of today, once, however often the platform brings it."""
    talk.needs("edits")
    an = await talk.person("An")
    said = an.says("xóm 4 được 3", at=EVENING + timedelta(days=1))
    await said.hears("3 máy")
    talk.clock.advance(timedelta(minutes=1))
    talk.platform.edits(an.user, said.shown, "xóm 4 được 4", an.private, at=talk.clock.now() + timedelta(days=2))
    await talk.emulator.wait_for(lambda: any("4 máy" in one.text for one in an.private.messages if one.from_bot))
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 4}
    assert {row["day"] for row in talk.look(_reports)} == {day_number(TODAY)}


async def test_what_is_asked_about_a_message_of_the_future(talk: Talk) -> None:
    """An open question is answered at once, as any other."""
    an = await talk.person("An")
    await an.says("xóm 4 tầm 5 máy", at=EVENING + timedelta(hours=12)).hears("số chính xác")
    await an.says("4").hears("4 máy", "Hôm nay em 4")
