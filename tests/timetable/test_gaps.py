"""After a gap in which a platform may have lost something, each whom it concerns hears of it once."""

from datetime import datetime, timedelta

import pytest

from storage.engine.transaction import Transaction
from storage.running import gaps
from tests.sending.passing import passes, until
from tests.talk import ZONE, Talk, hours
from tests.timetable.test_jobs import LITTLE, SUMMARY, comes, done, heard

GAP = "Bot mất kết nối"
STEP = timedelta(seconds=20)


async def down(talk: Talk, time: timedelta) -> None:
    """The program is not running for a while."""
    await talk.settled()
    await talk.stop()
    talk.clock.advance(time)
    await talk.start()


async def there(talk: Talk, channel: str) -> None:
    """The program has noted that the platform is there."""

    def noted(tx: Transaction) -> bool:
        last = gaps.last_contact(tx, channel)
        return last is not None and last >= talk.clock.now() - timedelta(minutes=2)

    await talk.settled_to(noted)


def _all(talk: Talk) -> list[gaps.Gap]:
    """The gaps of these days."""
    now = talk.clock.now()
    found: list[gaps.Gap] = talk.look(lambda tx: gaps.between(tx, now - timedelta(days=30), now + hours(1)))
    return found


@pytest.mark.on("zalo")
async def test_any_gap_on_zalo(talk: Talk) -> None:
    """Students and lead hear from when to when, once; officers, whose commands are answered or not, do not."""
    dung, an, ha = await talk.person("Dũng"), await talk.person("An"), await talk.person("Hà")
    group = await talk.team_chat(dung, an)
    await an.says("xóm 4 được 3").hears("3 máy")
    await down(talk, hours(1.5))
    for person in (dung, an):
        text = await comes(talk, person.private, GAP)
        assert "Zalo từ 19:3" in text
        assert "đến 21:0" in text
        assert "ngày 20/05" in text
        assert "/homnay" in text
    for _ in range(3):
        await talk.stop()
        await talk.start()
        await an.says("xóm 5 được 1").hears("1 máy")
    await talk.settled()
    assert len(heard(an.private, GAP)) == 1
    assert heard(ha.private, GAP) == []
    talk.clock.set(SUMMARY + LITTLE)
    text = await comes(talk, group, "tổng kết ngày 20/05")
    assert f"⚠️ {GAP} Zalo từ 19:3" in text


@pytest.mark.on("zalo")
async def test_a_restart_is_no_gap(talk: Talk) -> None:
    """Half a minute of it: nobody hears anything."""
    an = await talk.person("An")
    for _ in range(3):
        await down(talk, timedelta(seconds=25))
        await an.says("xóm 4 được 3").hears("3 máy")
    await talk.settled()
    assert heard(an.private, GAP) == []
    assert _all(talk) == []


@pytest.mark.on("zalo")
async def test_a_minute_and_a_half_is_a_gap(talk: Talk) -> None:
    """What was written in it may be lost: it is told once, from when to when."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await down(talk, timedelta(seconds=90))
    assert "Zalo từ 19:3" in await comes(talk, an.private, GAP)
    assert len(_all(talk)) == 1


@pytest.mark.on("zalo")
async def test_zalo_that_cannot_be_reached_while_the_bot_runs(talk: Talk) -> None:
    """The gap is as long as nothing could come, not as long as the program was down."""
    an = await talk.person("An")
    await talk.settled()
    await talk.emulator.stop()
    await passes(talk, timedelta(minutes=20), STEP)
    await talk.emulator.start()
    await passes(talk, STEP, STEP)
    await an.says("xóm 4 được 1").hears("1 máy")
    await until(talk, lambda: len(_all(talk)) > 0, timedelta(seconds=1))
    (gap,) = _all(talk)
    assert timedelta(minutes=15) < gap.ended_at - gap.begun_at < timedelta(minutes=25)
    await comes(talk, an.private, GAP)


@pytest.mark.on("telegram")
@pytest.mark.parametrize(("time", "told"), [(hours(5), False), (hours(22), False), (hours(25), True)])
async def test_on_telegram_only_what_it_no_longer_keeps(talk: Talk, time: timedelta, told: bool) -> None:
    """It keeps what is written for a day."""
    an = await talk.person("An")
    await down(talk, time)
    await there(talk, "telegram")
    await talk.settled()
    if told:
        text = await comes(talk, an.private, GAP)
        assert "Telegram từ 19:3" in text
        assert "ngày 20/05 đến 20:3" in text
    assert bool(heard(an.private, GAP)) is told
    assert len(_all(talk)) is int(told)


@pytest.mark.on("web")
async def test_the_own_web_chat_loses_nothing(talk: Talk) -> None:
    """Whoever cannot send sees that."""
    an = await talk.person("An")
    await down(talk, timedelta(days=1, hours=2))
    await an.says("xóm 4 được 1").hears("1 máy")
    assert heard(an.private, GAP) == []


@pytest.mark.on("zalo")
async def test_a_gap_in_the_night_is_told_in_the_morning(talk: Talk) -> None:
    """In one message with the summary that came too late for the night."""
    dung = await talk.person("Dũng")
    await talk.settled()
    talk.clock.set(SUMMARY - hours(1))
    await dung.says("xóm 4 được 1").hears("1 máy")
    await passes(talk, timedelta(minutes=2), STEP)
    await down(talk, hours(3))
    await done(talk, "summary")
    await passes(talk, timedelta(minutes=1), STEP)
    assert heard(dung.private, GAP) == []
    talk.clock.set(datetime(2023, 5, 21, 6, 0, 5, tzinfo=ZONE))
    text = await comes(talk, dung.private, "tổng kết ngày 20/05")
    assert text.startswith("(gửi muộn) ")
    assert text.count(f"{GAP} Zalo từ 23:3") == 2
    assert len(heard(dung.private, GAP)) == 1


@pytest.mark.on("zalo")
async def test_whoever_has_no_phase_now_hears_nothing(talk: Talk) -> None:
    """After the last day nobody is asked to send anything again."""
    an = await talk.person("An")
    await talk.settled()
    talk.clock.advance(timedelta(days=30))
    await there(talk, "zalo")
    await down(talk, hours(2))
    await until(talk, lambda: len(_all(talk)) == 1, timedelta(seconds=1))
    await talk.settled_to(lambda tx: gaps.untold(tx) == [])
    await talk.settled()
    assert heard(an.private, GAP) == []
