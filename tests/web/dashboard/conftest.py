"""Browsers for officers, in a real Chromium."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.chromium import PATIENCE, Pages, pages_of
from tests.talk import Talk

expect.set_options(timeout=PATIENCE)


@pytest.fixture
async def pages(talk: Talk) -> AsyncIterator[Pages]:
    """Browsers for the people of the small campaign."""
    async with pages_of(talk) as opened:
        yield opened
