"""A number, a yes or a no settles a message that stood open."""

from dataclasses import replace

from handlers import amending, comparing, drafting, fixing, leading, recording, wording
from handlers.language import Kind, Outcome, Reading, read
from handlers.messages import Chat, Message, Reply, Saying, Sender
from handlers.pressing import Pressed
from handlers.turn import STUDENTS, Answer, Turn, answers
from storage import chats, drafts, offers, people, reports
from storage.campaign import Team, team_of
from storage.drafts import Draft
from storage.reports import Report
from storage.totals import Line


@answers(question="number", who=STUDENTS)
def number_answer(message: Message, turn: Turn) -> Answer:
    """A plain number answers what was asked; anything else is a message like any other."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    draft = drafts.by_id(turn.tx, question.subject) if question else None
    if draft is None or draft.settled:
        return None
    number = plain_number(read(message.text, turn.house.calendar.local(message.at)))
    if number is None:
        return None
    team = team_of(turn.tx, draft.person, draft.day)
    assert team is not None
    lines = drafting.lines_with(turn, team, draft, number)
    if recording.too_many(lines):
        choices = {"Đúng, ghi": str(number), "Thôi": "drop"}
        return turn.say(
            "asking.many", lines=wording.said(turn, lines), buttons=(turn.offer("draft", draft.id, choices),)
        )
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    said_all = settle(turn, team, draft, number)
    settled = drafts.by_id(turn.tx, draft.id)
    drafting.keep_answer(message, turn, settled.report if settled else None, holes=draft.holes)
    return said_all


def plain_number(reading: Reading) -> int | None:
    """The number of a message that is nothing but a number of phones."""
    if reading.kind is not Kind.REPORT or reading.day or reading.homes or len(reading.entries) != 1:
        return None
    (entry,) = reading.entries
    if entry.hamlet is not None or list(entry.counts) != [Outcome.ACTIVATED]:
        return None
    return entry.counts[Outcome.ACTIVATED]


@answers(offer="draft", who=STUDENTS)
def press_draft(pressed: Pressed, turn: Turn) -> Answer:
    """A suggested number, a yes, or leaving the message out."""
    draft = drafts.by_id(turn.tx, pressed.offer.subject)
    pressed.use(turn)
    if draft is None or draft.settled:
        return pressed.settle(turn.text("asking.already_settled"))
    question = offers.question(turn.tx, turn.chat.id, draft.person, turn.now)
    if question is not None and question.kind == "number" and question.subject == draft.id:
        offers.stop_asking(turn.tx, turn.chat.id, draft.person)
    if pressed.choice in ("drop", "no"):
        return pressed.settle(_drop(turn, draft))
    team = team_of(turn.tx, draft.person, draft.day)
    assert team is not None
    answer = int(pressed.choice) if pressed.choice.isdecimal() else None
    return settle(turn, team, draft, answer, edits=pressed.message)


def _drop(turn: Turn, draft: Draft) -> str:
    """The message is left out; what was counted before stays."""
    drafts.settle(turn.tx, draft.id, turn.at, report=None)
    stored = _target(turn, draft, drafting.kept(draft))
    if stored is None or stored.withdrawn:
        return turn.text("asking.dropped", draft=draft)
    return turn.text("reporting.kept", lines=wording.said(turn, stored.lines))


def settle(turn: Turn, team: Team, draft: Draft, answer: int | None, *, edits: str | None = None) -> list[Saying]:
    """The draft becomes a report, the new version of one, or a total that is compared."""
    kept = drafting.kept(draft)
    if kept.use == drafting.TOTAL and kept.lines is None:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
        offset = (draft.day - turn.house.calendar.work_day(draft.at)).days
        reading = Reading(Kind.TOTAL, offset, drafting.entries_with(draft, answer))
        theirs = replace(turn, person=people.by_id(turn.tx, draft.person))  # their lead may have pressed
        return comparing.about_total(_message_of(turn, draft), theirs, team, reading)
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
        after = drafting.record(turn, team, draft, lines)
        name = "reporting.recorded"
    drafts.settle(turn.tx, draft.id, turn.at, report=after.id)
    if draft.person != after.person:
        return leading.changed(turn, after, withdrawn=False, edits=edits)
    text = turn.text(name, lines=wording.said(turn, after.lines), visits=(), standing=wording.standing_of(turn, after))
    return [Reply(text, (recording.buttons_of(turn, after),), edits=edits, report=after.id)]


def _target(turn: Turn, draft: Draft, kept: drafting.Kept) -> Report | None:
    """The report that a draft changes: the one that it names, or that its message made before."""
    if kept.corrects is not None:
        return reports.by_id(turn.tx, kept.corrects[0])
    return reports.of_message(turn.tx, draft.chat, draft.message)


def _lines(turn: Turn, team: Team, draft: Draft, answer: int | None, report: Report | None) -> list[Line] | None:
    """What is stored: as it was said yes to, or as it is named, in the report that is corrected."""
    named, kept = drafting.lines_with(turn, team, draft, answer), drafting.kept(draft)
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
