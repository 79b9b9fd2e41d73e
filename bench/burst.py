"""Reports a second when 100 students send thousands of messages at once, until the last answer has arrived."""

import time
from dataclasses import dataclass
from statistics import median

from bench.bots import Bot, Ours, Plain, processor_seconds, running, warmed, workplace
from bench.figures import Effort, Figure
from bench.platform import Platform
from bench.students import messages

AT_LEAST = 2.5


@dataclass(frozen=True, slots=True)
class Pass:
    """One burst: reports a second, and the processor's seconds for each report."""

    speed: float
    cost: float


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Both bots in turns. Ratios are medians over pairs that ran one after the other: what else the machine does
    harms both of a pair alike."""
    number, rounds = effort.of(3000, 1500), effort.of(7, 3)
    pairs = [(once(Plain(), number), once(ours, number)) for _ in range(rounds)]
    mine, plain = [one for _, one in pairs], [one for one, _ in pairs]
    faster = median(our.speed / their.speed for their, our in pairs)
    dearer = median(our.cost / their.cost for their, our in pairs)
    return [
        Figure(
            f"reports/s, {number:,} at once (median of {rounds})",
            f"{median(one.speed for one in mine):,.0f}",
            f"{median(one.speed for one in plain):,.0f}",
            f"{faster:.2f}",
            f"≥ {AT_LEAST}",
            faster >= AT_LEAST,
        ),
        Figure(
            "  the processor's time for each",
            f"{median(one.cost for one in mine) * 1e3:.2f} ms",
            f"{median(one.cost for one in plain) * 1e3:.2f} ms",
            f"{dearer:.2f}",
        ),
    ]


def once(bot: Bot, number: int) -> Pass:
    """One burst of one bot."""
    with workplace(bot) as folder, Platform() as platform:
        with running(bot, platform, folder) as process:
            warmed(platform, bot)
            begun, used = time.monotonic(), processor_seconds(process.pid)
            platform.say(messages(number))
            assert platform.wait_for_answers(number), f"{bot.name} did not answer all"
            seconds, used = time.monotonic() - begun, processor_seconds(process.pid) - used
            platform.wait_until_quiet(0.5)
        stored = bot.stored(folder)
        assert len(stored) == stored.total() >= number, f"{bot.name} has not stored each once"
        return Pass(number / seconds, used / number)
