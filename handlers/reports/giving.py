"""A report turns out to be somebody else's work: it goes to them, both hear of it, and one tap brings it back."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import saying
from handlers.clerk import matching
from handlers.language import fold
from handlers.messages import Message, Reply, Saying
from handlers.open import keeping
from handlers.reports import changing, recording, telling, withdrawing
from handlers.reports.changing import SaidBy
from handlers.states import BEHALF, BEHALF_OF_WHOM
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import team_of
from storage.reports import homes, reports
from storage.reports.reports import Report
from storage.reports.tallies import Line

MOST_CHOICES = 4


def give(message: Message, turn: Turn, stored: Report, to: Person, lines: Sequence[Line]) -> list[Saying] | None:
    """Takes lines of a report from whose it was and stores them for another; None: they are no comrades on that day."""
    team = team_of(turn.tx, to.id, stored.day)
    before = people.by_id(turn.tx, stored.person)
    if team is None or team.id != stored.team or before is None or stored.day < turn.oldest_day:
        return None
    left = without(stored.lines, lines)
    reading = turn.reading_of(reports.text_of(turn.tx, stored) or "", stored.at)
    if left:
        after = changing.store(turn, stored, left, None, SaidBy(message.text, sure=True))
    else:
        after, _ = withdrawing.take_back(turn, stored)
    told = recording.told_by(message, turn, reading, person=to.id)
    new = recording.store(turn, team, replace(told, day=stored.day), lines, reading if not left else None)
    news = [] if before.id == turn.me.id else telling.taken_back_for(turn, stored, after)[1:]
    heard = [] if to.id == turn.me.id else telling.reported_for(turn, new)[1:]
    mine = new if to.id == turn.me.id else after if before.id == turn.me.id else None
    text = turn.text(
        "behalf.given",
        lines=saying.report_in_words(turn, new),
        name="" if to.id == turn.me.id else to.name,
        before="" if before.id == turn.me.id else before.name,
        told=bool(heard),
        standing=saying.standing_of(turn, mine) if mine is not None else "",
    )
    undo = turn.offer(BEHALF, new.id, {"Hoàn tác": f"back:{stored.id}"}, version=new.version)
    return [Reply(text, (undo,), report=new.id), *heard, *news]


def without(lines: Sequence[Line], gone: Sequence[Line]) -> list[Line]:
    """What is left of lines when others are taken from them."""
    less = {(line.hamlet, line.outcome): line.n for line in gone}
    left = [replace(line, n=line.n - less.get((line.hamlet, line.outcome), 0)) for line in lines]
    return [line for line in left if line.n > 0]


def ask_which(message: Message, turn: Turn, to: Person, candidates: Sequence[Report], *, why: str = "behalf") -> Reply:
    """It is not clear which report is theirs: each that may be meant is a button that says whose it would be."""
    draft = keeping.keep(message, turn, turn.reading(message), why)
    labels = [f"Của {to.name}: {saying.in_label(saying.said_of(turn, one))}" for one in candidates[:MOST_CHOICES]]
    choices = {label: f"give:{one.id}:{to.id}" for label, one in zip(labels, candidates, strict=False)}
    buttons = turn.offer(BEHALF_OF_WHOM, draft.id, {**choices, "Không đổi": "drop"})
    return turn.say("behalf.which_is_theirs", name=to.name, buttons=tuple((one,) for one in buttons))


def lines_at(turn: Turn, stored: Report, plain: str) -> list[Line] | None:
    """The lines of a report that were counted at the homes that folded words name; None: it names none of its homes."""
    known = homes.of_person(turn.tx, stored.person, turn.oldest_day).get(stored.id, ())
    named = [home for home in known if matching.stands_in(fold(home.label), plain)]
    if not named:
        return None
    if len(named) == len(known):
        return list(stored.lines)
    return [Line(home.hamlet, str(outcome), n) for home in named for outcome, n in home.counts.items() if n]


def named_in(turn: Turn, known: Sequence[Report], plain: str) -> list[tuple[Report, list[Line]]]:
    """The reports, the newest first, one of whose homes folded words name, with what was counted there."""
    found = [(one, lines_at(turn, one, plain)) for one in reversed(known) if one.change != "adjusted"]
    return [(one, lines) for one, lines in found if lines]
