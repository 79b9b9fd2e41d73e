"""How many are left until a number that somebody names: so many phones, or so many hundredths of the target."""

from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from handlers.figures.gathered import facts
from handlers.figures.gathered.facts import Pace
from handlers.figures.in_words import Asked, By, Limit, Period, Sort, Span
from handlers.figures.replies.heads import head, rows
from handlers.figures.replies.subjects import Subject, counts_of, days_of, together
from handlers.messages import Reply
from handlers.texts import number
from handlers.turn import Turn
from storage.campaign import phases
from storage.reports import tallies


@dataclass(frozen=True, slots=True)
class _Way:
    """What is done of what is wanted, and what is needed a day until the last day; of communes also the pace to it."""

    done: int
    wanted: int
    needed: int | None = None
    last: date | None = None
    pace: Pace | None = None


def left(turn: Turn, asked: Asked, subject: Subject) -> Reply | None:
    """Until the goal, of all that is done or of some days; None where there is no target of which it is a part."""
    if asked.grouped not in (None, By.COMMUNE, By.DAY):
        return None
    asked = _with_days(turn, asked, subject)
    assert asked.goal is not None
    if asked.grouped is By.COMMUNE or (len(subject.ones) > 1 and not subject.whole):
        return _of_each(turn, asked, subject, asked.goal)
    counted = _percent_of(turn, asked, subject) if asked.goal.percent else _phones(turn, asked, subject)
    if counted is None:
        return None
    way = _on_the_way(turn, asked, subject, *counted)
    return turn.say("goals.left", head=head(turn, replace(asked, grouped=None), subject), goal=asked.goal, way=way)


def _with_days(turn: Turn, asked: Asked, subject: Subject) -> Asked:
    """Phones without days are of today where they are no more than its quota, of the phase where more are done."""
    settings, goal = phases.current(turn.tx), asked.goal
    if goal is None or settings is None or goal.percent or asked.period is not None:
        return asked
    board = facts.board(turn.tx, subject.places, turn.work_day, finished=False)
    if subject.sort is Sort.PERSON:
        daily = settings.quota * len(subject.ones)
    elif subject.sort is Sort.COMMUNE and board.pace is not None:
        daily = board.pace.daily
    else:
        return asked
    if goal.n <= daily:
        return replace(asked, period=Period(Span.DAY, turn.work_day, turn.work_day))
    phase = phases.phase_on(turn.tx, turn.work_day)
    if phase is None or (subject.sort is Sort.COMMUNE and goal.n > board.whole.done):
        return asked
    return replace(asked, period=Period(Span.PHASE, phase.first, turn.work_day, name=phase.name))


def _percent_of(turn: Turn, asked: Asked, subject: Subject) -> tuple[int, int] | None:
    """What is done of a target, and how much that part of it is."""
    whole = facts.board(turn.tx, subject.places, turn.work_day, finished=False).whole
    until_now = asked.period is None or asked.period.span is Span.PHASE
    if asked.goal is None or subject.sort is not Sort.COMMUNE or not whole.target or not until_now:
        return None
    return whole.done, _part(whole.target, asked.goal)


def _part(target: int, goal: Limit) -> int:
    return ceil(round(target * goal.n / 100, 6))


def _phones(turn: Turn, asked: Asked, subject: Subject) -> tuple[int, int]:
    """What is counted so far on the days that are named; of a commune without days everything that is done."""
    assert asked.goal is not None
    if asked.period is None and subject.sort is Sort.COMMUNE:
        done = facts.board(turn.tx, subject.places, turn.work_day, finished=False).whole.done
    else:
        counts = counts_of(turn, subject.ones, days_of(turn, asked.period))
        done = tallies.merged(counts.values()).get("activated", 0)
    return done, ceil(asked.goal.n)


def _on_the_way(turn: Turn, asked: Asked, subject: Subject, done: int, wanted: int) -> _Way:
    """With what is needed a day within the phase, and when it comes at the recent pace, where days are left."""
    whole = facts.board(turn.tx, subject.places, turn.work_day, finished=False).whole
    target = whole.done + wanted - done  # of which so much is left as of the goal
    pace = facts.board(turn.tx, subject.places, turn.work_day, finished=False, target=target).pace
    of_a_day = asked.period is not None and asked.period.span is not Span.PHASE
    if of_a_day or pace is None or pace.before or pace.over or done >= wanted:
        return _Way(done, wanted)
    if subject.sort is Sort.COMMUNE:
        return _Way(done, wanted, pace.needed, pace.phase.last, pace)
    today = together(turn, subject.ones, (turn.work_day, turn.work_day)).get("activated", 0)
    days = (pace.phase.last - turn.work_day).days + 1
    return _Way(done, wanted, ceil((wanted - done + today) / days), pace.phase.last)


def _of_each(turn: Turn, asked: Asked, subject: Subject, goal: Limit) -> Reply | None:
    """Each commune's, the most first, and how many are not there yet."""
    if not goal.percent or subject.sort is not Sort.COMMUNE:
        return None
    board = facts.board(turn.tx, subject.places, turn.work_day, finished=False)
    found = [(facts.short(one.commune), _part(one.standing.target, goal) - one.standing.done) for one in board.rows]
    found.sort(key=lambda line: -line[1])
    lines = [(name, number(n)) for name, n in found if n > 0]
    return rows(turn, asked, subject, lines, by=By.COMMUNE, among=len(found))
