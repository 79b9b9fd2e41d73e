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


def of(through: date, left: int, days: Sequence[int]) -> Forecast:
    """From what was done on the newest `days`, at most seven, up to `through`.

    What D days to come will bring is D times the average, give or take: each of them varies as these did, and so few
    days tell the average itself only roughly. So the range is wide for a target that is far away; it is honest.
    """
    average = fmean(days) if days else 0.0
    if left <= 0 or average <= 0 or left / average > FORESIGHT.days:
        return UNKNOWN
    finish = through + timedelta(days=ceil(left / average))
    if len(days) - 1 not in _T:
        return Forecast(finish)
    spread, number = _T[len(days) - 1] * stdev(days), len(days)

    def bounds(sign: int) -> Callable[[int], float]:
        return lambda ahead: average * ahead + sign * spread * sqrt(ahead + ahead * ahead / number)

    soonest, last = _first(bounds(1), left), _first(bounds(-1), left)
    earliest = finish if soonest is None else through + timedelta(days=soonest)
    return Forecast(finish, earliest, through + timedelta(days=last) if last is not None else None)


def _first(done: Callable[[int], float], left: int) -> int | None:
    """The first of the days to come by which so much is done; None: too far away."""
    low, high = 1, FORESIGHT.days
    if done(high) < left:
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if done(middle) >= left else (middle + 1, high)
    return low
