"""A message about work: the clerk decides what it does, one place does it."""

from handlers.clerk import clerk
from handlers.language import Kind
from handlers.messages import Message, Saying
from handlers.places import in_use
from handlers.reports import behalf, changing, doing, remembering
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.teams import Team
from storage.talk import offers


def for_other(message: Message, turn: Turn, team: Team) -> list[Saying] | None:
    """What a message does that reports for somebody else of the team; None: it does not."""
    found = behalf.asked(message.text, people.of_team(turn.tx, team.id)) if behalf.may_ask(message.text) else None
    return behalf.report(message, turn, team, found) if found is not None else None


def act(message: Message, turn: Turn, team: Team) -> list[Saying] | None:
    """What a message does, and what is said to it; None: it is talk."""
    meanings = turn.meanings(message)
    best = meanings[0]
    day = turn.day_of(message, best.draft.day if best.draft else best.day)
    if day < turn.oldest_day and best.kind is not Kind.CHAT:
        return [changing.too_old(turn, day)]
    reading, placed = in_use.with_place(message, turn, team, best)
    heard = remembering.heard(message, turn, team, reading)
    evening = remembering.evening(message, turn, team)
    decided = clerk(heard, (reading, *meanings[1:]), evening)
    asked = evening.asked
    said = doing.do(decided, doing.Stage(message, turn, team, placed))
    if asked is not None and asked.answered_by_next and said is not None:
        offers.pass_by(turn.tx, turn.chat.id, turn.me.id, asked=asked.at)
    return said
