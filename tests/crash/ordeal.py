"""One program on one database and over bad lines, killed again and again while people report to it."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.crash.crowd import PATIENCE, ChatCrowd, Crowd, WebCrowd
from tests.crash.line import Line
from tests.crash.tally import Tally, counted, is_corrupt, unsaid
from tests.crash.ways import Bot, Way

WAYS = {
    "telegram polling": Way("telegram", webhook=False),
    "telegram webhook": Way("telegram", webhook=True),
    "zalo polling": Way("zalo", webhook=False, serves=10),  # of a poll that breaks, the platform may think that it came
    "zalo webhook": Way("zalo", webhook=True),
    "web chat": Way("telegram", webhook=False),
}
# Where lives end, and at which passing at most.
STEPS = {
    **{"start": 1, "start:opened": 1, "start:prepared": 1},
    **{"commit:before": 20, "commit:after": 20, "intake:event": 3, "send:before": 4, "send:after": 4},
}
STEPS_OF = {
    "polling": {"poll:before": 3, "poll:committed": 2},
    "webhook": {"webhook:committed": 3},
    "chat": {"web:kept": 3, "web:taken": 3},
}
# Of how many exchanges something befalls one: what the bot says, what it asks for, a browser's socket, anything else.
RATES = {b"/send": 0.4, b"/getUpdates": 0.06, b"/ws": 0.4, b"": 0.15}
CALM_EVERY = 50  # kills: then the lines heal, all has to be answered, and the database is looked over
AT_STEPS = 0.6  # of the lives end at a step, if they come there
LONGEST_LIFE = 1.0  # seconds
LONGEST_WAY = 3.0  # seconds to a step that a life must come to


@dataclass(frozen=True, slots=True)
class Ordeal:
    """Everything that takes part. `out`: from the bot to the platform, `back`: from platform and browsers to it."""

    bot: Bot
    crowd: Crowd
    out: Line
    back: Line
    dice: random.Random
    steps: Mapping[str, int]

    def worsen(self) -> None:
        """Things go wrong on both lines."""
        for line in (self.out, self.back):
            line.rates = RATES

    def heal(self) -> None:
        """Nothing does."""
        self.out.heal()
        self.back.heal()

    async def is_calm(self) -> None:
        """Returns when all that was said is answered, with nothing going wrong any more."""
        self.heal()
        await self.crowd.is_heard()

    async def life(self) -> bool:
        """Lives on until it dies, while people speak; whether it died at a step."""
        bot, dice, before = self.bot, self.dice, self.bot.deaths
        step = dice.choice(list(self.steps)) if dice.random() < AT_STEPS else ""
        bot.end_next_life_at(step, dice.randint(1, self.steps.get(step, 1)))
        left = dice.uniform(0.0, LONGEST_LIFE)
        speaks_at = left * dice.random()
        for _ in range(dice.randint(1, 2)):
            await self.crowd.speak(dice)
        while bot.deaths == before and left > 0:
            await asyncio.sleep(0.02)
            left -= 0.02
            if left < speaks_at:
                await self.crowd.speak(dice)
                speaks_at = -1.0
        if bot.deaths > before:
            return True
        bot.kill()
        await bot.until(lambda: bot.deaths > before, "a new start")
        return False

    async def life_to(self, step: str) -> bool:
        """A new life, while people speak, to the first passing of a step; whether it came there."""
        bot, before = self.bot, self.bot.deaths + 1
        bot.end_next_life_at(step, 1)
        bot.kill()
        await bot.until(lambda: bot.deaths >= before, "a new start")
        for _ in range(3):
            await self.crowd.speak(self.dice)
        with suppress(AssertionError):  # what it waits for may hang
            await bot.until(lambda: bot.deaths > before, f"coming to {step}", LONGEST_WAY)
        return bot.deaths > before

    def counted(self) -> Tally:
        """What became of it all."""
        befell = self.out.befell.total() + self.back.befell.total()
        tally = Tally(troubles=befell, said=len(self.crowd.expected), ended=self.bot.ended)
        tally.count_reports(self.crowd.expected, self.bot.look(counted))
        self.crowd.count(tally)
        tally.unsaid = self.bot.look(unsaid)
        tally.corrupt = int(self.bot.look(is_corrupt))
        return tally


@asynccontextmanager
async def ordeal(name: str, folder: Path, seed: int) -> AsyncIterator[Ordeal]:
    """The program as it is set for one way, started, with everybody in."""
    way, dice = WAYS[name], random.Random(seed)
    async with AsyncExitStack() as stack:
        emulator = await stack.enter_async_context(way.emulator())
        if way.platform == "zalo":
            emulator.api.allowance = 10**9
        out = await stack.enter_async_context(Line(lambda: int(emulator.port), random.Random(seed + 1)))
        back = Line(lambda: bot.web_port, random.Random(seed + 2), honest=True)
        bot = Bot(folder, emulator, way, out=out, back=back)
        bot.patience = PATIENCE
        await stack.enter_async_context(back)
        crowd: Crowd = ChatCrowd(bot, edits=way.platform == "telegram")
        if name == "web chat":
            crowd = WebCrowd(bot, back.url, stack)
        stack.push_async_callback(bot.stop)
        await bot.start()
        await crowd.join()
        steps = STEPS | STEPS_OF[name.rpartition(" ")[2]]
        yield Ordeal(bot, crowd, out, back, dice, steps)


async def endure(name: str, folder: Path, kills: int, seed: int, told: Callable[[int], bool] = lambda _: True) -> Tally:
    """So many kills; what became of everything. `told` hears how many there were, and says whether to go on."""
    async with ordeal(name, folder, seed) as one:
        at_steps, restless = 0, ""
        try:
            one.worsen()
            while (deaths := one.bot.deaths) < kills and told(deaths):
                at_steps += await one.life()
                if deaths // CALM_EVERY < one.bot.deaths // CALM_EVERY:
                    await one.is_calm()
                    assert not one.bot.look(is_corrupt), "corrupt"
                    one.worsen()
            await one.is_calm()
        except AssertionError as error:
            restless = str(error)
        tally = one.counted()
        tally.kills, tally.at_steps = one.bot.deaths - one.bot.ended, at_steps
        if restless:
            tally.restless = 1
            tally.which.append(f"{name}: {restless}")
    return tally
