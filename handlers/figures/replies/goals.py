"""How many are left until a number that somebody names: so many phones, or so many hundredths of the target."""

from dataclasses import replace
from math import ceil

from handlers.figures.gathered import facts
from handlers.figures.in_words import Asked, By, Limit, Period, Sort, Span, Whose
from handlers.figures.replies.heads import head, rows
from handlers.figures.replies.subjects import Subject, counts_of, days_of, merged
from handlers.messages import Reply
from handlers.texts import number
from handlers.turn import Turn
from storage.campaign import phases


def left(turn: Turn, asked: Asked, subject: Subject) -> Reply | None:
    """Until the goal, of all that is done or of some days; None where there is no target of which it is a part."""
    asked = _with_day(turn, asked)
    assert asked.goal is not None
    if asked.grouped not in (None, By.COMMUNE):
        return None
    if asked.grouped is By.COMMUNE or (len(subject.ones) > 1 and not subject.whole):
        return _of_each(turn, asked, subject, asked.goal)
    if asked.goal.percent:
        done = _percent_of(turn, asked, subject)
    else:
        done = _phones(turn, asked, subject), ceil(asked.goal.n)
    if done is None:
        return None
    return turn.say("goals.left", head=head(turn, asked, subject), goal=asked.goal, done=done[0], wanted=done[1])


def _percent_of(turn: Turn, asked: Asked, subject: Subject) -> tuple[int, int] | None:
    """What is done of a target, and how much that part of it is."""
    assert asked.goal is not None
    whole = facts.board(turn.tx, subject.places, turn.work_day, finished=False).whole
    until_now = asked.period is None or asked.period.span is Span.PHASE
    if subject.sort is not Sort.COMMUNE or not whole.target or not until_now:
        return None
    return whole.done, ceil(round(whole.target * asked.goal.n / 100, 6))


def _phones(turn: Turn, asked: Asked, subject: Subject) -> int:
    """What is counted so far on the days that are named; of a commune without days everything that is done."""
    if asked.period is None and subject.sort is Sort.COMMUNE:
        return facts.board(turn.tx, subject.places, turn.work_day, finished=False).whole.done
    return merged(counts_of(turn, subject.ones, days_of(turn, asked.period)).values()).get("activated", 0)


def _with_day(turn: Turn, asked: Asked) -> Asked:
    """A goal of one's own without days is today's, where it is no more than the quota of a day."""
    settings, goal = phases.current(turn.tx), asked.goal
    if goal is None or settings is None or goal.percent or goal.n > settings.quota:
        return asked
    if asked.period is not None or asked.whose is not Whose.OWN:
        return asked
    return replace(asked, period=Period(Span.DAY, turn.work_day, turn.work_day))


def _of_each(turn: Turn, asked: Asked, subject: Subject, goal: Limit) -> Reply | None:
    """Each commune's, the most first, and how many are there already."""
    if not goal.percent:
        return None
    lines = []
    board = facts.board(turn.tx, subject.places, turn.work_day, finished=False)
    for row in board.rows:
        lines.append((facts.short(row.commune), ceil(round(row.standing.target * goal.n / 100, 6)) - row.standing.done))
    lines.sort(key=lambda line: -line[1])
    kept = [(name, number(n)) for name, n in lines if n > 0]
    return rows(turn, asked, subject, kept, by=By.COMMUNE, among=len(lines))
