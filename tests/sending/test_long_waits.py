"""A platform that wants very long waits: they are looked at again soon, told in status, and hold up no other chat."""

import asyncio
import logging
from datetime import timedelta

import pytest

from tests.sending.passing import FOR_EVER, passes, paused
from tests.sending.test_trouble import sends_to
from tests.sending.test_unsaid import status
from tests.talk import PATIENCE, Talk

pytestmark = pytest.mark.on("telegram")
ODD = 10**9


async def test_a_wait_without_sense_is_looked_at_again_after_a_minute(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    """What waits is said then; meanwhile status tells that something does, and the log tells why."""
    caplog.set_level(logging.WARNING)
    an = await talk.person("An")
    await talk.settled()
    talk.emulator.fail("too_many", method="sendMessage", chat=an.private, said=ODD)
    said = an.says("xóm 4 được 3")
    await talk.emulator.wait_for(lambda: not talk.emulator.api.faults, timeout=PATIENCE)
    await paused(talk)
    assert "to be sent    1, 1 chat tried in vain: next try 2023-05-20T19:3" in await asyncio.to_thread(status, talk)
    assert any("told to wait" in record.getMessage() for record in caplog.records)
    await passes(talk, timedelta(seconds=62), timedelta(seconds=1))
    await said.hears("✅ Xóm 4: 3 máy")
    await talk.settled()
    assert "to be sent    0\n" in await asyncio.to_thread(status, talk)


async def test_a_wait_that_lasts_is_looked_at_ever_more_seldom(talk: Talk) -> None:
    """After one, two, four … minutes."""
    an = await talk.person("An")
    await talk.settled()
    before = len(sends_to(talk, an.private))
    talk.emulator.fail("too_many", FOR_EVER, method="sendMessage", chat=an.private, said=ODD)
    an.says("xóm 4 được 3")
    await passes(talk, timedelta(minutes=16), timedelta(seconds=10))
    assert 4 <= len(sends_to(talk, an.private)) - before <= 5


async def test_chats_that_are_told_to_wait_for_ever_hold_up_nobody(talk: Talk) -> None:
    """Two of them, for which everybody waits at first: the others are answered all the same."""
    an, binh, cuc = [await talk.person(name) for name in ("An", "Bình", "Cúc")]
    await talk.settled()
    for person in (an, binh):
        talk.emulator.fail("too_many", FOR_EVER, method="sendMessage", chat=person.private, said=ODD)
        person.says("xóm 4 được 3")
    await passes(talk, timedelta(minutes=5), timedelta(seconds=5))
    said = cuc.says("xóm 5 được 1")
    await passes(talk, timedelta(seconds=10), timedelta(seconds=1))
    await said.hears("✅ Xóm 5: 1 máy")
    talk.emulator.recover()
