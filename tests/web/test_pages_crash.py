"""The server is killed under a real page: what was typed arrives once, in order, and is answered."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browsers import Browser
from tests.chromium import launched, needs_chromium, opened
from tests.crash.evening import EVENING, nothing_left
from tests.crash.supervisor import Supervisor
from tests.emulators.telegram import Emulator
from tests.talk import CODES
from tests.web.pages.hands import message, says

pytestmark = needs_chromium
PATIENCE = 60_000  # milliseconds: the page waits longer with each vain attempt to connect
KILLS = 30


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[tuple[Supervisor, Page]]:
    """The program in a process of its own, and a page in which An has joined."""
    async with AsyncExitStack() as stack:
        emulator = await stack.enter_async_context(Emulator(privacy=False, clock=EVENING.timestamp))
        bot = Supervisor(tmp_path, emulator, EVENING)
        stack.push_async_callback(bot.stop)
        await bot.start()
        url = f"http://127.0.0.1:{bot.web_port}"
        async with Browser(url) as probe:
            await probe.until_reached()
        browser = await stack.enter_async_context(launched())
        _, screen = await stack.enter_async_context(opened(browser, url))
        await screen.page.goto(f"{url}/vao/{CODES['An']}")
        await screen.page.get_by_role("button", name="Vào", exact=True).click()
        await expect(message(screen.page, "Chào em An")).to_be_visible()
        yield bot, screen.page


async def _all_there(bot: Supervisor, page: Page, numbers: list[int]) -> None:
    """Every message is the bot's, in order, counted once and answered once."""
    await page.evaluate("dispatchEvent(new Event('online'))")  # it may be waiting for up to half a minute
    await expect(page.locator(".row.mine .ticked:not([hidden])")).to_have_count(len(numbers), timeout=PATIENCE)
    await expect(message(page, f"✅ Xóm {len(numbers)}: ")).to_be_visible(timeout=PATIENCE)
    await bot.settled()
    own = await page.locator(".row.mine .said").all_inner_texts()
    assert own == [f"xóm {n} được {number}" for n, number in enumerate(numbers, 1)]
    answers = [text for text in await page.locator(".row.bot .said").all_inner_texts() if text.startswith("✅ Xóm")]
    assert [text.split(":")[0] for text in answers] == [f"✅ Xóm {n}" for n in range(1, len(numbers) + 1)]
    assert bot.done_by("hv1") == {"activated": sum(numbers)}
    nothing_left(bot)


@pytest.mark.parametrize(
    "step", ["web:kept", "commit:before", "commit:after", "web:taken", "send:before", "send:after"]
)
async def test_killed_between_typing_and_answer(running: tuple[Supervisor, Page], step: str) -> None:
    """Between send and commit, between commit and answer: the page comes back with what it has, and nothing doubles."""
    bot, page = running
    bot.end_next_life_at(step, 4 if step.startswith("commit") else 1)
    bot.kill()
    await bot.until(lambda: bot.deaths == 1, "a new start")
    for n in (1, 2, 3):
        await says(page, f"xóm {n} được {n}")
    await bot.until(lambda: bot.deaths == 2, "the death")
    await _all_there(bot, page, [1, 2, 3])


async def test_killed_again_and_again(running: tuple[Supervisor, Page]) -> None:
    """Killed at any moment while somebody types."""
    bot, page = running
    dice = random.Random(20230520)
    numbers: list[int] = []
    for kill in range(KILLS):
        numbers.append(dice.randint(1, 9))
        await says(page, f"xóm {len(numbers)} được {numbers[-1]}")
        await asyncio.sleep(dice.uniform(0, 0.15))
        bot.kill()
        await bot.until(lambda n=kill: bot.deaths > n, "a new start")
        if kill % 3 == 0:
            await page.evaluate("dispatchEvent(new Event('online'))")  # a reason to try at once
    await _all_there(bot, page, numbers)
