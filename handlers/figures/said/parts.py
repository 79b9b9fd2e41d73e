"""The parts of what some communes did: by commune, hamlet, student, day or outcome, by what matters first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers import texts
from handlers.figures.asked_for.asked import Way
from handlers.figures.asked_for.periods import Days
from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY
from handlers.turn import Turn
from storage.campaign import hamlets as all_hamlets
from storage.campaign import people, phases
from storage.campaign import teams as all_teams
from storage.campaign.communes import Commune
from storage.campaign.teams import Team
from storage.field import leave
from storage.reports import totals
from storage.reports.tallies import Counts
from storage.reports.totals import Span


@dataclass(frozen=True, slots=True)
class Part:
    """One row: its phones; `quota`: those that it should have, 0 where there is none; `today`: those of today.

    `today` is None where it is not told beside. `beside`: the commune, where there are several.
    """

    name: str
    n: int
    quota: int = 0
    today: int | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a whole consists of. `silent`: who or what has no report; `rest`: phones that stand nowhere among them."""

    rows: tuple[Part, ...]
    silent: tuple[str, ...] = ()
    rest: int = 0


def of(turn: Turn, places: Sequence[Commune], way: Way, days: Days | None) -> Parts:
    """The parts on some days, or until now (None), then with those of today. Not of outcomes, which are counts."""
    if way is Way.COMMUNE:
        return by_commune(turn, places, days)
    if way is Way.HAMLET:
        return by_hamlet(turn, places, days)
    if way is Way.STUDENT:
        return by_student(turn, places, days)
    assert way is Way.DAY
    return by_day(turn, places, days)


def _phones(sums: Mapping[int, Counts], id: int) -> int:
    return sums.get(id, {}).get("activated", 0)


def _behind(part: Part) -> tuple[float, int, str]:
    """What is most behind comes first: by its quota where it has one, else by its phones."""
    return (part.n / part.quota if part.quota else part.n, part.n, part.name)


def by_commune(turn: Turn, places: Sequence[Commune], days: Days | None) -> Parts:
    """The communes with a team or a report in these days; those without a report by name."""
    span = days.span if days is not None else facts.EVER
    counts, quotas = facts.spans(turn.tx, places, span), quotas_until_today(turn, places, span)
    reported = _reported(turn, span)
    rows, silent = [], []
    for place in places:
        if place.id in counts or place.id in reported:
            rows.append(Part(facts.brief(place), _phones(counts, place.id), quotas[place.id]))
        elif quotas[place.id]:
            silent.append(facts.brief(place))
    return Parts(tuple(sorted(rows, key=_behind)), tuple(silent))


def quotas_until_today(turn: Turn, places: Sequence[Commune], span: Span) -> dict[int, int]:
    """What is due in each of these communes on these days; of days yet to come nothing is."""
    return facts.quotas(turn.tx, places, (span[0], min(span[1], turn.work_day)))


def _reported(turn: Turn, span: Span) -> set[int]:
    """The communes from which there is a report of a single day, were it only a zero."""
    phase = phases.phase_on(turn.tx, span[0])
    if span[0] != span[1] or phase is None:
        return set()
    reporters = totals.reporters(turn.tx, phase.id, span[0])
    return {team.commune for team in all_teams.of_phase(turn.tx, phase.id) if reporters.get(team.id)}


def by_hamlet(turn: Turn, places: Sequence[Commune], days: Days | None) -> Parts:
    """The hamlets where anything was counted; those of the list without anything by name; the rest named none."""
    today, several = (turn.work_day, turn.work_day), len(places) > 1
    whole = facts.spans(turn.tx, places, days.span if days else facts.EVER)
    with_today = days is None and not several  # else a line is longer than a phone is wide
    rows, silent = [], []
    for place in places:
        sums = totals.of_hamlets(turn.tx, place.id, days.span if days else None)
        now = totals.of_hamlets(turn.tx, place.id, today) if with_today else {}
        for hamlet in all_hamlets.of_commune(turn.tx, place.id):
            name, beside = texts.hamlet_head(hamlet.name), facts.brief(place) if several else ""
            if hamlet.id in sums:
                n = _phones(sums, hamlet.id)
                rows.append(Part(name, n, 0, _phones(now, hamlet.id) if with_today else None, beside))
            elif hamlet.listed:
                silent.append(f"{name} ({beside})" if beside else name)
    rest = sum(_phones(whole, place.id) for place in places) - sum(row.n for row in rows)
    return Parts(tuple(sorted(rows, key=_behind)), tuple(silent), rest)


def by_student(turn: Turn, places: Sequence[Commune], days: Days | None) -> Parts:
    """The students of the phase of these days, or of today's with all its days; the rest was done by others."""
    day = days.span[1] if days is not None else turn.work_day
    phase = phases.phase_on(turn.tx, day)
    known = {place.id: place for place in places}
    teams = [team for team in all_teams.of_phase(turn.tx, phase.id) if team.commune in known] if phase else []
    if phase is None or not teams:
        return Parts(())
    span = days.span if days is not None else facts.span_of(turn.tx, phase)
    several = len(places) > 1  # then the commune stands in the place of the share: lines are as long as a phone is wide
    due = facts.quota_of_one(turn.tx, phase, (span[0], min(span[1], turn.work_day)))
    quota = due if days is not None and not several else 0
    rows: list[Part] = []
    silent: list[str] = []
    for team in teams:
        beside = facts.brief(known[team.commune]) if several else ""
        found, without = _members(turn, team, span, quota, beside, with_today=days is None and not several)
        rows += found
        silent += without
    whole = facts.spans(turn.tx, places, span)
    rest = sum(_phones(whole, place.id) for place in places) - sum(row.n for row in rows)
    return Parts(tuple(sorted(rows, key=_behind)), tuple(silent), rest)


def _members(
    turn: Turn, team: Team, span: Span, quota: int, beside: str, *, with_today: bool
) -> tuple[list[Part], list[str]]:
    """A team's students with their phones, and who has no report on these days."""
    students = texts.in_order(people.of_team(turn.tx, team.id))
    names, sums = texts.short_names(students), totals.of_members(turn.tx, team.id, span)
    now = totals.of_members(turn.tx, team.id, (turn.work_day, turn.work_day)) if with_today else {}
    one_day = span[0] == span[1]
    reported = totals.reporters(turn.tx, team.phase, span[0], commune=team.commune) if one_day else {}
    off = leave.in_phase(turn.tx, team.phase, span[0]).get(team.id, set()) if one_day else set()
    rows, silent = [], []
    for student in students:
        if student.id in sums or student.id in reported.get(team.id, ()):
            today = _phones(now, student.id) if with_today else None
            rows.append(Part(names[student.id], _phones(sums, student.id), quota, today, beside))
        else:
            told = names[student.id] + (turn.text("totals.off") if student.id in off else "")
            silent.append(f"{told} ({beside})" if beside else told)
    return rows, silent


def by_day(turn: Turn, places: Sequence[Commune], days: Days | None) -> Parts:
    """The days with work of these, or of the phase until today, the newest first; days of it without any by date."""
    span = days.span if days is not None else _phase_span(turn)
    last = min(span[1], turn.work_day)
    sums = totals.by_commune_and_day(turn.tx, (span[0], last), commune=facts.only(places))
    phones: dict[date, int] = {}
    for place in places:
        for day, n in sums.get(place.id, {}).items():
            phones[day] = phones.get(day, 0) + n
    quotas: dict[date, int] = {}
    for phase in phases.every(turn.tx):
        daily = sum(facts.quotas(turn.tx, places, (phase.first, phase.first)).values())
        on = (phase.first + ONE_DAY * k for k in range(phase.days))
        quotas |= {day: daily for day in on if span[0] <= day <= last}
    rows = [
        Part(turn.text("totals.day_of_week", day=day), phones[day], quotas.get(day, 0))
        for day in sorted(phones, reverse=True)
    ]
    silent = [day for day in sorted(quotas) if day not in phones and day < turn.work_day]  # today is not over
    return Parts(tuple(rows), tuple(map(texts.short_day, silent)))


def _phase_span(turn: Turn) -> Span:
    phase = phases.phase_on(turn.tx, turn.work_day)
    return facts.span_of(turn.tx, phase) if phase is not None else facts.EVER
