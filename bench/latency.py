"""From a message to its answer, at a steady 50 messages a second."""

import time
from collections import defaultdict
from statistics import median, quantiles

from bench.bots import Bot, Ours, Plain, running, warmed, workplace
from bench.figures import Effort, Figure
from bench.platform import FIRST_STUDENT, Platform
from bench.students import messages

A_SECOND = 50
AT_MOST = 1.5


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Both bots in turns; the medians of some rounds."""
    number, rounds = effort.of(600, 400), effort.of(5, 3)
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "plain": []}
    for _ in range(rounds):
        for bot in (Plain(), ours):
            found[bot.name].append(_latency(bot, number))
    figures = []
    for place, name in enumerate(("p50", "p99")):
        mine = median(one[place] for one in found["ours"])
        plain = median(one[place] for one in found["plain"])
        judged = name == "p99"
        figures.append(
            Figure(
                f"message to answer at {A_SECOND}/s, {name} (median of {rounds})",
                f"{mine * 1000:.1f} ms",
                f"{plain * 1000:.1f} ms",
                f"{mine / plain:.2f}",
                f"≤ {AT_MOST}" if judged else "",
                mine / plain <= AT_MOST if judged else None,
            )
        )
    return figures


def _latency(bot: Bot, number: int) -> tuple[float, float]:
    """p50 and p99, in seconds."""
    pushed: dict[int, list[float]] = defaultdict(list)
    with workplace(bot) as folder, Platform() as platform, running(bot, platform, folder):
        warmed(platform, bot)
        begin = time.monotonic()
        for place, message in enumerate(messages(number)):
            time.sleep(max(0.0, begin + place / A_SECOND - time.monotonic()))
            pushed[FIRST_STUDENT + message[0]].append(time.monotonic())
            platform.say([message])
        assert platform.wait_for_answers(number), f"{bot.name} did not answer all"
        answered: dict[int, list[float]] = defaultdict(list)
        for _, chat, _, at, _, _ in platform.calls("sendMessage"):
            answered[chat or 0].append(at)
    waits = [
        answer - push for chat, times in pushed.items() for push, answer in zip(times, answered[chat], strict=True)
    ]
    cuts = quantiles(waits, n=100)
    return cuts[49], cuts[98]
