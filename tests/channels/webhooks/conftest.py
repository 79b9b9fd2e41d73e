"""Conversations by webhook."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.webhooks.posting import hooked
from tests.crash.supervisor import free_port
from tests.talk import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """A talk by webhook."""
    async with talking(tmp_path, platform=platform, settings=hooked(platform, free_port())) as running:
        yield running
