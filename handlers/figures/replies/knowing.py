"""What is known beside numbers: phases, who leads, where nobody works, who reported when, what is kept of oneself."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.figures.gathered import facts
from handlers.figures.in_words import Asked, By, Sort, Span
from handlers.figures.replies.heads import MOST_ROWS, head
from handlers.figures.replies.subjects import Days, One, Subject, days_of, divided, students_of
from handlers.messages import Message, Reply, Saying
from handlers.turn import Turn
from storage.campaign import people, phases
from storage.reports import reports
from storage.reports.reports import Report


def phase_days(turn: Turn, asked: Asked) -> Reply:
    """From when to when the phases go, or the one that is named, and how many days are left."""
    named = asked.period.name if asked.period is not None and asked.period.span is Span.PHASE else ""
    known = phases.every(turn.tx)
    shown = [one for one in known if one.name == named] or known
    return turn.say("knowing.phases", phases=shown, day=turn.work_day)


def leads(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """Who leads each team that works in these communes in this phase."""
    found = students_of(turn, subject.places)
    names = {place.id: facts.short(place) for place in subject.places}
    lines = [
        (names[team.commune], [lead.name for lead in people.leads_of(turn.tx, team.id)], len(students))
        for team, students in found
    ]
    return turn.say(
        "knowing.leads",
        head=head(turn, replace(asked, grouped=None), subject),
        rows=lines[:MOST_ROWS],
        more=len(lines[MOST_ROWS:]),
        sum=sum(len(those) for _, those, _ in lines),
    )


def unstaffed(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The communes in which no team works in this phase."""
    staffed = {team.commune for team, students in students_of(turn, subject.places) if students}
    without = [facts.short(place) for place in subject.places if place.id not in staffed]
    asked = replace(asked, grouped=None)
    return turn.say("knowing.unstaffed", head=head(turn, asked, subject), names=without, all=len(subject.places))


def last_report(turn: Turn, asked: Asked, subject: Subject) -> Reply | None:
    """When each of these reported last, or last on some days, the newest first; of hamlets it is not known."""
    if subject.sort is Sort.HAMLET:
        return None
    days = days_of(turn, asked.period)
    ones = divided(turn, subject, By.PERSON) if subject.sort is not Sort.PERSON else subject.ones
    sent = {one: _last(turn, one, days) for one in ones}
    known = [(one.name, last, _had(turn, last)) for one, last in sent.items() if last is not None]
    lines = sorted(known, key=lambda line: line[1].at, reverse=True)
    return turn.say(
        "knowing.last_report",
        head=head(turn, replace(asked, grouped=None), subject),
        rows=lines[:MOST_ROWS],
        never=[one.name for one in ones if sent[one] is None],
        day=turn.work_day,
    )


def _last(turn: Turn, one: One, days: Days) -> Report | None:
    """Somebody's newest report that counts, of these work days."""
    known = reports.since_day(turn.tx, one.id, days[0])
    standing = [report for report in known if not report.withdrawn and report.day <= days[1]]
    return standing[-1] if standing else None


def _had(turn: Turn, report: Report) -> str:
    """What was counted in a report."""
    counts: dict[str, int] = {}
    for line in report.lines:
        counts[line.outcome] = counts.get(line.outcome, 0) + line.n
    return turn.text("in_words.counted", outcomes=(), counts=counts)


def stored(message: Message, turn: Turn) -> list[Saying]:
    """What is kept of somebody who reports: the sums by day, as /cuatoi, and today's messages, as /homnay."""
    if turn.run is None:
        return []
    sums, today = (_first(turn.run(name, message)) for name in ("/cuatoi", "/homnay"))
    if sums is None or today is None:
        return [one for one in (sums, today) if one is not None]
    return [replace(today, text=f"{sums.text}\n\n{today.text}")]


def _first(said: Iterable[Saying]) -> Reply | None:
    return next((one for one in said if isinstance(one, Reply)), None)
