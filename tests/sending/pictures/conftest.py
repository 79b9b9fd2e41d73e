"""Conversations where everybody can reach the program, and browsers of two people."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.browsers import Browser
from tests.sending.pictures.showing import HOST, reached
from tests.talk import CODES, Talk, talking


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The program where everybody can reach it, as far as the platform can see."""
    async with talking(tmp_path, platform=platform, settings={"BACUNG_WEB__PUBLIC_URL": f"http://{HOST}"}) as running:
        await reached(running)
        yield running


@pytest.fixture
async def browsers(talk: Talk) -> AsyncIterator[tuple[Browser, Browser]]:
    """An's and Em's browsers, joined and connected."""
    await talk.url()
    async with AsyncExitStack() as stack:
        both = []
        for name in ("An", "Em"):
            browser = await stack.enter_async_context(Browser(f"http://127.0.0.1:{talk.app.server.port}"))
            assert (await browser.join(CODES[name])).status == 200
            both.append(await browser.connect())
        yield both[0], both[1]
