"""simulate: a database of a made-up campaign, to look at, to show, and to measure with."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.clock import Clock
from bot.commands.errors import BadArgument
from bot.config import Config
from bot.folder.demonstration import EXAMPLE
from bot.output import Progress, say
from bot.simulation.playing import Played
from bot.simulation.truth import Fault
from bot.simulation.writing import TooLong, Wish, write

_MOST_LINES = 20


def simulate(
    config: Config, file: Path, *, days: int, seed: int, today: bool, odd: bool, folder: Path = EXAMPLE
) -> int:
    """Writes a new database, and says what is in it and what was not stored as it was meant.

    `folder`: has made-up people, the example's whatever campaign is set: nobody real reports what they never did.

    Raises:
        BadArgument: there is such a file, or no such folder, or no such number of days.
    """
    if days < 1:
        raise BadArgument(f"--days {days}: write 1 or more")
    if file.exists():
        raise BadArgument(f"{file} is there already: name a new file, or remove that one")
    if not file.parent.is_dir():
        raise BadArgument(f"{file.parent}: no such folder; make it first")
    if not folder.is_dir():
        raise BadArgument(f"{folder}: no such folder; its people are made up, and others are not simulated")
    wish = Wish(days, seed, Clock().now(), config.schedule.day_start, today=today, odd=odd)
    try:
        with Progress() as progress:
            played = write(file, wish, folder, progress.steps)
    except TooLong as error:
        raise BadArgument(str(error)) from None
    tell(played, file)
    return 0


def tell(played: Played, file: Path) -> None:
    """What is in the file, and what of it is not what was done."""
    counts: Counter[str] = Counter()
    for (*_, outcome), n in played.truth.items():
        counts[outcome] += n
    done = ", ".join(f"{n:,} {outcome}" for outcome, n in counts.most_common())
    say(f"{file}: {played.sent:,} messages, edits and presses; done: {done}.")
    if played.planted:
        rules = Counter(one.rule for one in played.planted)
        say("Planted: " + ", ".join(f"{n} {rule}" for rule, n in sorted(rules.items())) + ".")
    if not played.faults and not played.differences:
        say("All sums are what was done.")
        return
    say(f"{len(played.differences):,} sums are not what was done (of people by day, of hamlets):")
    _some(played.differences)
    say(f"{len(played.faults):,} messages after which they were not (read otherwise, or still asked about):")
    _some([_line(fault) for fault in played.faults])


def _some(lines: Sequence[str]) -> None:
    for line in lines[:_MOST_LINES]:
        say(f"  {line}")
    if len(lines) > _MOST_LINES:
        say(f"  … and {len(lines) - _MOST_LINES} more")


def _line(fault: Fault) -> str:
    heard = fault.heard or "nothing"
    return f"{fault.deed.words!r}: meant {fault.meant}; stored {fault.stored}; the bot said: {heard}"
