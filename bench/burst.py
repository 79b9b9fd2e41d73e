"""Reports a second when 100 students send thousands of messages at once, until the last answer has arrived."""

import time
from statistics import median

from bench.bots import Bot, Ours, Plain, running, warmed, workplace
from bench.figures import Effort, Figure
from bench.platform import Platform
from bench.students import messages

AT_LEAST = 2.5


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Both bots in turns; the medians of some rounds."""
    number, rounds = effort.of(3000, 1500), effort.of(5, 3)
    speeds: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(rounds):
        for bot in (Plain(), ours):
            speeds[bot.name].append(_speed(bot, number))
    mine, plain = median(speeds["ours"]), median(speeds["plain"])
    return [
        Figure(
            f"reports/s, {number:,} at once (median of {rounds})",
            f"{mine:,.0f}",
            f"{plain:,.0f}",
            f"{mine / plain:.2f}",
            f"≥ {AT_LEAST}",
            mine / plain >= AT_LEAST,
        )
    ]


def _speed(bot: Bot, number: int) -> float:
    with workplace(bot) as folder, Platform() as platform:
        with running(bot, platform, folder):
            warmed(platform, bot)
            begun = time.monotonic()
            platform.say(messages(number))
            assert platform.wait_for_answers(number), f"{bot.name} did not answer all"
            seconds = time.monotonic() - begun
            platform.wait_until_quiet(0.5)
        stored = bot.stored(folder)
        assert len(stored) == stored.total() >= number, f"{bot.name} has not stored each once"
        return number / seconds
