"""Sends refused as if nobody knew the bot: a slip is tried again at once; what goes on turns its channel red."""

import asyncio
import logging
from datetime import timedelta

import pytest

from storage.engine.transaction import Transaction
from storage.running import channels
from tests.sending.passing import FOR_EVER, passes, until
from tests.sending.test_trouble import sends_to
from tests.sending.test_unsaid import status
from tests.talk import PATIENCE, Talk

pytestmark = pytest.mark.on("telegram")
SECOND = timedelta(seconds=1)


def _is_down(tx: Transaction) -> bool:
    return not next(one for one in channels.all_of(tx) if one.name == "telegram").up


@pytest.mark.parametrize("code", [401, 404])
async def test_one_odd_refusal_holds_nobody_up(talk: Talk, caplog: pytest.LogCaptureFixture, code: int) -> None:
    """The answer comes within seconds, others' at once, and the log has it."""
    caplog.set_level(logging.WARNING)
    an, binh = await talk.person("An"), await talk.person("Bình")
    await talk.settled()
    for person in (an, binh):
        talk.emulator.fail("unauthorised", method="sendMessage", chat=person.private, status=code)
    said = [person.says("xóm 4 được 3") for person in (an, binh)]
    await talk.emulator.wait_for(lambda: not talk.emulator.api.faults, timeout=PATIENCE)
    cuc = await talk.person("Cúc")  # no time has passed
    await cuc.says("xóm 5 được 1").hears("✅ Xóm 5: 1 máy")
    await passes(talk, timedelta(seconds=3), SECOND)
    for one in said:
        await one.hears("✅ Xóm 4: 3 máy")
    assert sum("the token is refused" in record.getMessage() for record in caplog.records) == 2


async def test_refusals_that_go_on_turn_the_channel_red(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    """Until a send arrives; what waited comes then, and the log tells of both once."""
    caplog.set_level(logging.WARNING)
    an = await talk.person("An")
    await talk.settled()
    before = len(sends_to(talk, an.private))
    talk.emulator.fail("unauthorised", FOR_EVER, method="sendMessage", status=401)
    said = an.says("xóm 4 được 3")
    await until(talk, lambda: len(sends_to(talk, an.private)) - before >= 5, SECOND)
    await talk.settled_to(_is_down)
    said_of_it = await asyncio.to_thread(status, talk)
    assert "DOWN: sends are refused: the token is refused since" in said_of_it
    assert "bot           WRONG\n  telegram: DOWN: sends are refused" in said_of_it
    await passes(talk, timedelta(minutes=10))
    talk.emulator.recover()
    await passes(talk, timedelta(seconds=31), SECOND)
    await said.hears("✅ Xóm 4: 3 máy")
    await talk.settled_to(lambda tx: not _is_down(tx))
    said_of_it = await asyncio.to_thread(status, talk)
    assert "telegram      up: polling since" in said_of_it
    assert "bot           well" in said_of_it
    assert sum("again and again" in record.getMessage() for record in caplog.records) == 1
    assert sum("sends arrive again" in record.getMessage() for record in caplog.records) == 1
