"""What strangers are told: a little, so that members neither wait for it nor pay for it."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine.database import session
from storage.engine.transaction import Transaction
from storage.running import allowances
from storage.talk.outbox import Class
from tests.talk import CODES, PATIENCE, Talk, talking
from tests.timetable.test_jobs import heard

HOW = "/start kèm mã"
OF_A_DAY = 30
MAY = 202305


@pytest.mark.on("telegram")
async def test_on_telegram_a_stranger_is_told_once_in_ten_minutes(talk: Talk) -> None:
    """Whatever they write; others are told for themselves, and a code is always tried."""
    one, other = talk.stranger("Lạ"), talk.stranger("Quen")
    for n in range(20):
        await one.says(f"alo {n}")
        talk.clock.advance(timedelta(seconds=25))
    assert len(heard(one.private, HOW)) == 1
    await other.says("alo").hears(HOW)
    talk.clock.advance(timedelta(minutes=2))
    await one.says("alo").hears(HOW)
    await one.says("/start SAI-MA-1").hears("không đúng")
    await one.says(f"/start {CODES['An']}").hears("đã vào", "An")


@pytest.mark.on("telegram")
async def test_a_command_of_a_stranger_is_answered_again(talk: Talk) -> None:
    """Not talk: /start says how to join once a minute, however often it is sent."""
    one = talk.stranger("Lạ")
    await one.says("alo").hears(HOW)
    talk.clock.advance(timedelta(minutes=2))
    await one.says("/start").hears(HOW)
    for _ in range(5):
        talk.clock.advance(timedelta(seconds=10))
        await one.says("/start").hears_nothing()
    talk.clock.advance(timedelta(seconds=15))
    await one.says("/start").hears(HOW)
    talk.clock.advance(timedelta(seconds=70))
    await one.says("alo").hears_nothing()


@pytest.mark.on("zalo")
async def test_on_zalo_strangers_share_a_small_allowance(talk: Talk) -> None:
    """Sixty messages in a minute cost one of the month's; forty strangers cost thirty a day; members pay nothing."""
    an, one = await talk.person("An"), talk.stranger("Lạ")
    await talk.settled()
    before = _spent(talk)
    for n in range(60):
        one.says(f"alo {n}")
        talk.clock.advance(timedelta(seconds=1))
    await talk.settled()
    assert _spent(talk) - before == 1
    for n in range(40):
        talk.stranger(f"Lạ {n}").says("alo")
    await talk.settled()
    assert _spent(talk) - before == OF_A_DAY
    await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
    await one.says(f"/start {CODES['Bình']}").hears("đã vào", "Bình")
    talk.clock.advance(timedelta(hours=24))
    await talk.stranger("Lạ mới").says("alo").hears(HOW)


async def test_wrong_codes_cost_no_more_than_the_allowance(tmp_path: Path) -> None:
    """Guessing from many accounts ends in silence, and a right code still lets in."""
    async with talking(tmp_path, platform="zalo") as talk:
        an = talk.stranger("An")
        for n in range(10):
            guesser = talk.stranger(f"Lạ {n}")
            for code in range(7):
                guesser.says(f"/start SAI-{n}-{code}")
        await talk.settled()
        assert _spent(talk) == OF_A_DAY
        await an.says(f"/start {CODES['An']}").hears("đã vào", "An")


async def test_when_half_the_month_is_used_strangers_are_told_nothing(tmp_path: Path) -> None:
    """What is left is the members', and nobody is troubled with what strangers were not told."""
    async with talking(tmp_path, platform="zalo", settings={"BACUNG_ZALO__ALLOWANCE": "1000"}) as talk:
        an, one = await talk.person("An"), talk.stranger("Lạ")
        await talk.settled()
        with session(talk.database) as tx:
            allowances.spend(tx, "zalo", MAY, 600)
        one.says("alo")
        await an.says("xóm 4 được 3").hears("✅ Xóm 4: 3 máy")
        talk.clock.advance(timedelta(hours=25))
        await talk.settled_to(lambda tx: tx.one("SELECT 1 FROM outbox WHERE state = 'expired'"))
        assert one.private.from_bot == []
        assert talk.look(lambda tx: tx.all("SELECT 1 FROM failures")) == []


async def test_members_come_first(tmp_path: Path) -> None:
    """With one message a second over all, a member's answer overtakes those to strangers."""
    async with talking(tmp_path, settings={"BACUNG_TELEGRAM__RATE": "1"}) as talk:
        an = await talk.person("An")
        await talk.stop()
        strangers = [talk.stranger(f"Lạ {n}") for n in range(5)]
        for one in strangers:
            one.says("alo")
        an.says("xóm 4 được 3")
        await talk.start()
        await talk.emulator.wait_for(lambda: bool(heard(an.private, "Xóm 4: 3 máy")), timeout=PATIENCE)
        assert sum(bool(one.private.from_bot) for one in strangers) <= 1
        assert talk.look(_classes) == {Class.ANSWER, Class.STRANGER}
        await talk.emulator.wait_for(lambda: all(one.private.from_bot for one in strangers), timeout=PATIENCE)


def _classes(tx: Transaction) -> set[int]:
    return {row["class"] for row in tx.all("SELECT DISTINCT class FROM outbox")}


@pytest.mark.on("zalo")
async def test_a_group_is_told_once_that_codes_are_private(talk: Talk) -> None:
    """However often somebody shows one there."""
    dung, stranger = await talk.person("Dũng"), talk.stranger("Lạ")
    group = await talk.team_chat(dung, stranger)
    for n in range(5):
        await stranger.says(f"/start SAI-MA-{n}", group)
    await talk.settled()
    assert len(heard(group, "nhắn riêng cho bot")) == 1


def _spent(talk: Talk) -> int:
    count: int = talk.look(lambda tx: allowances.spent(tx, "zalo", MAY))
    return count
