"""What somebody who reports did in hamlets: in those that are named, or in each."""

from handlers.figures.in_words import Asked, By
from handlers.figures.replies.heads import head, rows
from handlers.figures.replies.subjects import Days, Subject, days_of
from handlers.messages import Reply
from handlers.texts import hamlet_head, number
from handlers.turn import Turn
from storage.campaign import hamlets
from storage.campaign.hamlets import NO_HAMLET
from storage.reports import breakdown


def in_hamlets(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The sender's phones in the hamlets that are named, today and ever, or on the days that are asked for."""
    own = Subject(subject.ones, turn.text("in_words.own_in", hamlets=subject.name), subject.places)
    named = {one.id for one in subject.ones}
    first = head(turn, asked, own)
    if asked.period is not None:
        said = _said(turn, named, days_of(turn, asked.period))
        return turn.say("in_words.in_days", head=first, said=said, standing=None)
    return turn.say(
        "in_words.so_far",
        head=first,
        day=turn.work_day,
        of_today=_said(turn, named, (turn.work_day, turn.work_day)),
        name_of_all=turn.text("in_words.name_ever"),
        ever=_said(turn, named, days_of(turn, None)),
    )


def by_hamlet(turn: Turn, asked: Asked, subject: Subject) -> Reply:
    """The sender's phones by hamlet, the most first, then those for which none was named."""
    sums = breakdown.hamlets_of_person(turn.tx, turn.me.id, days_of(turn, asked.period))
    elsewhere, whole = sums.pop(NO_HAMLET, 0), sum(sums.values())
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    lines = [(hamlet_head(hamlets.hamlet_name(turn.tx, id)), number(n)) for id, n in ranked if n]
    if elsewhere:
        lines.append((turn.text("in_words.no_hamlet"), number(elsewhere)))
    said = turn.text("in_words.counted", outcomes=(), counts={"activated": whole + elsewhere})
    return rows(turn, asked, subject, lines, by=By.HAMLET, whole=said if len(lines) > 1 else "")


def _said(turn: Turn, named: set[int], days: Days) -> str:
    sums = breakdown.hamlets_of_person(turn.tx, turn.me.id, days)
    phones = sum(n for hamlet, n in sums.items() if hamlet in named)
    return turn.text("in_words.counted", outcomes=("activated",), counts={"activated": phones})
