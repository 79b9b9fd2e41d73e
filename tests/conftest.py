"""Fixtures that all tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.talk import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """The real program with a small campaign, on the emulated Telegram."""
    async with talking(tmp_path) as running:
        yield running
