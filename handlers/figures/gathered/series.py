"""What a chart shows, as plain facts: gathered once from kept sums, and the same for a picture, a page and a sheet.

Nothing in them is about anybody: days, communes and phones. As JSON and back by `to_json` and `from_json`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from handlers.calendar import Calendar
from handlers.figures.gathered import facts, forecast
from handlers.figures.gathered.facts import ONE_DAY, PACE_DAYS, Board
from storage.campaign import phases, teams
from storage.campaign.communes import Commune
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.reports import by_time, totals


@dataclass(frozen=True, slots=True)
class Day:
    """A work day of a course. `done`, `planned`: phones in all at its end, what was there before included.

    `phones`: of the day itself. `done` and `phones` are None where the day is still to come, `planned` where nobody
    has a quota. `middle`: what is forecast for its end; in four of five cases it will be between `low` and `high`; None
    where the day is over, or that cannot be said.
    """

    day: date
    planned: int | None
    done: int | None = None
    phones: int | None = None
    low: int | None = None
    middle: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How far some communes came day by day, against what the quota asks.

    Attributes:
        name: what the communes are called together; `phase` the name of the phase, '' of a whole campaign.
        day: the newest day that is counted; `over`: whether it has ended.
        baseline, done: phones before the bot counted, and in all at `day`, the baseline included.
        quota, counted: what the students should have by the newest day that is over, and what was counted of it; 0
            where nobody has a quota.
        average: phones a day lately; `finish`: the day on which the target is reached at that pace, in four of five
            cases between `earliest` and `latest`.
    """

    name: str
    phase: str
    day: date
    over: bool
    target: int
    baseline: int
    done: int
    quota: int
    counted: int
    average: int | None
    finish: date | None
    days: tuple[Day, ...]
    earliest: date | None = None
    latest: date | None = None

    @property
    def ahead(self) -> int | None:
        """Phones more than the quota asks by now; below 0 where it is behind; None where there is no quota yet."""
        return self.counted - self.quota if self.quota else None


@dataclass(frozen=True, slots=True)
class Reach:
    """One commune: phones in all, its target, and phones of the day."""

    name: str
    done: int
    target: int
    today: int

    @property
    def percent(self) -> float | None:
        """Of the target; None where it has none."""
        return self.done * 100 / self.target if self.target else None


@dataclass(frozen=True, slots=True)
class Reached:
    """How far communes are at a work day, the farthest first; those without a target last. `whole` is all of them."""

    name: str
    day: date
    over: bool
    whole: Reach
    rows: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Warm:
    """One commune's phones on each day of a heat map."""

    name: str
    phones: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Phones by commune and work day, the commune with most first. `over`: whether the last day has ended."""

    name: str
    phase: str
    over: bool
    days: tuple[date, ...]
    rows: tuple[Warm, ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """Phones whose reports were sent within an hour of the clock (0–23)."""

    hour: int
    phones: int


@dataclass(frozen=True, slots=True)
class Evening:
    """A team's phones by the hour in which they were reported, from the first to the last hour of the work day.

    `total` is the team's day; `elsewhen` the part of it that was reported before the day began, or after it ended.
    """

    name: str
    day: date
    over: bool
    total: int
    elsewhen: int
    hours: tuple[Hour, ...]


Series = Course | Reached | Heat | Evening


# Gathering


def course(
    tx: Transaction, places: Sequence[Commune], day: date, *, name: str, finished: bool, whole: bool = False
) -> Course:
    """How far these communes came by a work day; not `finished`, that day still goes on.

    Of the phase of that day, or of the `whole` campaign from its first phase to its last. `name`: what the communes are
    called together.
    """
    board = facts.board(tx, places, day, finished=finished)
    spoken_of, pace = _phases(tx, day, whole=whole), board.pace
    days = _course(tx, places, board, spoken_of, day, day if finished else day - ONE_DAY)
    quota, counted = (pace.quota, pace.bot) if pace else (0, 0)
    if whole:
        over = [one for one in days if one.done is not None and (finished or one.day < day)]
        start = board.whole.done - sum(one.phones or 0 for one in days)
        quota, counted = ((over[-1].planned or start) - start, (over[-1].done or 0) - start) if over else (0, 0)
    return Course(
        name=name,
        phase="" if whole or not spoken_of else spoken_of[0].name,
        day=day,
        over=finished,
        target=board.whole.target,
        baseline=board.whole.baseline,
        done=board.whole.done,
        quota=quota,
        counted=counted,
        average=pace.average if pace else None,
        finish=pace.finish if pace else None,
        days=days,
        earliest=pace.earliest if pace else None,
        latest=pace.latest if pace else None,
    )


def _course(
    tx: Transaction, places: Sequence[Commune], board: Board, spoken_of: Sequence[Phase], day: date, through: date
) -> tuple[Day, ...]:
    """The days of some phases; `day`: the newest that is counted, `through`: the newest that is over."""
    first = min((phase.first for phase in spoken_of), default=day)
    by_day = _by_day(tx, places, (first, day))
    last = max([*(phase.last for phase in spoken_of), *by_day], default=day)
    daily = [(phase, _daily(tx, phase, places)) for phase in spoken_of]
    start = board.whole.done - sum(by_day.values())
    newest = [by_day[when] for when in sorted(by_day) if when <= through][-PACE_DAYS:]
    foreseen = board.pace is not None and board.pace.average is not None and through < last
    anchor = start + sum(n for when, n in by_day.items() if when <= through)
    days, done, planned = [], start, start
    for when in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        planned += sum(each for phase, each in daily if phase.first <= when <= phase.last)
        phones, ahead = by_day.get(when, 0), (when - through).days
        done += phones
        days.append(
            Day(
                when,
                planned if any(each for _, each in daily) else None,
                done if when <= day else None,
                phones if when <= day else None,
                *(_expected(newest, anchor, ahead) if foreseen and ahead >= 0 else ()),
            )
        )
    return tuple(days)


def reached(tx: Transaction, places: Sequence[Commune], day: date, *, name: str, finished: bool) -> Reached:
    """How far each of these communes is at a work day."""
    board = facts.board(tx, places, day, finished=finished)
    rows = [
        Reach(facts.short(row.commune), row.standing.done, row.standing.target, row.standing.phones_today)
        for row in board.rows
    ]
    rows.sort(key=lambda row: (row.percent is None, -(row.percent or 0), -row.done, row.name))
    whole = Reach(name, board.whole.done, board.whole.target, board.whole.phones_today)
    return Reached(name, day, finished, whole, tuple(rows))


def heat(
    tx: Transaction, places: Sequence[Commune], day: date, *, name: str, finished: bool, whole: bool = False
) -> Heat:
    """Phones of each of these communes on each day of the phase, or of the `whole` campaign, until a work day."""
    spoken_of = _phases(tx, day, whole=whole)
    first = min((phase.first for phase in spoken_of), default=day)
    last = max((phase.last for phase in spoken_of), default=day)
    found = by_time.of_communes(tx, (first, day), commune=places[0].id if len(places) == 1 else None)
    reported = [when for place in places for when in found.get(place.id, {})]
    days = tuple(_days(first, min(day, max([last, *reported]))))
    rows = [Warm(facts.short(place), tuple(found.get(place.id, {}).get(when, 0) for when in days)) for place in places]
    rows.sort(key=lambda row: (-sum(row.phones), row.name))
    phase = "" if whole or not spoken_of else spoken_of[0].name
    return Heat(name, phase, finished or not days or days[-1] < day, days, tuple(rows))


def evening(tx: Transaction, calendar: Calendar, team: Team, day: date, *, name: str, finished: bool) -> Evening:
    """A team's work day by the hours in which it was reported; `name`: the team's commune."""
    start = calendar.starts(day).replace(minute=0)
    total = totals.activated(tx, "team", team.id, day)
    by_hour = by_time.of_team(tx, team.id, day, start)
    if sum(by_hour.values()) != total:  # somebody has left the team since
        by_hour = by_time.of_everybody(tx, team.id, day, start)
    ends = (calendar.starts(day + ONE_DAY) - start) // timedelta(hours=1)
    within = _none_below_zero({hour: n for hour, n in by_hour.items() if hour < ends})
    hours = range(min(within), max(within) + 1) if within else ()
    return Evening(
        name=name,
        day=day,
        over=finished,
        total=total,
        elsewhen=total - sum(within.values()),
        hours=tuple(Hour((start + timedelta(hours=hour)).hour, within.get(hour, 0)) for hour in hours),
    )


def _phases(tx: Transaction, day: date, *, whole: bool) -> list[Phase]:
    if whole:
        return phases.every(tx)
    phase = phases.phase_on(tx, day)
    return [phase] if phase is not None else []


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _by_day(tx: Transaction, places: Sequence[Commune], span: tuple[date, date]) -> dict[date, int]:
    """Phones of all these communes together on each day on which there were any."""
    found = by_time.of_communes(tx, span, commune=places[0].id if len(places) == 1 else None)
    by_day: dict[date, int] = {}
    for place in places:
        for when, n in found.get(place.id, {}).items():
            by_day[when] = by_day.get(when, 0) + n
    return by_day


def _daily(tx: Transaction, phase: Phase, places: Sequence[Commune]) -> int:
    """Phones a day that the phase's students in these communes should have."""
    campaign, wanted = phases.current(tx), {place.id for place in places}
    sizes = teams.students_in(tx, phase.id)
    students = sum(sizes.get(team.id, 0) for team in teams.of_phase(tx, phase.id) if team.commune in wanted)
    return students * (campaign.quota if campaign else 0)


def _expected(newest: Sequence[int], done: int, ahead: int) -> tuple[int | None, int | None, int | None]:
    """What so many days to come make of what is done, as the newest days were: at least, on average, at most."""
    if not newest:
        return None, None, None
    middle = done + round(sum(newest) / len(newest) * ahead)
    if not forecast.has_range(newest):
        return None, middle, None
    least, most = forecast.bounds(newest)
    return done + max(0, round(least(ahead))), middle, done + round(most(ahead))


def _none_below_zero(by_hour: Mapping[int, int]) -> dict[int, int]:
    """What was taken back in an hour is taken from the hours before it: no bar stands on its head, the sum stays."""
    kept: dict[int, int] = {}
    for hour in sorted(by_hour):
        kept[hour] = by_hour[hour]
        for earlier in sorted(kept, reverse=True)[1:]:
            taken = min(kept[earlier], -kept[hour])
            if taken > 0:
                kept[earlier] -= taken
                kept[hour] += taken
    return {hour: max(0, n) for hour, n in kept.items()}


# As JSON


def to_json(series: Series) -> dict[str, Any]:
    """The facts as JSON takes them: days as `2023-05-20`."""
    return {name: _plain(getattr(series, name)) for name in _NAMES[type(series)]}


def from_json(kind: type[Series], plain: Mapping[str, Any]) -> Series:
    """The facts of such a JSON; `kind`: Course, Reached, Heat or Evening.

    Raises:
        KeyError, TypeError, ValueError: it is not what `to_json` made of them.
    """
    values = dict(plain)
    if "day" in values:
        values["day"] = date.fromisoformat(values["day"])
    if kind is Course:
        for name in ("finish", "earliest", "latest"):
            values[name] = date.fromisoformat(values[name]) if values[name] is not None else None
        values["days"] = tuple(Day(**{**day, "day": date.fromisoformat(day["day"])}) for day in values["days"])
    elif kind is Reached:
        values["whole"] = Reach(**values["whole"])
        values["rows"] = tuple(Reach(**row) for row in values["rows"])
    elif kind is Heat:
        values["days"] = tuple(map(date.fromisoformat, values["days"]))
        values["rows"] = tuple(Warm(row["name"], tuple(row["phones"])) for row in values["rows"])
    else:
        values["hours"] = tuple(Hour(**hour) for hour in values["hours"])
    return kind(**values)


_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(one.name for one in fields(kind)) for kind in (Course, Day, Reached, Reach, Heat, Warm, Evening, Hour)
}


def _plain(value: Any) -> Any:
    """What JSON takes; `asdict` copies each number, and took half of the time of an officer's question."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {name: _plain(getattr(value, name)) for name in _NAMES[type(value)]}
