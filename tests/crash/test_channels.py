"""Killed on Zalo's polling and on both webhooks: nothing delivered is lost, nothing counted twice, all answered."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.crash.evening import EVENING, nothing_left, nothing_twice, said
from tests.crash.ways import Bot, Way
from tests.talk import CODES

KILLS = 30
MESSAGES = 12


WAYS = {
    "zalo polling": Way("zalo", webhook=False, serves=KILLS),  # a poll that was answered to a bot just killed counts
    "zalo webhook": Way("zalo", webhook=True),
    "telegram webhook": Way("telegram", webhook=True),
}
# Steps that each way passes, and at which passings it dies there.
STEPS: dict[str, tuple[int, ...]] = {
    "start:prepared": (1,),
    "commit:before": (4, 7, 9),
    "commit:after": (4, 7, 9),
    "intake:event": (1, 3, 6),
    "send:before": (1, 4),
    "send:after": (1, 4),
}
OF_WAYS: dict[str, dict[str, tuple[int, ...]]] = {
    "zalo polling": {"poll:before": (1, 3, 6), "poll:committed": (1, 2, 5)},
    "zalo webhook": {"webhook:committed": (1, 2, 5)},
    "telegram webhook": {"webhook:committed": (1, 2, 5)},
}
CASES = [(way, step, nth) for way in WAYS for step, passings in (STEPS | OF_WAYS[way]).items() for nth in passings]


class Stream:
    """Two students who report, each message of a hamlet of its own: of hamlet 17, 8 phones."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.users = {ref: bot.emulator.user(name) for ref, name in (("hv1", "An"), ("hv2", "Bình"))}
        self.sent: dict[str, list[int]] = {ref: [] for ref in self.users}
        self._next = 1

    def join(self) -> None:
        """They give their codes."""
        for user in self.users.values():
            user.start(CODES[user.name], at=EVENING)

    def report(self, ref: str) -> None:
        """The next message."""
        self.sent[ref].append(self._next)
        self._say(ref, self._next)
        self._next += 1

    def _say(self, ref: str, number: int) -> None:
        self.users[ref].sends(f"xóm {number} được {number % 9 + 1}", at=EVENING)

    def answered(self, ref: str) -> list[int]:
        """What the bot has answered to somebody."""
        return [n for n in self.sent[ref] if said(self.users[ref].chat, f"Xóm {n}: {n % 9 + 1} máy")]

    def say_again(self) -> int:
        """Whoever got no answer writes again; how many messages."""
        missing = [(ref, n) for ref, numbers in self.sent.items() for n in numbers if n not in self.answered(ref)]
        for ref, number in missing:
            self._say(ref, number)
        return len(missing)

    def check(self) -> None:
        """What was answered counts once, and nothing else does."""
        for ref, user in self.users.items():
            assert self._bot.done_by(ref).get("activated", 0) == sum(n % 9 + 1 for n in self.answered(ref))
            nothing_twice(user.chat)

    def check_all(self) -> None:
        """All of it was answered."""
        self.check()
        assert {ref: self.answered(ref) for ref in self.users} == self.sent
        nothing_left(self._bot)


async def _evening(folder: Path, way: Way, die_at: str, nth: int) -> tuple[int, int]:
    """An evening in which the bot dies; how many messages people had to send again, and how often it died."""
    async with way.emulator() as emulator:
        bot = Bot(folder, emulator, way)
        stream = Stream(bot)
        try:
            await bot.start()
            stream.join()
            await bot.settled()
            await bot.stop()
            await bot.start(die_at, nth)
            for _ in range(MESSAGES // 2):
                for ref in stream.users:
                    stream.report(ref)
            await bot.settled()
            stream.check()
            again = stream.say_again()
            await bot.settled()
            stream.check_all()
        finally:
            await bot.stop()
        return again, bot.deaths


@pytest.mark.parametrize(("way", "step", "nth"), CASES)
async def test_killed_at_a_step(tmp_path: Path, way: str, step: str, nth: int) -> None:
    """Killed there and started again: nobody has to say anything twice."""
    again, deaths = await _evening(tmp_path, WAYS[way], step, nth)
    assert deaths > 0, f"the program never passed {step} {nth} times"
    assert again == 0


@pytest.mark.parametrize(("step", "nth"), [("intake:event", 3), ("commit:before", 7), ("commit:after", 7)])
async def test_where_zalo_forgets_what_it_was_asked_for(tmp_path: Path, step: str, nth: int) -> None:
    """A poll that consumes what it reads can lose the one message that was under way at each death: no answer comes,
    and its sender writes it again; what was answered counts once."""
    again, deaths = await _evening(tmp_path, Way("zalo", webhook=False), step, nth)
    assert deaths == 1
    assert again <= 2  # the life in which people joined was ended as well


@pytest.mark.parametrize("way", WAYS)
async def test_killed_at_random_moments(tmp_path: Path, way: str) -> None:
    """Many kills in a stream of messages."""
    dice = random.Random(20230520)
    async with WAYS[way].emulator() as emulator:
        bot = Bot(tmp_path, emulator, WAYS[way])
        stream = Stream(bot)
        try:
            await bot.start()
            stream.join()
            await bot.settled()
            for kill in range(KILLS):
                for _ in range(dice.randint(1, 4)):
                    stream.report(dice.choice(list(stream.users)))
                await asyncio.sleep(dice.uniform(0.0, 0.4))
                bot.kill()
                await bot.until(lambda n=kill: bot.deaths > n, "a new start")
            await bot.settled()
        finally:
            await bot.stop()
        stream.check_all()
