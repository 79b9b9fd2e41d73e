"""What a file of numbers holds: totals, days, communes, students, and all reports, as plain rows of one moment.

Gathered in one transaction, so that all of it agrees: every sum of a part is that of the whole. No words, no homes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers import texts
from handlers.calendar import Calendar
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Board
from storage.campaign import communes, hamlets, people, phases, teams
from storage.campaign.communes import Commune
from storage.campaign.people import Role
from storage.campaign.phases import Phase
from storage.campaign.teams import Team
from storage.engine.times import day_of, moment
from storage.engine.transaction import Transaction
from storage.reports import breakdown, listed, tallies, totals
from storage.reports.listed import Listed
from storage.reports.tallies import Counts

_MOST_NAMES = 3  # communes called by name
_FIRST = date(2000, 1, 1)  # before any campaign


@dataclass(frozen=True, slots=True)
class Student:
    """Who counted what in which team. `ref` and `name` '': all who are not in the team any more."""

    commune: str
    phase: str
    ref: str
    name: str
    leads: bool
    counts: Counts
    today: Counts


@dataclass(frozen=True, slots=True)
class Book:
    """The numbers of some communes at a moment, `at` as clocks there show it, and `day` the work day in which it falls.

    `trial`: they are a demonstration's. `days`: those with work, the first first. `reports`: how many there are.
    """

    campaign: str
    name: str
    at: datetime
    day: date
    board: Board
    days: tuple[tuple[date, Counts], ...]
    students: tuple[Student, ...]
    reports: int
    trial: bool = False

    @property
    def counts(self) -> Counts:
        """All that the bot recorded there."""
        return self.board.whole.counts


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What one report counts in one hamlet. `at` is local; `hamlet` '' where none was named."""

    report: int
    day: date
    at: datetime
    commune: str
    hamlet: str
    phase: str
    ref: str
    student: str
    counts: Counts
    changed: int
    withdrawn: bool
    adjusted: bool


def places(tx: Transaction, ids: Sequence[int]) -> list[Commune]:
    """The communes of these rows, by code."""
    return [place for place in communes.every(tx) if place.id in set(ids)]


def name_of(tx: Transaction, chosen: Sequence[Commune]) -> str:
    """What these communes are called together: the campaign's name where they are all."""
    whole = phases.current(tx)
    if len(chosen) > 1 and whole is not None and len(chosen) == len(communes.every(tx)):
        return whole.name
    if len(chosen) <= _MOST_NAMES:
        return texts.listed(place.name for place in chosen)
    return texts.plain("totals.several", number=len(chosen))


def book(tx: Transaction, chosen: Sequence[Commune], calendar: Calendar, now: datetime, *, trial: bool = False) -> Book:
    """The numbers of these communes as they are now."""
    day, campaign = calendar.work_day(now), phases.current(tx)
    board = facts.board(tx, chosen, day, finished=False)
    parts = breakdown.rows(tx, "day", [place.id for place in chosen], None)
    days = tuple((date.fromisoformat(part.id), part.counts) for part in parts if part.id <= day.isoformat())
    return Book(
        campaign=campaign.name if campaign else "",
        name=name_of(tx, chosen),
        at=calendar.local(now),
        day=day,
        board=board,
        days=days,
        students=tuple(_students(tx, board, day)),
        reports=listed.count(tx, _teams(tx, chosen).keys(), day),
        trial=trial,
    )


def _teams(tx: Transaction, chosen: Sequence[Commune]) -> Mapping[int, Team]:
    wanted = {place.id for place in chosen}
    return {team.id: team for team in teams.every(tx) if team.commune in wanted}


# Students


def _students(tx: Transaction, board: Board, day: date) -> Iterator[Student]:
    """Everybody of a phase that has begun, by commune, phase and name; then those who are there no more, in one."""
    known = {phase.id: phase for phase in phases.every(tx)}
    for row in board.rows:
        place, seen_counts, seen_today = facts.short(row.commune), list[Counts](), list[Counts]()
        for team in teams.of_commune(tx, row.commune.id):
            for student in _of_team(tx, team, place, known[team.phase], day):
                seen_counts.append(student.counts)
                seen_today.append(student.today)
                yield student
        counts = _without(row.standing.counts, seen_counts)
        today = _without(row.standing.today, seen_today)
        if counts or today:
            yield Student(place, "", "", "", leads=False, counts=counts, today=today)


def _of_team(tx: Transaction, team: Team, place: str, phase: Phase, day: date) -> Iterator[Student]:
    ever, today = totals.of_members(tx, team.id, (_FIRST, day)), totals.of_members(tx, team.id, (day, day))
    there = people.of_team(tx, team.id)
    ids = {person.id for person in there}
    gone = [person for id in ever.keys() - ids if ever[id] and (person := people.by_id(tx, id)) is not None]
    begun = phase.first <= day
    for person in texts.in_order([*there, *gone]):
        if not (begun or ever.get(person.id)):
            continue
        yield Student(
            place,
            phase.name,
            person.ref,
            person.name,
            leads=person.role == Role.LEAD,
            counts=ever.get(person.id, {}),
            today=today.get(person.id, {}),
        )


def _without(whole: Counts, parts: Sequence[Counts]) -> Counts:
    rest = tallies.merged([whole, *({outcome: -n for outcome, n in part.items()} for part in parts)])
    return {outcome: n for outcome, n in rest.items() if n}


# Reports


class Reports:
    """The reports of some communes until a work day, line by line; what they are called is looked up once."""

    def __init__(self, tx: Transaction, chosen: Sequence[Commune], calendar: Calendar, day: date) -> None:
        self._until = day
        self._tx = tx
        self._calendar = calendar
        self._teams = _teams(tx, chosen)
        self._communes = {place.id: facts.short(place) for place in chosen}
        self._phases = {phase.id: phase.name for phase in phases.every(tx)}
        self._people = {person.id: person for person in people.every(tx)}
        known = (hamlet for place in chosen for hamlet in hamlets.of_commune(tx, place.id))
        self._hamlets = {hamlet.id: hamlet.name for hamlet in known}

    def lines(self) -> Iterator[ReportLine]:
        """All of them in the order in which they came in. Reading goes on while they are taken."""
        for one in listed.each(self._tx, self._teams.keys(), self._until):
            yield self._line(one)

    def _line(self, one: Listed) -> ReportLine:
        team, person = self._teams[one.team], self._people[one.person]
        return ReportLine(
            one.report,
            day_of(one.day),
            self._calendar.local(moment(one.at)),
            self._communes[team.commune],
            self._hamlets.get(one.hamlet, ""),
            self._phases[team.phase],
            person.ref,
            person.name,
            one.counts,
            changed=one.versions - 1,
            withdrawn=one.change == "withdrawn",
            adjusted=one.change == "adjusted",
        )
