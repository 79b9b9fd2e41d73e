"""A number, a yes or a no settles a message that stood open."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handlers import free_text, saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Outcome, Reading, Why, fold
from handlers.messages import Chat, Message, Reply, Saying, Sender
from handlers.open import asking, keeping
from handlers.places.finding import folded_hamlet
from handlers.reports import amending, by_lead, comparing, fixing, homes_and_visits, recording
from handlers.turn import STUDENTS, Answer, Turn, answers
from handlers.understanding import understood
from storage.campaign import people
from storage.campaign.teams import Team, team_of
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import chats, offers

# With these it is new work, and no answer.
_ADDED = re.compile(r"\b(?:them|nua|bu|bo sung|sot)\b")
_COUNTED = re.compile(r"(?:da )?([0-9]{1,2}) (?:nha|ho|nguoi|cu)(?: a)?")  # `2 nhà` where homes were asked for
# Words with which a number is one of phones, whatever was asked.
_PHONES = re.compile(r"\b(may|kich hoat|cai|duoc|dc|xong|ok)\b")


@answers(question="number", who=STUDENTS)
def number_answer(message: Message, turn: Turn) -> Answer:
    """A plain number answers what was asked; anything else is a message like any other."""
    draft = _asked_about(turn)
    if draft is None or message.forwarded:
        return None
    reading = understood(turn, message.text, message.at)
    number = number_in(message.text, reading, draft)
    if number is None and draft.why == Why.TWO_MEANINGS and reading.kind in (Kind.REPORT, Kind.TOTAL):
        return said_again(message, turn)
    if number is None:
        return _vague_again(message, turn, reading, draft)
    team = team_of(turn.tx, draft.person, draft.day)
    assert team is not None
    lines = keeping.lines_with(turn, team, draft, number)
    if recording.too_many(lines):
        buttons = turn.offer("draft", draft.id, {"Đúng, ghi": str(number), "Thôi": "drop"})
        return turn.say("asking.many", lines=saying.said(turn, lines), buttons=(buttons,))
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    said = settle(turn, team, draft, number)
    settled = drafts.by_id(turn.tx, draft.id)
    keeping.keep_answer(message, turn, settled.report if settled else None, holes=draft.holes)
    return said


def _asked_about(turn: Turn) -> Draft | None:
    """The open draft that the conversation waits for."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    draft = drafts.by_id(turn.tx, question.subject) if question else None
    return draft if draft is not None and not draft.settled else None


def number_in(text: str, reading: Reading, draft: Draft) -> int | None:
    """The number of a message that says nothing but what was asked about a draft."""
    hole = keeping.kept(draft).hole
    counted = _COUNTED.fullmatch(fold(text))
    if hole is not None and hole[0] is not Outcome.ACTIVATED and counted:
        return int(counted[1])
    if _ADDED.search(fold(text)):
        return None  # `thêm 3 nữa`
    if hole is None or reading.kind is not Kind.REPORT or reading.day or reading.homes or len(reading.entries) != 1:
        return None
    (entry,) = reading.entries
    outcome, hamlet, _ = hole
    if entry.hamlet is not None and (hamlet is None or folded_hamlet(entry.hamlet) != folded_hamlet(hamlet)):
        return None
    if list(entry.counts) == [outcome]:
        return entry.counts[outcome]
    bare = list(entry.counts) == [Outcome.ACTIVATED] and not _PHONES.search(fold(text))
    return entry.counts[Outcome.ACTIVATED] if bare else None


def _vague_again(message: Message, turn: Turn, reading: Reading, draft: Draft) -> Answer:
    """A vague number for what was asked is no second message: the bot asks again."""
    hole, known = (reading.draft.hole if reading.draft else None), keeping.kept(draft).hole
    if reading.kind is not Kind.UNCLEAR or reading.draft is None or hole is None or known is None:
        return None
    more = reading.draft.entries or reading.draft.homes or reading.draft.day or hole.hamlet
    bare = hole.outcome is Outcome.ACTIVATED and not _PHONES.search(fold(message.text))
    if more or (hole.outcome is not known[0] and not bare):
        return None
    return asking.question(turn, draft, asking.suggestions(reading))


@answers(question="again", who=STUDENTS)
def said_again(message: Message, turn: Turn) -> Answer:
    """A message that could not be understood was to be sent again: the next report is that, and says so."""
    draft = _asked_about(turn)
    reading = understood(turn, message.text, message.at)
    if draft is None or message.forwarded or reading.kind not in (Kind.REPORT, Kind.TOTAL):
        return None
    said = free_text.free_text(message, turn)
    report = reports.of_message(turn.tx, turn.chat.id, message.id)
    if report is None and drafts.of_message(turn.tx, turn.chat.id, message.id) is None:
        return said  # refused, as of a day that is closed: nothing took the place of what is open
    if _asked_about(turn) == draft:
        offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    drafts.settle(turn.tx, draft.id, turn.at, report=report.id if report else None)
    instead = turn.text("asking.instead", draft=draft)
    said = list(said) if isinstance(said, Iterable) else [said] if said else []
    return [replace(one, text=f"{one.text}\n{instead}") if isinstance(one, Reply) else one for one in said]


@answers(offer="draft", who=STUDENTS)
def press_draft(pressed: Pressed, turn: Turn) -> Answer:
    """A suggested number, a yes, or leaving the message out."""
    draft = drafts.by_id(turn.tx, pressed.offer.subject)
    if draft is None or draft.settled:
        return pressed.refuse(turn.text("asking.already_settled"))
    if pressed.choice == "ask":
        return _ask_again(turn, draft)
    pressed.use(turn)
    question = offers.question(turn.tx, turn.chat.id, draft.person, turn.now)
    if question is not None and question.kind in ("number", "again") and question.subject == draft.id:
        offers.stop_asking(turn.tx, turn.chat.id, draft.person)
    if pressed.choice in ("drop", "no"):
        return pressed.settle(_drop(turn, draft))
    team = team_of(turn.tx, draft.person, draft.day)
    assert team is not None
    answer = int(pressed.choice) if pressed.choice.isdecimal() else None
    return settle(turn, team, draft, answer, edits=pressed.message)


def _ask_again(turn: Turn, draft: Draft) -> Answer:
    """What was asked before is asked once more; a total is compared with what is stored by now."""
    known = keeping.kept(draft)
    if known.use == keeping.TOTAL and known.hole is None:
        team = team_of(turn.tx, draft.person, draft.day)
        assert team is not None
        return settle(turn, team, draft, None)
    return asking.ask_again(turn, draft)


def _drop(turn: Turn, draft: Draft) -> str:
    """The message is left out; what was counted before stays."""
    drafts.settle(turn.tx, draft.id, turn.at, report=None)
    stored = _target(turn, draft, keeping.kept(draft))
    if stored is None or stored.withdrawn:
        return turn.text("asking.dropped", draft=draft)
    return turn.text("reporting.kept", lines=saying.said(turn, stored.lines))


def settle(turn: Turn, team: Team, draft: Draft, answer: int | None, *, edits: str | None = None) -> list[Saying]:
    """The draft becomes a report, the new version of one, or a total that is compared."""
    kept = keeping.kept(draft)
    if kept.use == keeping.TOTAL:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        offset = (draft.day - turn.house.calendar.work_day(draft.at)).days
        reading = Reading(Kind.TOTAL, offset, keeping.entries_with(draft, answer))
        theirs = replace(turn, person=people.by_id(turn.tx, draft.person))  # their lead may have pressed
        said = comparing.about_total(_message_of(turn, draft), theirs, team, reading)
        return [replace(one, edits=edits) if isinstance(one, Reply) else one for one in said]
    stored = _target(turn, draft, kept)
    if kept.corrects is not None and (stored is None or stored.version != kept.corrects[1]):
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return [Reply(turn.text("helping.press_changed"), edits=edits)]
    lines = _lines(turn, team, draft, answer, stored if kept.corrects else None)
    if lines is None:
        assert stored is not None
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        return fixing.ask(turn, stored)
    if stored is not None:
        after = reports.correct(turn.tx, stored, lines, by=turn.me.id, at=turn.at, text=draft.text)
        name = "reporting.corrected"
    else:
        after = keeping.record(turn, team, draft, lines)
        homes_and_visits.note_text(turn, after, draft.text or "", draft.at)
        name = "reporting.recorded"
    drafts.settle(turn.tx, draft.id, turn.at, report=after.id)
    if draft.person != after.person:
        return by_lead.changed(turn, after, withdrawn=False, edits=edits)
    text = turn.text(
        name,
        lines=saying.said(turn, after.lines),
        visits=homes_and_visits.promises(turn, after),
        alone=False,
        where="",
        standing=saying.standing_of(turn, after),
    )
    return [Reply(text, (recording.buttons_of(turn, after),), edits=edits, report=after.id)]


def _target(turn: Turn, draft: Draft, kept: keeping.Kept) -> Report | None:
    """The report that a draft changes: the one that it names, or that its message made before."""
    if kept.corrects is not None:
        return reports.by_id(turn.tx, kept.corrects[0])
    return reports.of_message(turn.tx, draft.chat, draft.message)


def _lines(turn: Turn, team: Team, draft: Draft, answer: int | None, report: Report | None) -> list[Line] | None:
    """What is stored: as it was said yes to, or as it is named, in the report that is corrected."""
    named, kept = keeping.lines_with(turn, team, draft, answer), keeping.kept(draft)
    if report is None or kept.lines is not None:
        return named
    return amending.with_the_rest(report, named) if kept.amends else amending.in_its_hamlet(report, named)


def _message_of(turn: Turn, draft: Draft) -> Message:
    """The message that made a draft, as it came in; its day is the draft's."""
    chat = chats.by_id(turn.tx, draft.chat)
    return Message(
        chat=Chat(chat.channel, chat.address, chat.private),
        sender=Sender("", ""),
        id=draft.message,
        text=draft.text or "",
        at=draft.at,
    )
