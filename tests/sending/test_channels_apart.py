"""Each channel has its own slots: a platform that hangs holds up nobody on another."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sending.delivery import IN_FLIGHT
from tests.emulators import telegram
from tests.talk import CODES, PATIENCE, Person, talking

HANGING = 40  # chats


@asynccontextmanager
async def hanging(folder: Path, platform: str) -> AsyncIterator[Person]:
    """An on one platform, while all sends to forty chats on Telegram hang."""
    async with telegram.Emulator(privacy=False) as other:
        settings = {
            "BACUNG_TELEGRAM__TOKEN": other.token,
            "BACUNG_TELEGRAM__BASE_URL": other.url,
            "BACUNG_TELEGRAM__RATE": "0",
            "BACUNG_TELEGRAM__CHAT_RATE": "0",
            "BACUNG_TELEGRAM__GROUP_RATE": "0",
        }
        async with talking(folder, platform=platform, settings=settings) as talk:
            an, lead = await talk.person("An"), other.user("Dũng")
            lead.start(CODES["Dũng"], at=talk.clock.now())
            await other.wait_for(lambda: bool(lead.chat.from_bot), PATIENCE)
            other.fail("hang", times=10**9, method="sendMessage")
            for n in range(HANGING):
                lead.sends("/trogiup", other.group(f"Nhóm {n}", [lead]), at=talk.clock.now())
            await other.wait_for(lambda: len(other.calls_of("sendMessage")) > IN_FLIGHT, PATIENCE)
            try:
                yield an
            finally:
                other.recover()
                await other.stop()  # what hangs breaks off


@pytest.mark.on("web", "zalo")
async def test_others_are_answered_while_telegram_hangs(tmp_path: Path, platform: str) -> None:
    """At once, forty times, and not after the time that Telegram is given to answer."""
    async with hanging(tmp_path, platform) as an:
        waits = []
        for n in range(HANGING):
            began = time.monotonic()
            await an.says(f"xóm {n} được 1").hears(f"Xóm {n}: 1 máy")
            waits.append(time.monotonic() - began)
            await asyncio.sleep(0)
        assert max(waits) < 1.0
