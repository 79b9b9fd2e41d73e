"""Corrections: /sua, `nhầm, 4 chứ không phải 3`, [Sửa] and the message after it."""

from collections.abc import Sequence
from datetime import timedelta

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading
from handlers.messages import Message, Saying
from handlers.open import asking, keeping
from handlers.places import placing
from handlers.reports import changing, recording, which, withdrawing
from handlers.reports.changing import SaidBy
from handlers.states import LEAVE_FIX, OWN_REPORT, WHICH_REPORT, Waiting
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, Scope, Turn, answers
from storage.reports import reports
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import offers

QUESTION_LASTS = timedelta(minutes=30)


@answers("sua", who=STUDENTS, scope=Scope.OWN, help="sua", lines=True)
def correct_last(message: Message, turn: Turn) -> Answer:
    """Replace the sender's last report by what follows the command."""
    found = which.meant(message, turn)
    if not found:
        return turn.say("reporting.nothing_to_correct")
    if not message.text:
        return ask(turn, found[0])
    return correct(message, turn, found[0], turn.reading(message), amends=False)


def correct(message: Message, turn: Turn, report: Report, reading: Reading, *, amends: bool) -> list[Saying]:
    """Corrects a report; one of another day only after a yes. Not `amends`: nothing of it stays."""
    if reading.kind is Kind.UNCLEAR and not asking.lacks_a_number(reading):
        return ask(turn, report)
    if reading.kind is Kind.UNCLEAR:
        return asking.about_number(message, turn, reading, use=keeping.correction_of(report, amends=amends))
    if not reading.entries:
        return [turn.say("reporting.not_a_report")]
    lines = changing.new_lines(turn, report, reading, amends=amends)
    if lines is None:
        return ask(turn, report)
    if report.day != turn.work_day:
        return ask_other_day(message, turn, report, reading, lines)
    return changing.change(turn, report, lines, reading, SaidBy(message.text, message))


def ask_other_day(
    message: Message, turn: Turn, report: Report, reading: Reading, lines: Sequence[Line]
) -> list[Saying]:
    """A report of another day changes only after a yes that names it."""
    before, new = saying.said_of(turn, report), saying.said(turn, lines)
    text = turn.text("reporting.confirm_correct", report=report, lines=before, new=new)
    use = keeping.correction_of(report)
    return asking.about_lines(message, turn, reading, text, {"Sửa": "yes", "Thôi": "no"}, lines=lines, use=use)


# Two or more fit.


def ask_which(message: Message, turn: Turn, reading: Reading, found: Sequence[Report]) -> list[Saying]:
    """Asks with a button for each of the newest reports that fit."""
    draft = keeping.keep(message, turn, reading, "which")
    choices = {
        f"{number}. {turn.clock(report.at)} {saying.in_label(saying.said_of(turn, report))}": str(report.id)
        for number, report in enumerate(found[: which.MOST_CHOICES], 1)
    }
    buttons = turn.offer(WHICH_REPORT, draft.id, {**choices, "Thôi": "drop"})
    undo = reading.kind is Kind.UNDO
    return [turn.say("reporting.which", undo=undo, buttons=tuple((button,) for button in buttons))]


@answers(offer=WHICH_REPORT, who=STUDENTS, scope=Scope.SAID)
def press_which(pressed: Pressed, turn: Turn) -> Answer:
    """Correct or withdraw the report that was chosen."""
    draft = pressed.draft
    report = reports.by_id(turn.tx, int(pressed.choice)) if pressed.choice.isdecimal() else None
    pressed.use(turn)
    keeping.settle(turn, draft, report=report.id if report else None)
    if report is None:
        return pressed.settle(turn.text("reporting.none_changed"))
    if report.withdrawn:
        return pressed.settle(turn.text("helping.press_changed"))
    entries = keeping.entries_with(draft, None)
    if not entries:
        return withdrawing.withdraw(turn, report, replaces=pressed.said_in)
    named = placing.lines_of(turn, placing.team_of_report(turn, report), entries)
    lines = changing.with_the_rest(report, named)
    if lines is None or recording.too_many(lines):
        return ask(turn, report)
    reading = turn.reading_of(draft.text or "", draft.at)
    return changing.change(turn, report, lines, reading, SaidBy(draft.text or "", replaces=pressed.said_in))


# [Sửa] and [Hoàn tác] under an answer, [Sửa] and [Xóa] of one that was chosen from a list.


@answers(offer=OWN_REPORT, who=STUDENTS, scope=Scope.SAID)
def press_report(pressed: Pressed, turn: Turn) -> Answer:
    """Undo a report or what was changed of it, take it back, or ask what it should say."""
    if pressed.choice == "fix":
        return ask(turn, pressed.report)
    gone = _withdrawn_since(pressed, turn)
    if gone is not None:
        return turn.say("reporting.not_back", report=gone)
    pressed.use(turn)
    if pressed.choice == "leave":
        return pressed.settle(turn.text("reporting.none_changed"))
    undoes = pressed.choice == "undo" and pressed.report.change == "corrected"
    before = reports.lines_before(turn.tx, pressed.report) if undoes else ()
    if before:
        return changing.restore(turn, pressed.report, before, replaces=pressed.said_in)
    return withdrawing.withdraw(turn, pressed.report, replaces=pressed.said_in)


def _withdrawn_since(pressed: Pressed, turn: Turn) -> Report | None:
    """What else was withdrawn since [Hoàn tác] was offered: who types the words may mean to have that back."""
    if pressed.press is not None or pressed.choice != "undo":
        return None
    made_at = pressed.offer.deadline - OFFER_LASTS
    known = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    return next((one for one in reversed(known) if one.withdrawn and one.changed_at > made_at), None)


def ask(turn: Turn, report: Report) -> list[Saying]:
    """The next message says what this report should have said."""
    turn.wait_for(Waiting.FIX, report.id, lasts=QUESTION_LASTS)
    leave = turn.offer(LEAVE_FIX, report.id, {"Thôi": "no"}, version=report.version, lasts=QUESTION_LASTS)
    return [turn.say("reporting.fix", report=report, lines=saying.said_of(turn, report), buttons=(leave,))]


def asks_about(turn: Turn, report: Report) -> bool:
    """Whether it was asked what this very report should have said."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    return question is not None and (question.kind, question.subject) == (Waiting.FIX.value, report.id)


@answers(offer=LEAVE_FIX, who=STUDENTS, scope=Scope.SAID)
def press_leave(pressed: Pressed, turn: Turn) -> Answer:
    """Leave a report as it is after all."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if pressed.press is None and (report is None or not asks_about(turn, report)):
        return None  # `thôi` long after the report was put right leaves nothing
    pressed.use(turn)
    turn.stop_waiting()
    if report is None or report.withdrawn:
        return pressed.settle(turn.text("helping.press_changed"))
    return pressed.settle(turn.text("reporting.fix_left", lines=saying.said_of(turn, report)))
