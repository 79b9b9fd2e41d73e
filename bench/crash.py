"""kill -9 in the middle of a burst, and a new start: which messages are lost, and which are counted twice."""

from collections import Counter

from bench.bots import Bot, Ours, Plain, kill, running, workplace
from bench.figures import Effort, Figure
from bench.platform import Platform
from bench.students import messages


def measure(ours: Ours, effort: Effort) -> list[Figure]:
    """Each bot is killed once in each of some bursts, at different moments."""
    number, rounds = 2000, effort.of(4, 2)
    found: dict[str, Counter[str]] = {"ours": Counter(), "plain": Counter()}
    for turn in range(rounds):
        for bot in (Plain(), ours):
            found[bot.name].update(_killed(bot, number, after=number * (turn + 1) // (rounds + 2)))
    mine, plain = found["ours"], found["plain"]
    of = f"of {number * rounds:,}, killed {rounds} times in bursts"
    figures = [
        Figure(f"reports {word} {of}", f"{mine[word]:,}", f"{plain[word]:,}", "", "0", mine[word] == 0)
        for word in ("lost", "doubled")
    ]
    answered = mine["answers"] >= number * rounds
    return [*figures, Figure(f"answers {of}", _answers(mine), _answers(plain), "", "all", answered)]


def _answers(found: Counter[str]) -> str:
    return f"{found['answers']:,} ({found['marked']} marked)"


def _killed(bot: Bot, number: int, after: int) -> dict[str, int]:
    """Kills the bot when so many answers have arrived, and lets a new one do the rest."""
    with workplace(bot) as folder, Platform() as platform:
        process = bot.start(platform, folder)
        platform.say(messages(number))
        reached = platform.wait_for_answers(after)
        kill(process)
        assert reached, f"{bot.name} did not answer"
        with running(bot, platform, folder):
            platform.wait_until_quiet(2)
        stored = bot.stored(folder)
        calls = platform.calls("sendMessage")
        return {
            "lost": number - len(stored),
            "doubled": stored.total() - len(stored),
            "answers": len(calls),
            "marked": sum("gửi lại" in (text or "") for *_, text in calls),
        }
