"""An emulated Telegram, the stock library's bot on it, and a student who writes to it."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
)

from tests.emulators.telegram import Emulator, User


@pytest.fixture
async def emu(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Emulator]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else each error.RetryAfter warns that its seconds will be a timedelta
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
async def bot(emu: Emulator) -> AsyncIterator[Bot]:
    async with Bot(emu.token, base_url=emu.base_url) as bot:
        yield bot


@pytest.fixture
def an(emu: Emulator) -> User:
    """A student who has started the bot."""
    user = emu.user("An", "an_hv")
    user.start()
    return user
