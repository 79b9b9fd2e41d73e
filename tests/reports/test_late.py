"""What arrives long after it was sent: its day is named, and of a day that is closed by now nothing is counted."""

from datetime import timedelta

import pytest

from tests.talk import Talk

pytestmark = pytest.mark.on("telegram", "zalo")


async def test_a_message_of_yesterday_is_no_report_of_today(talk: Talk) -> None:
    """It counts for the day on which it was sent, and the answer names that day."""
    an = await talk.person("An")
    yesterday = talk.clock.now() - timedelta(days=1)
    heard = await an.says("xóm 4 được 3", at=yesterday).hears("✅ Xóm 4: 3 máy", "Ngày 19/05 em 3 máy, cả tổ 3")
    assert "ôm nay" not in heard.text
    await an.says("xóm 5 được 2").hears("Hôm nay em 2 máy, cả tổ 2")
    await an.says("xóm 5 được 1", at=talk.clock.now() - timedelta(hours=1)).hears("Hôm nay em 3 máy")
    await an.says("/homnay").hears("Hôm nay em đã báo 2 tin")


async def test_a_message_of_a_closed_day_is_refused(talk: Talk) -> None:
    """As an edit of that day would be; two days back is open still."""
    talk.clock.advance(timedelta(days=10))
    an, now = await talk.person("An"), talk.clock.now()
    await an.says("xóm 4 được 3", at=now - timedelta(days=3)).hears("Số của ngày 27/05 đã khóa", "tổ trưởng Dũng")
    await an.says("xóm 4 được 9", at=now - timedelta(days=9)).hears("Số của ngày 21/05 đã khóa")
    assert talk.done_by("hv1") == {}
    await an.says("xóm 4 được 2", at=now - timedelta(days=2)).hears("Ngày 28/05 em 2 máy")
    await an.says("chào bot", at=now - timedelta(days=9))
    await talk.settled()
    assert "đã khóa" not in an.private.texts[-1]
    assert talk.done_by("hv1") == {"activated": 2}


@pytest.mark.on("telegram")
async def test_what_was_sent_in_time_and_waited_still_counts(talk: Talk) -> None:
    """The bot was away over the hour in which a day closes: what is named of it was open when it was written."""
    an = await talk.person("An")
    await talk.stop()
    an.says("ngày 18/5 xóm 4 được 3")
    talk.clock.advance(timedelta(hours=10))
    await talk.start()
    await an.waits("Xóm 4: 3 máy", "18/05")
    assert talk.done_by("hv1") == {"activated": 3}
