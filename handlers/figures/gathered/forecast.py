"""When a target will be reached, and how sure that is: a pure function of what was done on the last days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import fmean, stdev

FORESIGHT = timedelta(days=3 * 366)  # an end further away is no forecast
# Student's t for one tenth on each side, by the number of days less one; of fewer than four days nothing is said.
_T = {3: 1.638, 4: 1.533, 5: 1.476, 6: 1.440}


@dataclass(frozen=True, slots=True)
class Forecast:
    """The day on which the rest is done, and those between which that is so in four of five cases."""

    finish: date | None = None
    earliest: date | None = None
    latest: date | None = None


UNKNOWN = Forecast()
Bound = Callable[[int], float]


def of(through: date, left: int, days: Sequence[int]) -> Forecast:
    """From what was done on the newest `days`, at most seven, up to `through`.

    What D days to come will bring is D times the average, give or take: each of them varies as these did, and so few
    days tell the average itself only roughly. So the range is wide for a target that is far away; it is honest.
    """
    average = fmean(days) if days else 0.0
    if left <= 0 or average <= 0 or left / average > FORESIGHT.days:
        return UNKNOWN
    finish = through + timedelta(days=ceil(left / average))
    if not has_range(days):
        return Forecast(finish)
    least, most = bounds(days)
    soonest, last = _first(most, left), _first(least, left)
    earliest = finish if soonest is None else through + timedelta(days=soonest)
    return Forecast(finish, earliest, through + timedelta(days=last) if last is not None else None)


def has_range(days: Sequence[int]) -> bool:
    """Whether so many days tell how much they vary."""
    return len(days) - 1 in _T


def bounds(days: Sequence[int]) -> tuple[Bound, Bound]:
    """What so many days to come will bring at least, and at most, in four of five cases; of days that have a range."""
    average, spread, number = fmean(days), _T[len(days) - 1] * stdev(days), len(days)

    def bound(sign: int) -> Bound:
        return lambda ahead: average * ahead + sign * spread * sqrt(ahead + ahead * ahead / number)

    return bound(-1), bound(1)


def _first(done: Bound, left: int) -> int | None:
    """The first of the days to come by which so much is done; None: too far away."""
    low, high = 1, FORESIGHT.days
    if done(high) < left:
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if done(middle) >= left else (middle + 1, high)
    return low
