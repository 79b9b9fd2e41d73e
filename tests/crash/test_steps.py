"""Killed at every step it passes: nothing sent is lost, nothing counted twice, everything answered."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.crash.evening import EVENING, Evening
from tests.crash.supervisor import Supervisor
from tests.emulators.telegram import Emulator

# Each step that the program passes in an evening, and at which passings it dies there.
STEPS: dict[str, Sequence[int]] = {
    "start": (1,),
    "start:opened": (1,),
    "start:prepared": (1,),
    "commit:before": (*range(1, 10), 10, 11, 12, 13),
    "commit:after": (*range(1, 10), 10, 11, 12, 13),
    "intake:event": (1, 2, 3, 5, 8, 12),
    "send:before": (1, 2, 3, 5, 8, 12, 16),
    "send:after": (1, 2, 3, 5, 8, 12, 16),
    "poll:before": (1, 2, 3, 4),
    "poll:committed": (1, 2, 3, 4),
    "schedule:nudge": (1,),  # a slice, with as many teams as there is time for
    "schedule:nudge:one": (1, 2),
    "schedule:summary": (1,),
    "schedule:summary:one": (1, 2),
    "schedule:digest": (1,),
    "schedule:housekeeping": (1,),
    "schedule:coming": (1,),
}
# Where it dies in one life after the other, as long as it takes to see whether it gets through.
AGAIN_AND_AGAIN = [
    ("start:prepared", 1),
    ("commit:before", 4),
    ("commit:after", 4),
    ("commit:after", 9),
    ("intake:event", 2),
    ("send:before", 1),
    ("send:after", 1),
    ("send:after", 3),
    ("poll:committed", 1),
    ("schedule:nudge", 1),
    ("schedule:summary", 1),
]
LIVES = 8


async def _evening(folder: Path, die_at: str, nth: int, lives: int) -> int:
    """An evening and a night with deaths; how many."""
    async with Emulator(privacy=False, clock=EVENING.timestamp) as emulator:
        bot = Supervisor(folder, emulator, EVENING)
        evening = Evening(bot, emulator)
        try:
            await bot.start(die_at, nth, lives)
            await evening.report()
            evening.check_evening()
            await evening.pass_night(die_at, nth, lives)
            evening.check_night()
            evening.check_evening()
        finally:
            await bot.stop()
        return bot.deaths


@pytest.mark.parametrize(("step", "nth"), [(step, nth) for step, passings in STEPS.items() for nth in passings])
async def test_killed_at_a_step(tmp_path: Path, step: str, nth: int) -> None:
    """Killed there in the evening and at night, and started again: as if nothing had happened."""
    assert await _evening(tmp_path, step, nth, lives=1) > 0, f"the program never passed {step} {nth} times"


@pytest.mark.parametrize(("step", "nth"), AGAIN_AND_AGAIN)
async def test_killed_there_again_and_again(tmp_path: Path, step: str, nth: int) -> None:
    """Killed at the same step in one life after the other: what was done before it is kept, and it gets through."""
    assert await _evening(tmp_path, step, nth, LIVES) > 1, f"the program hardly ever passed {step} {nth} times"
