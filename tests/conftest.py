"""Fixtures that all tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx  # noqa: F401 - before bot.channels.telegram, which keeps it away: the stock parts of these tests use it
import pytest

from tests.platforms import PLATFORMS
from tests.talk import Talk, talking


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A conversation is tested on every platform, but for what is marked as being about some of them: `on("zalo")`."""
    if "platform" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("on")
        metafunc.parametrize("platform", marked.args if marked else list(PLATFORMS))


@pytest.fixture
async def talk(tmp_path: Path, platform: str) -> AsyncIterator[Talk]:
    """The real program with a small campaign, on one of the platforms."""
    async with talking(tmp_path, platform=platform) as running:
        yield running
