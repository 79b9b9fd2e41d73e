"""The web chat's server is killed at every step and at any moment: nothing typed is lost, doubled or unanswered."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.browsers import Browser
from tests.crash.evening import EVENING, nothing_left
from tests.crash.supervisor import Supervisor
from tests.emulators.telegram import Emulator
from tests.talk import CODES

KILLS = 60  # `make torture` has a thousand
STEPS: dict[str, Sequence[int]] = {
    "web:kept": (1, 2, 3, 5),
    "web:taken": (1, 2, 3, 5),
    "commit:before": (*range(2, 16), 20, 25),
    "commit:after": (*range(2, 16), 20, 25),
    "intake:event": (1, 2, 3, 5),
    "send:before": (1, 2, 4),
    "send:after": (1, 2, 4),
}


class Typing:
    """Somebody who types into a browser, and what the reports add up to."""

    def __init__(self, browser: Browser, ref: str) -> None:
        self.browser = browser
        self.ref = ref
        self.typed: list[tuple[str, int]] = []  # UUID and number

    async def says(self, number: int) -> None:
        """One report."""
        self.typed.append((await self.browser.says(f"xóm {len(self.typed) + 1} được {number}"), number))

    @property
    def expected(self) -> int:
        """What counts."""
        return sum(number for _, number in self.typed)

    async def all_taken(self, bot: Supervisor) -> None:
        """The bot has everything."""
        await bot.until(lambda: not self.browser.queue, f"taking all that {self.ref} typed")

    def check(self) -> None:
        """Each report is there once, in order, and answered once."""
        own = sorted((one for one in self.browser.messages.values() if one["mine"]), key=lambda one: one["id"])
        assert [one["uuid"] for one in own] == [id for id, _ in self.typed]
        assert {one["state"] for one in own} <= {"taken"}
        answers = [one["text"] for one in self.browser.from_bot() if one["text"].startswith("✅")]
        assert [text.split(":")[0] for text in answers] == [f"✅ Xóm {n}" for n in range(1, len(self.typed) + 1)]
        assert not [text for text in answers if "gửi lại" in text]


async def _typing(stack: AsyncExitStack, bot: Supervisor, name: str, ref: str) -> Typing:
    browser = await stack.enter_async_context(Browser(f"http://127.0.0.1:{bot.web_port}"))
    await browser.until_reached()
    await browser.join(CODES[name])
    await browser.connect()
    return Typing(browser, ref)


@pytest.mark.parametrize(("step", "nth"), [(step, nth) for step, passings in STEPS.items() for nth in passings])
async def test_killed_at_a_step(tmp_path: Path, step: str, nth: int) -> None:
    """Killed there and started again: as if nothing had happened."""
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator, AsyncExitStack() as stack:
        bot = Supervisor(tmp_path, emulator, EVENING)
        stack.push_async_callback(bot.stop)
        await bot.start()
        an = await _typing(stack, bot, "An", "hv1")
        binh = await _typing(stack, bot, "Bình", "hv2")
        await bot.settled()
        bot.end_next_life_at(step, nth)
        bot.kill()
        await bot.until(lambda: bot.deaths == 1, "a new start")
        for number in (3, 4, 5):
            await an.says(number)
            await binh.says(number)
        for person in (an, binh):
            await person.all_taken(bot)
        await bot.settled()
        for number in (1, 2, 1, 2):  # one by one, so that each is a batch of its own
            await an.says(number)
            await an.all_taken(bot)
        await bot.settled()
        assert bot.deaths == 2, f"the program never passed {step} {nth} times"
        for person in (an, binh):
            await person.browser.hears(f"Xóm {len(person.typed)}: ")
            person.check()
            assert bot.done_by(person.ref) == {"activated": person.expected}
        nothing_left(bot)


async def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Kills while browsers send: everything counted once, in order, answered once."""
    dice = random.Random(20230520)
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator, AsyncExitStack() as stack:
        bot = Supervisor(tmp_path, emulator, EVENING)
        stack.push_async_callback(bot.stop)
        await bot.start()
        people = [
            await _typing(stack, bot, name, ref) for name, ref in (("An", "hv1"), ("Bình", "hv2"), ("Cúc", "hv3"))
        ]
        await bot.settled()
        for kill in range(KILLS):
            for _ in range(dice.randint(1, 4)):
                await dice.choice(people).says(dice.randint(1, 9))
            if kill % 4:  # every fourth death comes while it is starting
                await bot.until(lambda: any(one.browser.is_connected for one in people), "a connection")
                await dice.choice(people).says(dice.randint(1, 9))
            await asyncio.sleep(dice.uniform(0.0, 0.1))
            bot.kill()
            await bot.until(lambda n=kill: bot.deaths > n, "a new start")
        for person in people:
            await person.all_taken(bot)
        await bot.settled()
        for person in people:
            await person.browser.hears(f"Xóm {len(person.typed)}: ")
            person.check()
            assert bot.done_by(person.ref) == {"activated": person.expected}
        nothing_left(bot)
