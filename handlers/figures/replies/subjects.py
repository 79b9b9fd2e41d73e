"""Whose numbers a question is of: communes, hamlets, people or a team, and what each of them counts on some days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers import texts
from handlers.figures.gathered import facts
from handlers.figures.in_words import Asked, By, Period, Sort, Span
from handlers.figures.said import progress
from handlers.texts import hamlet_head
from handlers.turn import Turn
from storage.campaign import communes as all_communes
from storage.campaign import hamlets as all_hamlets
from storage.campaign import people as all_people
from storage.campaign import phases, teams
from storage.campaign.communes import Commune
from storage.campaign.hamlets import Hamlet
from storage.campaign.people import Person
from storage.campaign.teams import Team
from storage.reports import tallies, totals
from storage.reports.tallies import Counts

_MOST_DAYS = 60  # that are looked at one by one
_BEGINNING = date(2000, 1, 1)
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class One:
    """A commune, hamlet, person or team: its row, what it is called, and where it belongs."""

    sort: Sort | None  # None: a team
    id: int
    name: str
    commune: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is of. `whole`: they are all that the asker sees, and `name` is what they are called together."""

    ones: tuple[One, ...]
    name: str
    places: tuple[Commune, ...]  # the communes in which all of them are
    whole: bool = False
    leads: bool = False  # of people only those who lead

    @property
    def sort(self) -> Sort | None:
        """Of what sort they are."""
        return self.ones[0].sort if self.ones else Sort.COMMUNE


def of_communes(places: Sequence[Commune], name: str, *, whole: bool) -> Subject:
    """Some communes, or all that somebody sees."""
    ones = tuple(One(Sort.COMMUNE, place.id, facts.short(place), place.id) for place in places)
    return Subject(ones, name, tuple(places), whole)


def of_all(turn: Turn, places: Sequence[Commune]) -> Subject:
    """All communes that somebody sees, called together; one by its own name."""
    name = facts.short(places[0]) if len(places) == 1 else progress.name_of(turn, places)
    return of_communes(places, name, whole=True)


def of_team(turn: Turn, team: Team, places: Sequence[Commune]) -> Subject:
    """The whole team of somebody who reports."""
    name = turn.text("in_words.name_team")
    return Subject((One(None, team.id, name, team.commune),), name, tuple(places))


def of_hamlets(turn: Turn, ids: Iterable[int], places: Sequence[Commune]) -> Subject:
    """Some hamlets, with their commune's name where several communes are seen."""
    known = [all_hamlets.by_id(turn.tx, id) for id in ids]
    inside = tuple(place for place in places if place.id in {one.commune for one in known})
    alike = len({one.name for one in known}) < len(known)
    ones = tuple(One(Sort.HAMLET, one.id, _of_hamlet(one, inside if alike else ()), one.commune) for one in known)
    name = ", ".join(one.name for one in ones)
    if len(places) > 1 and len(inside) == 1:
        name = f"{name} ({facts.short(inside[0])})"
    return Subject(ones, name, inside)


def _of_hamlet(hamlet: Hamlet, places: Sequence[Commune]) -> str:
    """A hamlet's name, with its commune's where others are called so."""
    said = hamlet_head(hamlet.name)
    place = next((one for one in places if one.id == hamlet.commune), None)
    return f"{said} ({facts.short(place)})" if place is not None else said


def of_people(turn: Turn, ids: Iterable[int], places: Sequence[Commune]) -> Subject:
    """Some people, each with the commune of their team."""
    ones = []
    for id in ids:
        person, team = all_people.by_id(turn.tx, id), teams.team_of(turn.tx, id, turn.work_day)
        assert person is not None
        ones.append(One(Sort.PERSON, id, person.name, team.commune if team is not None else 0))
    inside = tuple(place for place in places if place.id in {one.commune for one in ones})
    name = ", ".join(one.name for one in ones)
    if len(places) > 1 and len(inside) == 1:
        name = f"{name} ({facts.short(inside[0])})"
    return Subject(tuple(ones), name, inside)


def divided(turn: Turn, subject: Subject, by: By | None) -> tuple[One, ...]:
    """A subject's parts: its communes, the hamlets or students there; itself where they are what it is made of."""
    if by is By.HAMLET and subject.sort is not Sort.HAMLET:
        return tuple(one for place in subject.places for one in _hamlets(turn, place, several=len(subject.places) > 1))
    if by is By.PERSON and subject.sort is not Sort.PERSON:
        teams = students_of(turn, subject.places, leads=subject.leads)
        return tuple(one for _, students in teams for one in students)
    if by is By.COMMUNE and subject.sort is not Sort.COMMUNE:
        return of_communes(subject.places, "", whole=False).ones
    return subject.ones


def _hamlets(turn: Turn, place: Commune, *, several: bool) -> list[One]:
    return [
        One(
            Sort.HAMLET,
            one.id,
            hamlet_head(one.name) + (f" ({facts.short(place)})" if several else ""),
            place.id,
        )
        for one in all_hamlets.of_commune(turn.tx, place.id)
    ]


def students_of(
    turn: Turn, places: Sequence[Commune], day: date | None = None, *, leads: bool = False
) -> list[tuple[Team, list[One]]]:
    """The teams that work in these communes in the phase of a day, today's without one, each with its students.

    `leads`: only with those who lead it.
    """
    phase = phases.phase_on(turn.tx, day or turn.work_day)
    found = []
    for place in places:
        for team in teams.of_commune(turn.tx, place.id):
            if phase is not None and team.phase == phase.id:
                students = texts.in_order(all_people.of_team(turn.tx, team.id))
                names = texts.short_names(students)
                kept = all_people.leads_of(turn.tx, team.id) if leads else students
                found.append((team, [_student(one, names[one.id], place) for one in kept]))
    return found


def with_team(turn: Turn, subject: Subject, ones: Sequence[One]) -> tuple[One, ...]:
    """Of communes those in which a team works in today's phase; hamlets and people as they are."""
    staffed = {team.commune for team, _ in students_of(turn, subject.places)}
    return tuple(one for one in ones if one.sort is not Sort.COMMUNE or one.id in staffed)


def _student(person: Person, name: str, place: Commune) -> One:
    return One(Sort.PERSON, person.id, name, place.id)


def days_of(turn: Turn, period: Period | None) -> Days:
    """The work days that are counted: of none all up to today, of one up to a day all before it, too."""
    if period is None:
        return _BEGINNING, turn.work_day
    if period.span is Span.UNTIL:
        return _BEGINNING, period.last
    if period.span is Span.PHASE:
        phase = next((one for one in phases.every(turn.tx) if one.name == period.name), None)
        if phase is not None:
            first, last = facts.span_of(turn.tx, phase)
            return first, min(last, turn.work_day)
    return period.first, min(period.last, turn.work_day)


def counts_of(turn: Turn, ones: Sequence[One], days: Days) -> dict[One, Counts]:
    """What each of them counts on some days, by outcome."""
    kept: dict[int, dict[int, Counts]] = {}
    found: dict[One, Counts] = {}
    places = {place.id: place for place in all_communes.every(turn.tx)}
    communes = [places[one.id] for one in ones if one.sort is Sort.COMMUNE]
    by_commune = facts.spans(turn.tx, communes, days) if communes else {}
    for one in ones:
        if one.sort is Sort.COMMUNE:
            found[one] = by_commune.get(one.id, {})
        elif one.sort is Sort.HAMLET:
            if one.commune not in kept:
                kept[one.commune] = totals.of_hamlets(turn.tx, one.commune, days)
            found[one] = kept[one.commune].get(one.id, {})
        else:
            found[one] = totals.between(turn.tx, "person" if one.sort is Sort.PERSON else "team", one.id, *days)
    return found


def together(turn: Turn, ones: Sequence[One], days: Days) -> Counts:
    """What all of them count together on some days, by outcome."""
    return tallies.merged(counts_of(turn, ones, days).values())


def by_day(turn: Turn, subject: Subject, days: Days) -> dict[date, int]:
    """The phones of all of a subject together on each day on which any of them counted something, in order."""
    found: dict[date, int] = {}
    if subject.sort is Sort.COMMUNE:
        whole = {place.id for place in subject.places}
        for phase in phases.every(turn.tx):
            by_team = totals.activated_by_day(turn.tx, phase.id, days, commune=_only(subject))
            own = {team.id for team in teams.of_phase(turn.tx, phase.id) if team.commune in whole}
            for team in own & by_team.keys():
                for day, n in by_team[team].items():
                    found[day] = found.get(day, 0) + n
        return dict(sorted(found.items()))
    scopes = {Sort.HAMLET: "hamlet", Sort.PERSON: "person", None: "team"}
    for one in subject.ones:
        for day, counts in totals.by_day(turn.tx, scopes[one.sort], one.id).items():
            if days[0] <= day <= days[1]:
                found[day] = found.get(day, 0) + counts.get("activated", 0)
    return dict(sorted(found.items()))


def wanted_by_day(turn: Turn, asked: Asked, subject: Subject, days: Days) -> dict[date, int]:
    """What is asked for on each day on which there was any of it: phones, or the outcomes that are named."""
    if not asked.outcomes:
        return by_day(turn, subject, days)
    known = phases.every(turn.tx)
    first = max(days[0], min((phase.first for phase in known), default=days[1]), days[1] - _MOST_DAYS * facts.ONE_DAY)
    each = (first + n * facts.ONE_DAY for n in range((days[1] - first).days + 1))
    found = {day: wanted_of(asked, together(turn, subject.ones, (day, day))) for day in each}
    return {day: n for day, n in found.items() if n}


def _only(subject: Subject) -> int | None:
    return subject.places[0].id if len(subject.places) == 1 else None


def wanted_of(asked: Asked, counts: Counts) -> int:
    """The number that is asked for: phones, or the outcome that is named."""
    return sum(counts.get(outcome, 0) for outcome in asked.outcomes or ("activated",))
