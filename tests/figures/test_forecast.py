"""The expected finish and its range: right in about four of five campaigns that nobody has seen before."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from handlers.figures.gathered import forecast
from handlers.figures.gathered.forecast import Forecast

THROUGH = date(2023, 5, 25)


def on(days: int) -> date:
    return THROUGH + timedelta(days=days)


def test_days_that_are_all_alike_leave_no_doubt() -> None:
    """At 100 a day 950 take ten days, no more and no fewer."""
    assert forecast.of(THROUGH, 950, [100] * 7) == Forecast(on(10), on(10), on(10))


def test_few_days_tell_when_but_not_how_sure() -> None:
    """Of three days no spread is known that could be told."""
    assert forecast.of(THROUGH, 100, [10, 30, 20]) == Forecast(on(5))
    assert forecast.of(THROUGH, 100, []) == forecast.UNKNOWN
    assert forecast.of(THROUGH, 0, [10] * 7) == forecast.UNKNOWN
    assert forecast.of(THROUGH, 100, [0, 0, 0]) == forecast.UNKNOWN


def test_days_that_vary_more_make_the_range_wider() -> None:
    """The finish stays; the range grows to both sides, and may have no end."""
    calm, wild = (forecast.of(THROUGH, 3000, days) for days in ([90, 100, 110] * 2, [60, 100, 140] * 2))
    assert calm.finish == wild.finish == on(30)
    assert calm.earliest and calm.latest and wild.earliest and wild.latest
    assert wild.earliest < calm.earliest < on(30) < calm.latest < wild.latest
    hopeless = forecast.of(THROUGH, 1000, [0, 0, 0, 0, 500])
    assert (hopeless.finish, hopeless.latest) == (on(10), None)
    assert hopeless.earliest


def test_an_end_too_far_away_is_no_forecast() -> None:
    """Three years are the most."""
    assert forecast.of(THROUGH, 10_000, [1, 1, 1]) == forecast.UNKNOWN


Draw = Callable[[random.Random], float]


@pytest.mark.parametrize(
    "draw",
    [
        lambda chance: chance.gauss(1000, 150),
        lambda chance: chance.gauss(1000, 400),
        lambda chance: chance.gammavariate(4, 250),
        lambda chance: chance.choice([600, 900, 1000, 1100, 1500]),
    ],
    ids=["calm", "wild", "skewed", "in steps"],
)
@pytest.mark.parametrize("known", [4, 5, 7])
@pytest.mark.parametrize("left", [4_000, 30_000])
def test_four_of_five_campaigns_end_within_the_range(draw: Draw, known: int, left: int) -> None:
    """Campaigns whose days go on as they began; whole days make a short range longer, and righter."""
    chance, before, after, number = random.Random(f"{known} {left}"), 0, 0, 1500
    for _ in range(number):
        found = forecast.of(THROUGH, left, [max(0, round(draw(chance))) for _ in range(known)])
        done, day = 0.0, 0
        while done < left:
            done, day = done + max(0.0, draw(chance)), day + 1
        assert found.finish and found.earliest
        assert found.earliest <= found.finish <= (found.latest or date.max)
        before += on(day) < found.earliest
        after += found.latest is not None and on(day) > found.latest
    assert 0.76 < 1 - (before + after) / number < 0.99, (before / number, after / number)
    assert max(before, after) < 0.18 * number, (before / number, after / number)
