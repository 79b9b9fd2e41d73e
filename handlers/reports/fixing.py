"""[Hoàn tác] and [Sửa] under an answer and in lists: undone at once, or the next message says what is right."""

from dataclasses import replace
from datetime import timedelta

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, Why
from handlers.messages import Message, Saying
from handlers.open import asking, keeping
from handlers.places import in_use, placing
from handlers.reports import amending, by_lead, homes_and_visits, recording
from handlers.texts import OUTCOMES
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, Turn, answers
from handlers.understanding import understood
from storage.campaign import teams
from storage.campaign.hamlets import Hamlet
from storage.reports import reports
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import offers

QUESTION_LASTS = timedelta(minutes=30)


@answers(offer="report", choices=recording.CHOICES, who=STUDENTS)
def press_report(pressed: Pressed, turn: Turn) -> Answer:
    """Undo a report, or ask what it should say."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    if pressed.choice == "fix":
        return ask(turn, report)
    before = _withdrawn_since(pressed, turn)
    if before is not None:
        return turn.say("reporting.not_back", report=before)
    pressed.use(turn)
    by_lead.note(turn, report, "withdrawn")
    listing = pressed.offer.choices is not None  # the message shows many reports: it stays as it is
    return recording.withdraw(turn, report, edits=None if listing else pressed.message)


def _withdrawn_since(pressed: Pressed, turn: Turn) -> Report | None:
    """What else was withdrawn since [Hoàn tác] was offered: who types the words may mean to have that back."""
    if pressed.press is not None or pressed.offer.choices is not None:
        return None
    made_at = pressed.offer.deadline - OFFER_LASTS
    known = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    return next((one for one in reversed(known) if one.withdrawn and one.changed_at > made_at), None)


def ask(turn: Turn, report: Report) -> list[Saying]:
    """The next message says what this report should have said."""
    deadline = turn.now + QUESTION_LASTS
    offers.ask(turn.tx, chat=turn.chat.id, person=turn.me.id, kind="fix", subject=report.id, deadline=deadline)
    leave = turn.offer("leave_fix", report.id, {"Thôi": "no"}, version=report.version, lasts=QUESTION_LASTS)
    return [turn.say("reporting.fix", report=report, lines=saying.said(turn, report.lines), buttons=(leave,))]


@answers(offer="leave_fix", who=STUDENTS)
def press_leave(pressed: Pressed, turn: Turn) -> Answer:
    """Leave a report as it is after all."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    asks = question is not None and (question.kind, question.subject) == ("fix", pressed.offer.subject)
    if pressed.press is None and not asks:
        return None  # `thôi` long after the report was put right leaves nothing
    pressed.use(turn)
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if report is None or report.withdrawn:
        return pressed.settle(turn.text("helping.press_changed"))
    return pressed.settle(turn.text("reporting.fix_left", lines=saying.said(turn, report.lines)))


@answers(question="fix", who=STUDENTS)
def fix_answer(message: Message, turn: Turn) -> Answer:
    """The message is what a report should have said; talk and questions are answered as ever."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    report = reports.by_id(turn.tx, question.subject) if question else None
    if report is None or report.withdrawn or not _may_change(turn, report):
        return None
    if _put_right_since(turn, report):
        offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
        return None
    reading = understood(turn, message.text, message.at)
    if reading.kind is Kind.UNDO:
        return _offer_withdrawal(turn, report)
    hamlet = in_use.said_alone(message, turn)
    if hamlet is not None and len({line.hamlet for line in report.lines}) == 1:
        return _elsewhere(message, turn, report, hamlet)
    if reading.kind is Kind.UNCLEAR:
        return _ask_again(message, turn, report, reading)
    if not reading.entries:
        return None
    lines = _lines(turn, report, reading)
    if lines is None:
        return turn.say("reporting.not_a_report")
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines, use=keeping.correct(report))
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=message.text)
    homes_and_visits.note_visits(turn, after, reading)
    keeping.keep_answer(message, turn, after.id)
    return _corrected(turn, after)


def _put_right_since(turn: Turn, report: Report) -> bool:
    """Whether the report was corrected another way since [Sửa] was pressed: what comes next is new work."""
    known = offers.newest_in(turn.tx, turn.chat.id, turn.me.id, turn.now)
    asked = next((offer for offer in known if (offer.kind, offer.subject) == ("leave_fix", report.id)), None)
    return asked is not None and asked.version != report.version


def _elsewhere(message: Message, turn: Turn, report: Report, hamlet: Hamlet) -> Answer:
    """Only a hamlet is said: the numbers stay, and were done there."""
    if hamlet.commune != teams.by_id(turn.tx, report.team).commune:
        return None
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    lines = [replace(line, hamlet=hamlet.id) for line in report.lines]
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=message.text)
    keeping.keep_answer(message, turn, after.id)
    return _corrected(turn, after)


def _corrected(turn: Turn, after: Report) -> Answer:
    if after.person == turn.me.id:
        return recording.corrected(turn, after)
    return by_lead.changed(turn, after, withdrawn=False)


def _may_change(turn: Turn, report: Report) -> bool:
    return report.person == turn.me.id or by_lead.leads(turn, report.person)


def _lines(turn: Turn, report: Report, reading: Reading) -> list[Line] | None:
    named = placing.lines_of(turn, teams.by_id(turn.tx, report.team), reading.entries)
    if reading.kind is Kind.CORRECT:
        return amending.with_the_rest(report, named, reading.was)
    return amending.in_its_hamlet(report, named)


def _ask_again(message: Message, turn: Turn, report: Report, reading: Reading) -> Answer:
    """A vague number is asked for; else the bot goes on waiting for what is right."""
    if asking.lacks_a_number(reading):
        return asking.about_number(message, turn, reading, use=keeping.correct(report))
    why = reading.why or Why.TWO_MEANINGS
    return turn.say("asking.question", why=why.value, what=OUTCOMES["activated"], number=False)


def _offer_withdrawal(turn: Turn, report: Report) -> Answer:
    """`hủy` while a report is being corrected means this one; it is withdrawn after a yes."""
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    buttons = turn.offer("withdrawal", report.id, {"Rút": "yes", "Giữ": "no"}, version=report.version)
    lines = saying.said(turn, report.lines)
    return turn.say("reporting.fix_withdraw", report=report, lines=lines, buttons=(buttons,))
