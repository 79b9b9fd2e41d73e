"""What a clerk has in mind when a message comes: the last days, what stands open, was asked and is quoted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.clerk.evening import Asked, Evening, Heard, HomeTold, LineTold, Named, OpenTold, ReportTold
from handlers.language import Entry, Kind, Outcome, Reading, fold
from handlers.messages import Message
from handlers.open import asking, keeping
from handlers.places import in_use, placing
from handlers.reports import changing
from handlers.states import Waiting
from handlers.turn import Turn
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team
from storage.reports import drafts, homes, reports
from storage.reports.drafts import Draft
from storage.reports.homes import Home
from storage.reports.reports import Report
from storage.reports.tallies import Line, Place
from storage.talk import offers, outbox


def heard(message: Message, turn: Turn, team: Team, reading: Reading, *, assumed: bool = False) -> Heard:
    """The message with its counts placed; of an unclear one those that were understood.

    `assumed`: they are placed by the hamlet in use.
    """
    entries: Sequence[Entry] = reading.draft.entries if reading.draft else reading.entries
    lines = told(placing.lines_of(turn, team, entries))
    named = _named(turn, team, turn.reading(message))
    return Heard(
        message.text,
        message.at,
        lines,
        message.forwarded,
        next((one.place for one in reversed(named) if not one.denied), NO_HAMLET),
        _alone(message, turn, team),
        any(one.denied for one in reading.mentions),
        assumed,
        in_use.comes_to(message, turn),
        named,
    )


def _named(turn: Turn, team: Team, reading: Reading) -> tuple[Named, ...]:
    """The hamlets of the list that a message names, whatever it says of them."""
    found = [(one, placing.hamlet_of(turn, team, one.name, one.said)) for one in reading.mentions]
    return tuple(Named(fold(one.said), place, one.denied) for one, place in found if isinstance(place, int))


def _alone(message: Message, turn: Turn, team: Team) -> Place:
    """The hamlet that the message itself names without a number."""
    reading = turn.reading(message)
    if reading.kind is Kind.CHAT:
        alone = in_use.said_alone(message, turn)
        return alone.id if alone is not None else NO_HAMLET
    hole = reading.draft.hole if reading.draft else None
    return placing.hamlet_of(turn, team, hole.hamlet, hole.said) if hole is not None else NO_HAMLET


def told(lines: Sequence[Line]) -> tuple[LineTold, ...]:
    """Lines in the words of a clerk."""
    return tuple(LineTold(line.hamlet, Outcome(line.outcome), line.n) for line in lines)


def evening(message: Message, turn: Turn, team: Team) -> Evening:
    """The evening of whoever writes, up to this message."""
    every = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    known = [one for one in every if not one.withdrawn]
    gone = [one for one in every if one.withdrawn and turn.follows(one.at) and turn.at - one.changed_at <= _TAKEN_BACK]
    named = homes.of_person(turn.tx, turn.me.id, turn.oldest_day) if known or gone else {}
    words = reports.texts_of_person(turn.tx, turn.me.id, turn.oldest_day) if known else {}
    day = turn.day_of(message)
    asked, other = _asked(turn, known)
    opened = _opened(turn, day, asked)
    quoted = _quoted(message, turn, known, opened)
    return Evening(
        tuple(_report(one, named.get(one.id, ()), words.get(one.id, ""), turn, message) for one in known),
        tuple(_open(one, turn, team) for one in opened),
        asked,
        quoted[0],
        quoted[1],
        tuple(_report(one, (), "", turn, message) for one in other),
        _answered(message, turn, known),
        tuple(home.label for one in gone for home in named.get(one.id, ())),
    )


_TAKEN_BACK = timedelta(minutes=10)  # within which `nhầm` and what is right are one story
_BRIEF = 24  # characters of an answer that is a number
_GIVEN_TWICE = timedelta(minutes=1)


def _answered(message: Message, turn: Turn, known: Sequence[Report]) -> int | None:
    """The report that a question was settled into just now, where the message may be the same answer once more."""
    if len(message.text) > _BRIEF or not any(c.isdigit() for c in message.text):
        return None
    for report in known:
        if report.version != 1 or report.message is None or not turn.follows(report.at):
            continue
        asked = drafts.of_answer(turn.tx, report.chat, report.message)
        if asked is not None and asked.settled_at is not None and turn.at - asked.settled_at <= _GIVEN_TWICE:
            return report.id
    return None


def of_others(message: Message, turn: Turn, reported: Sequence[Report]) -> Evening:
    """The picture of what was reported for somebody else, and of nothing but that."""
    known: dict[int, Sequence[Home]] = {}
    words: dict[int, str] = {}
    for person in {one.person for one in reported}:
        known |= homes.of_person(turn.tx, person, turn.oldest_day)
        words |= reports.texts_of_person(turn.tx, person, turn.oldest_day)
    return Evening(tuple(_report(one, known.get(one.id, ()), words.get(one.id, ""), turn, message) for one in reported))


def _report(report: Report, named: Sequence[Home], text: str, turn: Turn, message: Message) -> ReportTold:
    lines = told(report.lines)
    there = tuple(HomeTold(home.label, home.hamlet, {Outcome(o): n for o, n in home.counts.items()}) for home in named)
    if report.version > 1 and len(there) == 1 and len({line.place for line in lines}) == 1:  # what it has by now
        there = (replace(there[0], place=lines[0].place, counts={line.outcome: line.n for line in lines if line.n}),)
    return ReportTold(
        report.id,
        report.version,
        report.at,
        (report.day - turn.day_of(message)).days,
        lines,
        there,
        fold(text),
        report.chat == turn.chat.id,
        report.change == "adjusted",
    )


def _opened(turn: Turn, day: date, asked: Asked | None) -> list[Draft]:
    """What stands open; a row that nobody can read harms only the message that may be its answer."""
    found = drafts.open_since(turn.tx, turn.me.id, day - timedelta(days=1))
    meant = asked.open if asked is not None else None
    return [one for one in found if one.id == meant or (one.why != OF_A_COMRADE and keeping.is_readable(one))]


OF_A_COMRADE = "behalf"  # whose work it is was asked: the sender's own settles nothing of it


def _open(draft: Draft, turn: Turn, team: Team) -> OpenTold:
    kept = keeping.kept(draft)
    outcome, hamlet, said = kept.hole if kept.hole is not None else (None, None, None)
    place = placing.hamlet_of(turn, team, hamlet, said)
    numbers = [n for one in kept.choices for entry in one.entries for n in entry.counts.values()]
    likely = kept.likely or tuple(numbers)
    return OpenTold(draft.id, draft.at, draft.text or "", outcome, place, kept.homes, likely)


_OF_THE_CLERK = frozenset({Waiting.NUMBER.value, Waiting.AGAIN.value, Waiting.FIX.value})


def _asked(turn: Turn, known: Sequence[Report]) -> tuple[Asked | None, list[Report]]:
    """What was asked last, and the report of somebody else that it is about."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    if question is None or question.kind not in _OF_THE_CLERK:
        return None, []
    other: list[Report] = []
    fix = question.subject if question.kind == Waiting.FIX.value else None
    if fix is not None:
        report = next((one for one in known if one.id == fix), None) or reports.by_id(turn.tx, fix)
        right = report is not None and not report.withdrawn and report.changed_at <= question.asked_at
        if report is None or not right or not changing.may_change(turn, report):
            return None, []  # put right another way: what comes next is new work
        other = [report] if report.person != turn.me.id else []
    return (
        Asked(
            question.asked_at,
            open=question.subject if question.kind in asking.ABOUT_DRAFTS else None,
            fix=fix,
            answered_by_next=not question.passed,
            reported_since=any(report.at > question.asked_at for report in known),
        ),
        other,
    )


def _quoted(
    message: Message, turn: Turn, known: Sequence[Report], opened: Sequence[Draft]
) -> tuple[int | None, int | None]:
    """The report or the open message that is answered: its own message, or what the bot said to it."""
    if message.reply_to is None:
        return None, None
    for report in known:
        if (report.chat, report.message) == (turn.chat.id, message.reply_to):
            return report.id, None
    for draft in opened:
        if (draft.chat, draft.message) == (turn.chat.id, message.reply_to):
            return None, draft.id
    for report in known:
        if outbox.is_about(turn.tx, report.id, turn.chat.id, message.reply_to):
            return report.id, None
    return None, None
