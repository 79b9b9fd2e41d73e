"""Who has reported and who has not: communes, students, one student; and the messages whose number is not clear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import ONE_DAY
from handlers.figures.in_words import Asked, By, Period, Sort, Span
from handlers.figures.replies.heads import MOST_ROWS, counted, head
from handlers.figures.replies.subjects import One, Subject, counts_of, days_of, divided, students_of, together
from handlers.messages import Reply
from handlers.turn import STUDENTS, Turn
from storage.campaign import people, phases, teams
from storage.campaign.teams import Team
from storage.field import leave
from storage.reports import drafts, totals

_LONGEST = 45  # days that are looked at one by one


@dataclass(frozen=True, slots=True)
class _Reports:
    """A team's students: those with a report on any of the days, and those off duty on all of them."""

    team: Team
    students: tuple[One, ...]
    has: frozenset[int]
    off: frozenset[int]


def with_period(turn: Turn, asked: Asked) -> Asked:
    """Reports are asked for by day: of today where none is named."""
    today = Period(Span.DAY, turn.work_day, turn.work_day)
    return asked if asked.period is not None else replace(asked, period=today)


def reports(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """By commune, by student, or of the students that are named."""
    if asked.grouped is By.HAMLET or subject.sort is Sort.HAMLET:
        return _hamlets(turn, asked, subject)
    asked = with_period(turn, asked)
    found = _found(turn, asked, subject)
    if subject.sort is Sort.PERSON:
        return _of(turn, asked, subject, found)
    by_commune = asked.grouped is By.COMMUNE or (asked.grouped is None and len(subject.places) > 1)
    if asked.last is None and not by_commune:
        asked = replace(asked, last=True)
    silent = asked.last is not False
    names = {place.id: facts.short(place) for place in subject.places}
    rows = []
    for one in found:
        those = _those(turn, one, silent=silent)
        if those:
            rows.append((names[one.team.commune], those, f"{len(those)}/{len(one.students)}"))
    communes = [names[one.team.commune] for one in found if bool(one.has) is not silent]
    return turn.say(
        "in_words.reports",
        head=head(turn, asked, subject),
        teams=len(found),
        by_commune=by_commune,
        communes=communes,
        silent=silent,
        teamless=len(subject.places) - len(found),
        rows=rows[:MOST_ROWS],
        more=len(rows[MOST_ROWS:]),
        people=sum(len(one.has) for one in found),
        all_people=sum(len(one.students) for one in found),
        leads=subject.leads,
        counted=_numbers_too(turn, asked, subject),
    )


def _numbers_too(turn: Turn, asked: Asked, subject: Subject) -> str:
    """What was counted, where that is asked for beside who has reported: `có số chưa, mấy máy`."""
    if "how_many" not in asked.rules or asked.last is not None or asked.grouped is not None:
        return ""
    return counted(turn, asked, together(turn, subject.ones, days_of(turn, asked.period)))


def _hamlets(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The hamlets in which nothing was counted on the days, or up to now; or those in which something was."""
    parts = divided(turn, subject, By.HAMLET)
    counts = counts_of(turn, parts, days_of(turn, asked.period))
    silent = asked.last is not False
    those = [one.name for one in parts if any(counts[one].values()) is not silent]
    return turn.say(
        "in_words.hamlets",
        head=head(turn, asked, subject),
        silent=silent,
        number=len(parts),
        those=those[:MOST_ROWS],
        more=len(those[MOST_ROWS:]),
    )


def _those(turn: Turn, one: _Reports, *, silent: bool) -> list[str]:
    kept = [student for student in one.students if (student.id in one.has) is not silent]
    return [turn.text("in_words.off", name=student.name) if student.id in one.off else student.name for student in kept]


def _found(turn: Turn, asked: Asked, subject: Subject) -> list[_Reports]:
    """Who of each team has a report on any of the days."""
    days = _days(turn, asked)
    found = []
    for team, students in students_of(turn, subject.places, days[-1], leads=subject.leads):
        has: set[int] = set()
        off = {one.id for one in students}
        for day in days:
            has |= totals.reporters(turn.tx, team.phase, day, commune=team.commune).get(team.id, set())
            off &= leave.in_phase(turn.tx, team.phase, day).get(team.id, set())
        own = {one.id for one in students}
        found.append(_Reports(team, tuple(students), frozenset(has & own), frozenset(off)))
    return found


def _days(turn: Turn, asked: Asked) -> list[date]:
    """The days of the question, the newest ones where they are many."""
    first, last = days_of(turn, asked.period)
    phase = phases.phase_on(turn.tx, last)
    first = max(first, phase.first) if phase is not None else first
    first = max(first, last - (_LONGEST - 1) * ONE_DAY)
    return [first + k * ONE_DAY for k in range((last - first).days + 1)] or [last]


def _of(turn: Turn, asked: Asked, subject: Subject, found: Sequence[_Reports]) -> Reply:
    """Whether some students have reported, and what."""
    asked = replace(asked, last=None)
    has = {id for one in found for id in one.has}
    off = {id for one in found for id in one.off}
    counts = counts_of(turn, subject.ones, days_of(turn, asked.period))
    rows = [(one.name, one.id in has, counted(turn, asked, counts[one]), one.id in off) for one in subject.ones]
    return turn.say("in_words.reports_of", head=head(turn, asked, subject), rows=rows)


def counted_only(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """For a student: how many of the team have reported, and whether the asker has; no names."""
    asked = with_period(turn, asked)
    found = _found(turn, asked, subject)
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    leads = [lead.name for lead in people.leads_of(turn.tx, team.id)] if team is not None else []
    return turn.say(
        "in_words.reports_counted",
        head=head(turn, asked, subject),
        people=sum(len(one.has) for one in found),
        all_people=sum(len(one.students) for one in found),
        own=any(turn.me.id in one.has for one in found),
        leads=[name for name in leads if name != turn.me.name],
    )


def open_messages(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """How many messages of the days lack a number: by commune, or by student of one team."""
    asked = with_period(turn, asked)
    own = subject.sort is Sort.PERSON
    wanted = {one.id for one in subject.ones} if own else set()
    rows: dict[str, int] = {}
    for team, students in students_of(turn, subject.places):
        names = {one.id: one.name for one in students}
        for day in _days(turn, asked):
            for draft in drafts.open_in_team(turn.tx, team.id, day):
                if own and draft.person not in wanted:
                    continue
                place = next(facts.short(one) for one in subject.places if one.id == team.commune)
                name = names.get(draft.person, place) if len(subject.places) == 1 else place
                rows[name] = rows.get(name, 0) + 1
    command = "/homnay" if turn.me.role in STUDENTS and own else "/to"
    return turn.say(
        "in_words.open",
        head=head(turn, asked, subject),
        rows=list(rows.items())[:MOST_ROWS],
        sum=sum(rows.values()),
        command=command,
    )
