"""The one door for days behind a command: what no calendar has, and what is not today where only today is acted on."""

from handlers.field.days_named import named
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.days import no_such_day
from handlers.messages import Reply
from handlers.turn import Behind, Declaration, Turn


def refused(turn: Turn, said: Declaration, command: str, rest: str) -> Reply | None:
    """What is said instead of what was asked; None: nothing is wrong with the days that were named, if any."""
    if said.behind is Behind.WORDS or not rest:
        return None
    if (never := no_such_day(fold(rest), turn.work_day)) is not None:
        return turn.say("helping.no_such_day", day=never)
    if said.behind is not Behind.TODAY:
        return None
    found = named(rest, turn.work_day)
    other = next((day for day in found.days if day != turn.work_day), None) if found is not None else None
    return None if other is None else turn.say("helping.only_today", command=command, day=other)
