"""Browsers without a page for the people of the small campaign."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from tests.browsers import Browser
from tests.talk import CODES, Talk

Open = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def web(talk: Talk) -> AsyncIterator[Open]:
    """Opens a browser for somebody of the campaign, joined and connected."""
    async with AsyncExitStack() as stack:

        async def opened(name: str) -> Browser:
            browser = await stack.enter_async_context(Browser(await talk.url()))
            response = await browser.join(CODES[name])
            assert response.status == 200, response.text
            return await browser.connect()

        yield opened
