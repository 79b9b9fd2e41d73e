"""A message about work: the clerk decides what it does, one place does it."""

from dataclasses import replace
from datetime import date

from handlers.clerk import clerk, parts, supported
from handlers.clerk import decided as decided_by_rules
from handlers.clerk.acts import Act, Ask, Change, Compare, Record
from handlers.clerk.evening import Evening
from handlers.clerk.matching import named_in
from handlers.clerk.parts import Part
from handlers.clerk.standing import placed as placed_by_home
from handlers.language import Kind, Why, fold
from handlers.messages import Message, Saying
from handlers.places import in_use
from handlers.reports import behalf, changing, doing, duty, for_others, oneself, remembering, which
from handlers.texts import address
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.teams import Team
from storage.talk import offers


def for_other(message: Message, turn: Turn, team: Team, *, named: bool = False) -> list[Saying] | None:
    """What a message does that reports for somebody else of the team; None: it does not.

    `named`: whom it names was heard already, and nothing is theirs.
    """
    if named:
        return for_others.put_right(message, turn, team)
    found = behalf.asked(message.text, people.of_team(turn.tx, team.id)) if behalf.may_ask(message.text) else None
    if found is not None and not found.named and fold(found.name) == fold(address(turn.me)):
        found = None  # `ghi giúp chị 3 máy`, said by one whom the roster calls so
    if found is not None and turn.me.id not in [one.id for one in found.fitting]:
        return for_others.put_right_of(message, turn, team, found.fitting, found.rest) or behalf.report(
            message, turn, team, found
        )
    whose = turn.reading(message).behalf_of
    if whose and not oneself.is_oneself(whose):
        return [behalf.unknown(turn, whose)]  # never the sender's own work (rule 27)
    return for_others.put_right(message, turn, team)


def act(message: Message, turn: Turn, team: Team) -> list[Saying] | None:
    """What a message does, and what is said to it; None: it is talk."""
    evening = remembering.evening(message, turn, team)
    meanings = supported(message.text, turn.meanings(message), evening)
    best = meanings[0]
    day = turn.day_of(message, best.draft.day if best.draft else best.day)
    if best.kind is Kind.CORRECT and which.of_somebody_else(message, turn) is not None:
        return [turn.say("reporting.not_yours")]
    if day < turn.oldest_day and best.kind is not Kind.CHAT:
        return [changing.too_old(turn, day)]
    team = turn.team_on(day) or team  # what is told of the phase before is that one's, wherever somebody is by now
    several = _in_parts(message, turn, team, evening)
    if several is not None:
        return several
    reading, placed = in_use.with_place(message, turn, team, best)
    others = tuple(in_use.with_place(message, turn, team, one)[0] for one in meanings[1:])
    heard = remembering.heard(message, turn, team, reading, assumed=placed)
    edited = message.edited_at is not None  # what it said before stands in the book, and is no evidence
    meant = (
        placed_by_home(decided_by_rules(heard, (reading, *others), evening)[0], heard, reading, evening)
        if edited
        else clerk(heard, (reading, *others), evening)
    )
    decided = _counting(_of_all_hamlets(meant) if placed else meant, message, turn, day)
    if decided is None:
        silent = best.why is Why.BARE_DONE and not message.addressed  # `xong` in a group
        return [] if silent else [duty.refusal(turn, message, day)]
    asked = evening.asked
    said = doing.do(decided, doing.Stage(message, turn, team, placed))
    if said is not None and not (edited or message.forwarded or best.day):
        own = isinstance(decided, Record) and not placed
        in_use.follow(message, turn, {line.place for line in heard.lines} if own else set())
    if asked is not None and asked.answered_by_next and said is not None:
        offers.pass_by(turn.tx, turn.chat.id, turn.me.id, asked=asked.at)
    return said


def _of_all_hamlets(decided: Act) -> Act:
    """A sum is one of all hamlets, whichever is in use."""
    if isinstance(decided, Compare):
        return _summed(decided)
    if not isinstance(decided, Ask):
        return decided
    choices = (replace(one, act=_summed(one.act)) if isinstance(one.act, Compare) else one for one in decided.choices)
    return replace(decided, choices=tuple(choices))


def _summed(compare: Compare) -> Compare:
    entries = tuple(replace(one, hamlet=None, said=None) for one in compare.reading.entries)
    return replace(compare, reading=replace(compare.reading, entries=entries))


def _counting(act: Act, message: Message, turn: Turn, day: date) -> Act | None:
    """The act as far as it counts: outside of the phases no new work does; None: nothing is left of it."""
    if isinstance(act, Ask) and act.choices:
        choices = tuple(one for one in act.choices if _counts(one.act, message, turn))
        return replace(act, choices=choices) if any(one.act is not None for one in choices) else None
    return None if isinstance(act, Record | Compare | Ask) and not duty.may_report(turn, day) else act


def _counts(act: Record | Compare | Change | None, message: Message, turn: Turn) -> bool:
    """Whether a meaning that a button stands for would count."""
    if act is None or isinstance(act, Change):
        return True
    return duty.may_report(turn, turn.day_of(message, act.reading.day))


def _in_parts(message: Message, turn: Turn, team: Team, evening: Evening) -> list[Saying] | None:
    """What a message does that turns what is stored of a home and tells of new work beside it; None: it does one."""
    texts = parts.pieces(message.text) if message.edited_at is None and not message.forwarded else []
    if not texts or not named_in(evening.today, fold(message.text)):
        return None  # nothing is read twice where no home of the evening is named
    heard = [_part(replace(message, text=text), turn, team) for text in texts]
    found = parts.divided(heard, evening)
    if found is None:
        return None
    said = [
        one
        for change, words in found.changes
        for one in doing.do(change, doing.Stage(replace(message, text=words), turn, team)) or []
    ]
    rest = act(replace(message, text=found.rest), turn, team) if found.rest else None
    return said + (rest or [])


def _part(message: Message, turn: Turn, team: Team) -> Part:
    placed = [in_use.with_place(message, turn, team, one) for one in turn.meanings(message)]
    meant = [one for one, _ in placed]
    return Part(remembering.heard(message, turn, team, meant[0], assumed=placed[0][1]), meant)
