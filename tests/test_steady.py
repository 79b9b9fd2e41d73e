"""Which time it is, where the machine's clock, what has passed, and the platforms' dates may differ."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.steady import SteadyClock
from tests.clocks import TestClock

START = datetime(2023, 5, 20, 18, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def clocks() -> tuple[TestClock, SteadyClock]:
    """The machine's, and the bot's."""
    machine = TestClock(START)
    return machine, SteadyClock(machine)


def is_right(machine: TestClock, steady: SteadyClock) -> bool:
    """Whether the bot goes by the right time, whatever the machine shows."""
    return abs(steady.now() - machine.right()) < timedelta(seconds=2)


@pytest.mark.parametrize("by", [7 * HOUR, DAY, -7 * HOUR, 6 * MINUTE, timedelta(days=4000)])
def test_a_jump_is_held_until_the_clock_comes_back(by: timedelta) -> None:
    """Meanwhile the bot goes by what has passed."""
    machine, steady = clocks()
    machine.goes_wrong(by)
    assert steady.wrong_by is not None
    assert abs(steady.wrong_by - by) < timedelta(seconds=1)
    machine.advance(40 * MINUTE)
    assert is_right(machine, steady)
    machine.goes_wrong(timedelta(0))
    assert steady.wrong_by is None


def test_a_minute_is_no_jump_and_minutes_add_up_to_none() -> None:
    """As when a clock is put right little by little."""
    machine, steady = clocks()
    for n in range(10):
        machine.goes_wrong(n * 2 * MINUTE)
        assert steady.wrong_by is None
        assert steady.now() - machine.now() < timedelta(seconds=1)


def test_platforms_confirm_a_jump() -> None:
    """A machine that slept without counting: the first answer after that says that its clock is right."""
    machine, steady = clocks()
    steady.told("telegram", machine.right())
    machine.sleeps(5 * HOUR)
    assert steady.wrong_by is not None
    steady.told("telegram", machine.right())
    assert steady.wrong_by is None
    assert is_right(machine, steady)


def test_platforms_contradict_a_start() -> None:
    """Two answers that say the same; the bot goes by them, and by the machine once that is right."""
    machine, steady = clocks()
    steady.wait_for({"telegram"})
    machine.goes_wrong(DAY)
    steady = SteadyClock(machine)
    steady.wait_for({"telegram"})
    assert not steady.is_heard
    steady.told("telegram", machine.right())
    assert not steady.is_heard
    steady.told("telegram", machine.right() + timedelta(seconds=1))
    assert steady.is_heard
    assert steady.wrong_by is not None
    assert is_right(machine, steady)
    machine.goes_wrong(timedelta(0))
    assert steady.wrong_by is None
    assert steady.is_confirmed


def test_one_odd_answer_holds_nothing() -> None:
    """It may come from something on the way; nor does a platform that is wrong, where another one is right."""
    machine, steady = clocks()
    steady.told("telegram", machine.right() + HOUR)
    assert steady.wrong_by is None
    steady.told("telegram", machine.right())
    for _ in range(5):
        steady.told("zalo", machine.right() - 3 * HOUR)
    assert steady.wrong_by is None
    assert steady.is_confirmed


def test_messages_tell_that_the_clock_is_behind() -> None:
    """Where answers bear no date. Old ones tell nothing."""
    machine, steady = clocks()
    for hours in (30, 7, 7, 1):
        steady.wrote("telegram", machine.right() - hours * HOUR)
    assert not steady.is_compared
    machine.goes_wrong(-7 * HOUR)
    steady = SteadyClock(machine)
    steady.wrote("telegram", machine.right())
    assert steady.wrong_by is None
    steady.wrote("telegram", machine.right())
    assert steady.wrong_by is not None
    assert is_right(machine, steady)


def test_a_start_waits_only_so_long() -> None:
    """Platforms that cannot be reached hold nothing; nothing is confirmed either."""
    machine, steady = clocks()
    steady.wait_for({"telegram", "zalo"})
    machine.advance(timedelta(seconds=11))
    assert steady.is_heard
    assert not steady.is_confirmed
    steady.told("zalo", machine.right())
    assert steady.is_confirmed


def test_a_platform_without_dates_is_not_waited_for() -> None:
    """Its answer is enough."""
    _, steady = clocks()
    heard: list[bool] = []
    steady.on_news = lambda: heard.append(True)
    steady.wait_for({"telegram"})
    steady.told("telegram", None)
    assert steady.is_heard
    assert heard == [True]


def test_an_answer_that_was_long_under_way_says_nothing() -> None:
    """It was read when a process went on that had been stopped."""
    machine, steady = clocks()
    steady.told("telegram", machine.right())
    answers = [(steady.asks("telegram"), machine.right()) for _ in range(3)]
    machine.advance(3 * HOUR)
    for answered, at in answers:
        answered(at)
    assert steady.wrong_by is None
