"""What was told for a comrade turns out to be the sender's own or another's, or to stand in another hamlet."""

import re
from dataclasses import replace

from handlers.clerk.comrades import Told, phrases
from handlers.language import Kind, Outcome, Reading, fold
from handlers.messages import Message, Saying
from handlers.reports import for_others, giving
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.teams import Team
from storage.reports import reports
from storage.reports.reports import Report


def mine_after_all(message: Message, turn: Turn, last: Report | None) -> list[Saying] | None:
    """`à không, 3 máy đấy của em`: what was reported for somebody last."""
    plain = " ".join(re.sub(r"([,.;:!?])", r" \1 ", fold(message.text)).split())
    if last is None or phrases.MINE.search(plain) is None:
        return None
    if (part := phrases.PART_OF.search(plain)) is not None:  # `1 trong 3 máy đó là em làm`
        some, whole = int(part["part"] or part["some"]), int(part["all"] or part["whole"])
        lines = [replace(line, n=some) for line in last.lines if line.outcome == Outcome.ACTIVATED]
        fits = 0 < some < whole == sum(line.n for line in last.lines if line.outcome == Outcome.ACTIVATED)
        return giving.give(message, turn, last, turn.me, lines) if fits and len(lines) == 1 else None
    entries = turn.reading(message).draft or turn.reading(message)
    counts = Reading(Kind.REPORT, 0, tuple(entries.entries)).counts
    same = not counts or counts == {line.outcome: line.n for line in last.lines}
    return giving.give(message, turn, last, turn.me, last.lines) if same else None


def denied_of_comrade(message: Message, turn: Turn, told: Told) -> list[Saying] | None:
    """What was reported for a comrade is the sender's own, or another's.

    `2 máy nhà ông Chiến là của em chứ ko phải của 75`, `nhầm tên, của Giang chứ không phải của Huy`.
    """
    words, to = told.of(0) or told.alone, turn.me
    if told.claimed and not told.shares:  # `nhầm tên, của Giang chứ không phải của Huy`
        others = [people.by_id(turn.tx, one) for one in told.names if one not in told.denied]
        to = next((one for one in others if one is not None), turn.me)
    known = reports.told_for_others(turn.tx, turn.chat.id, turn.me.id, since=turn.oldest_day)
    theirs = [one for one in known if one.person in told.denied]
    if any(one.who for one in told.shares) or not theirs or told.asked:
        return None
    found = giving.named_in(turn, theirs, fold(words))
    if found:
        return giving.give(message, turn, found[0][0], to, found[0][1])
    if to.id != turn.me.id:
        return giving.give(message, turn, theirs[-1], to, theirs[-1].lines)
    counts = turn.meanings(replace(message, text=words))[0].counts
    same = [one for one in theirs if {line.outcome: line.n for line in one.lines} == counts]
    return giving.give(message, turn, same[-1], turn.me, same[-1].lines) if same else None


def moved_of_comrade(message: Message, turn: Turn, team: Team, told: Told) -> list[Saying] | None:
    """`hv72 nhắn lại, số kia là ở x2 chứ không phải x1`: what was reported for them stands there."""
    reading = turn.reading(message)
    if not any(one.denied for one in reading.mentions) or all(one.denied for one in reading.mentions):
        return None
    known = reports.told_for_others(turn.tx, turn.chat.id, turn.me.id, since=turn.oldest_day)
    theirs = [one for one in known if one.person in told.names]
    words = told.of(theirs[-1].person) or told.alone if theirs and not reading.counts else ""
    return for_others.put_right_as(words, message, turn, team, theirs) if words else None
