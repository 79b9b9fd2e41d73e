"""The facts of a campaign at a work day: how far communes are, and whether the pace will do. From kept sums only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.figures.gathered import forecast
from storage.campaign import communes as all_communes
from storage.campaign import people, phases
from storage.campaign import teams as all_teams
from storage.campaign.communes import Commune
from storage.campaign.people import Person, Role
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.engine.transaction import Transaction
from storage.reports import tallies, totals
from storage.reports.tallies import Counts
from storage.reports.totals import Span

ONE_DAY = timedelta(days=1)
PACE_DAYS = 7  # the average is over so many finished days with reports, the newest: a week has its own rhythm
LONGEST_NAME = 12  # of a commune in a line that is no longer than a phone is wide
_END = date(9999, 12, 31)
EVER: Span = (date(1970, 1, 2), _END)  # after the day 0, which stands for all
_SHORT_TYPES = (("Xã ", ""), ("Phường ", ""), ("Thị trấn ", "TT "))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far some communes are at the end of a work day. `counts`: what the bot recorded so far, `today`: that day."""

    target: int
    baseline: int
    counts: Counts
    today: Counts

    @property
    def bot(self) -> int:
        """Phones that the bot recorded, in all phases."""
        return self.counts.get("activated", 0)

    @property
    def done(self) -> int:
        """Phones with the baseline's."""
        return self.baseline + self.bot

    @property
    def left(self) -> int:
        """Phones to the target; below 0 where there are more."""
        return self.target - self.done

    @property
    def phones_today(self) -> int:
        """Phones of the day."""
        return self.today.get("activated", 0)


@dataclass(frozen=True, slots=True)
class Pace:
    """A phase against its quota, up to a day that is over.

    Attributes:
        day: which of the phase's days it is; 0 before the first, more than there are after the last.
        elapsed: days of the phase that are over.
        quota: phones that the students should have by then; `daily` those of one day.
        bot: phones that the bot recorded in this phase.
        needed: phones a day to reach the target within the phase; None where no day is left, or nothing to do.
        average: phones a day over the last few days with reports.
        finish: when the target is reached at that average; None where that cannot be said, or the phase is over.
        earliest, latest: between them the target is reached in four of five cases, as far as days vary as the last few
            did; both None where too few days are known, `latest` alone where it may take for ever.
        following: the phase after this one; None: it is the last.
    """

    phase: Phase
    day: int
    elapsed: int
    students: int
    daily: int
    quota: int
    bot: int
    needed: int | None
    average: int | None
    finish: date | None
    following: Phase | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def before(self) -> bool:
        """Whether the phase has not begun."""
        return self.day < 1

    @property
    def over(self) -> bool:
        """Whether the phase is past."""
        return self.day > self.phase.days


@dataclass(frozen=True, slots=True)
class Row:
    """One commune on the board; `team` is the phase's there, `students` how many it has."""

    commune: Commune
    standing: Standing
    team: int | None
    students: int


@dataclass(frozen=True, slots=True)
class Board:
    """Some communes at one work day, by code."""

    rows: tuple[Row, ...]
    whole: Standing
    pace: Pace | None


def short(commune: Commune) -> str:
    """A commune's name in a list: `Xã Xuân Thu` → `Xuân Thu`."""
    for kind, sign in _SHORT_TYPES:
        if commune.name.startswith(kind):
            return sign + commune.name.removeprefix(kind)
    return commune.name


def brief(commune: Commune) -> str:
    """A commune's name in a line that is no longer than a phone is wide."""
    name = short(commune)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def visible(tx: Transaction, person: Person, day: date) -> list[Commune]:
    """The communes whose numbers this person sees: all, an officer's own, or the one of the team."""
    known = all_communes.every(tx)
    if person.role in (Role.LEAD, Role.STUDENT):
        team = all_teams.team_of(tx, person.id, day)
        return [place for place in known if team and place.id == team.commune]
    scope = people.scope_of(tx, person.id) if person.role == Role.OFFICER else []
    return [place for place in known if not scope or place.id in scope]


def board(
    tx: Transaction, communes: Sequence[Commune], day: date, *, finished: bool, target: int | None = None
) -> Board:
    """Where these communes are on a work day; not `finished`, the pace is that of the days before it.

    `target`: what all of them together are to reach, where that is another number than their targets.
    """
    one = only(communes)
    phase = phases.phase_on(tx, day)
    teams = all_teams.every(tx, commune=one)
    ever = _by_commune(teams, totals.of_teams(tx, commune=one))
    later = _by_commune(teams, totals.of_teams(tx, (day + ONE_DAY, _END), commune=one))
    today = _by_commune(teams, totals.of_teams(tx, (day, day), commune=one))
    own = {team.commune: team.id for team in teams if phase and team.phase == phase.id}
    sizes = all_teams.students_in(tx, phase.id, commune=one) if phase else {}
    rows = []
    for place in communes:
        counts = _less(ever.get(place.id, {}), later.get(place.id, {}))
        standing = Standing(place.target, place.baseline, counts, today.get(place.id, {}))
        team = own.get(place.id)
        rows.append(Row(place, standing, team, sizes.get(team, 0) if team else 0))
    whole = _whole([row.standing for row in rows])
    whole = replace(whole, target=target) if target is not None else whole
    through = day if finished else day - ONE_DAY
    return Board(tuple(rows), whole, _pace(tx, phase, rows, whole, day, through) if phase else None)


def spans(tx: Transaction, communes: Sequence[Commune], span: Span) -> dict[int, Counts]:
    """What was counted in each of these communes on some days, both included; nothing where there was nothing."""
    one = only(communes)
    return _by_commune(all_teams.every(tx, commune=one), totals.of_teams(tx, span, commune=one))


def span_of(tx: Transaction, phase: Phase) -> Span:
    """The days whose reports are this phase's: until the next one begins. What was before it never is."""
    later = [other.first for other in phases.every(tx) if other.first > phase.first]
    return (phase.first, min(later) - ONE_DAY if later else _END)


def quotas(tx: Transaction, communes: Sequence[Commune], span: Span) -> dict[int, int]:
    """The phones that the students of each of these communes should have on some days, as far as a phase is on then."""
    teams = all_teams.every(tx, commune=only(communes))
    found = {place.id: 0 for place in communes}
    for phase in phases.every(tx):
        each = quota_of_one(tx, phase, span)
        sizes = all_teams.students_in(tx, phase.id) if each else {}
        for team in teams:
            if team.id in sizes and team.commune in found:
                found[team.commune] += sizes[team.id] * each
    return found


def quota_of_one(tx: Transaction, phase: Phase, span: Span) -> int:
    """The phones that one student should have on these days, as far as the phase is on then."""
    settings, days = phases.current(tx), (min(span[1], phase.last) - max(span[0], phase.first)).days + 1
    return settings.quota * max(0, days) if settings else 0


def after(tx: Transaction, communes: Sequence[Commune], day: date) -> int:
    """The phones that were counted there on days after this one."""
    sums = spans(tx, communes, (day + ONE_DAY, _END))
    return sum(sums.get(place.id, {}).get("activated", 0) for place in communes)


def only(communes: Sequence[Commune]) -> int | None:
    """The commune where it is one alone: then nothing else is looked at. None: all of them are."""
    return communes[0].id if len(communes) == 1 else None


def _by_commune(teams: Iterable[Team], sums: Mapping[int, Counts]) -> dict[int, Counts]:
    found: dict[int, list[Counts]] = {}
    for team in teams:
        if team.id in sums:
            found.setdefault(team.commune, []).append(sums[team.id])
    return {commune: tallies.merged(several) for commune, several in found.items()}


def _less(counts: Counts, later: Counts) -> Counts:
    return tallies.merged([counts, {outcome: -n for outcome, n in later.items()}]) if later else counts


def _whole(standings: Sequence[Standing]) -> Standing:
    return Standing(
        sum(standing.target for standing in standings),
        sum(standing.baseline for standing in standings),
        tallies.merged(standing.counts for standing in standings),
        tallies.merged(standing.today for standing in standings),
    )


def _pace(tx: Transaction, phase: Phase, rows: Sequence[Row], whole: Standing, day: date, through: date) -> Pace:
    """The phase's pace up to `through`, the newest day that is over."""
    by_day = _by_day(tx, phase, rows, through)
    newest = [by_day[when] for when in sorted(by_day)[-PACE_DAYS:]]
    average = sum(newest) / len(newest) if newest else 0
    elapsed = min(max((through - phase.first).days + 1, 0), phase.days)
    left = max(0, whole.left)
    if left and through < day:
        left += whole.phones_today  # until the day is over, it is not what was done before
    within = forecast.of(through, left, newest) if day <= phase.last else forecast.UNKNOWN
    settings = phases.current(tx)
    students = sum(row.students for row in rows)
    daily = students * (settings.quota if settings else 0)
    return Pace(
        phase=phase,
        day=(day - phase.first).days + 1,
        elapsed=elapsed,
        students=students,
        daily=daily,
        quota=daily * elapsed,
        bot=sum(by_day.values()),
        needed=-(-left // (phase.days - elapsed)) if left and elapsed < phase.days else None,
        average=max(1, round(average)) if average > 0 else None,
        finish=within.finish,
        earliest=within.earliest,
        latest=within.latest,
        following=next((one for one in phases.every(tx) if one.first > phase.first), None),
    )


def _by_day(tx: Transaction, phase: Phase, rows: Sequence[Row], through: date) -> dict[date, int]:
    """The phones of the phase's teams there, on each day on which they counted anything."""
    one = only([row.commune for row in rows])
    by_team = totals.activated_by_day(tx, phase.id, (phase.first, through), commune=one)
    by_day: dict[date, int] = {}
    for team in {row.team for row in rows if row.team} & by_team.keys():
        for when, n in by_team[team].items():
            by_day[when] = by_day.get(when, 0) + n
    return by_day
