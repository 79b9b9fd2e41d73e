"""Corrections: /sua, `nhầm, 4 chứ không phải 3`, [Sửa] and the message after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, Why
from handlers.messages import Message, Saying
from handlers.open import asking, keeping
from handlers.places import in_use, placing
from handlers.reports import changing, recording, which, withdrawing
from handlers.reports.changing import SaidBy
from handlers.states import LEAVE_FIX, OWN_REPORT, WHICH_REPORT, Waiting
from handlers.texts import OUTCOMES
from handlers.turn import OFFER_LASTS, STUDENTS, Answer, Turn, answers
from storage.campaign.hamlets import Hamlet
from storage.reports import drafts, reports
from storage.reports.reports import Report
from storage.talk import offers

QUESTION_LASTS = timedelta(minutes=30)


@answers("sua", who=STUDENTS, help="sua")
def correct_last(message: Message, turn: Turn) -> Answer:
    """Replace the sender's last report by what follows the command."""
    found = which.meant(message, turn)
    if not found:
        return turn.say("reporting.nothing_to_correct")
    if not message.text:
        return ask(turn, found[0])
    return correct(message, turn, found[0], turn.reading(message), amends=False)


def correct_meant(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """Correct the report that is meant: what is named changes, the rest stays."""
    found = which.meant(message, turn, reading)
    if not found:
        return which.nothing_fits(turn, "reporting.nothing_to_correct")
    if len(found) > 1:
        return ask_which(message, turn, reading, found)
    return correct(message, turn, found[0], reading, amends=True)


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
        before, new = saying.said(turn, report.lines), saying.said(turn, lines)
        text = turn.text("reporting.confirm_correct", report=report, lines=before, new=new)
        use = keeping.correction_of(report)
        return asking.about_lines(message, turn, reading, text, {"Sửa": "yes", "Thôi": "no"}, lines=lines, use=use)
    return changing.change(turn, report, lines, reading, SaidBy(message.text, message))


# Two or more fit.


def ask_which(message: Message, turn: Turn, reading: Reading, found: Sequence[Report]) -> list[Saying]:
    """Asks with a button for each of the newest reports that fit."""
    draft = keeping.keep(message, turn, reading, "which")
    choices = {
        f"{number}. {turn.clock(report.at)} {saying.flat(saying.said(turn, report.lines))}": str(report.id)
        for number, report in enumerate(found[: which.MOST_CHOICES], 1)
    }
    buttons = turn.offer(WHICH_REPORT, draft.id, {**choices, "Thôi": "drop"})
    undo = reading.kind is Kind.UNDO
    return [turn.say("reporting.which", undo=undo, buttons=tuple((button,) for button in buttons))]


@answers(offer=WHICH_REPORT, who=STUDENTS)
def press_which(pressed: Pressed, turn: Turn) -> Answer:
    """Correct or withdraw the report that was chosen."""
    draft = pressed.draft
    report = reports.by_id(turn.tx, int(pressed.choice)) if pressed.choice.isdecimal() else None
    pressed.use(turn)
    drafts.settle(turn.tx, draft.id, turn.at, report=report.id if report else None)
    if report is None:
        return pressed.settle(turn.text("reporting.none_changed"))
    if report.withdrawn:
        return pressed.settle(turn.text("helping.press_changed"))
    entries = keeping.entries_with(draft, None)
    if not entries:
        return withdrawing.withdraw(turn, report, edits=pressed.message)
    named = placing.lines_of(turn, placing.team_of_report(turn, report), entries)
    lines = changing.with_the_rest(report, named)
    if lines is None or recording.too_many(lines):
        return ask(turn, report)
    reading = turn.reading_of(draft.text or "", draft.at)
    return changing.change(turn, report, lines, reading, SaidBy(draft.text or "", edits=pressed.message))


# [Sửa] and [Hoàn tác] under an answer and in lists.


@answers(offer=OWN_REPORT, who=STUDENTS)
def press_report(pressed: Pressed, turn: Turn) -> Answer:
    """Undo a report, or ask what it should say."""
    if pressed.choice == "fix":
        return ask(turn, pressed.report)
    before = _withdrawn_since(pressed, turn)
    if before is not None:
        return turn.say("reporting.not_back", report=before)
    pressed.use(turn)
    listing = pressed.offer.choices is not None  # the message shows many reports: it stays as it is
    return withdrawing.withdraw(turn, pressed.report, edits=None if listing else pressed.message)


def _withdrawn_since(pressed: Pressed, turn: Turn) -> Report | None:
    """What else was withdrawn since [Hoàn tác] was offered: who types the words may mean to have that back."""
    if pressed.press is not None or pressed.offer.choices is not None:
        return None
    made_at = pressed.offer.deadline - OFFER_LASTS
    known = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    return next((one for one in reversed(known) if one.withdrawn and one.changed_at > made_at), None)


def ask(turn: Turn, report: Report) -> list[Saying]:
    """The next message says what this report should have said."""
    turn.wait_for(Waiting.FIX, report.id, lasts=QUESTION_LASTS)
    leave = turn.offer(LEAVE_FIX, report.id, {"Thôi": "no"}, version=report.version, lasts=QUESTION_LASTS)
    return [turn.say("reporting.fix", report=report, lines=saying.said(turn, report.lines), buttons=(leave,))]


@answers(offer=LEAVE_FIX, who=STUDENTS)
def press_leave(pressed: Pressed, turn: Turn) -> Answer:
    """Leave a report as it is after all."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    asks = question is not None and (question.kind, question.subject) == (Waiting.FIX.value, pressed.offer.subject)
    if pressed.press is None and not asks:
        return None  # `thôi` long after the report was put right leaves nothing
    pressed.use(turn)
    turn.stop_waiting()
    if report is None or report.withdrawn:
        return pressed.settle(turn.text("helping.press_changed"))
    return pressed.settle(turn.text("reporting.fix_left", lines=saying.said(turn, report.lines)))


@answers(question=Waiting.FIX, who=STUDENTS)
def fix_answer(message: Message, turn: Turn) -> Answer:
    """The message is what a report should have said; talk and questions are answered as ever."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    report = reports.by_id(turn.tx, question.subject) if question else None
    if report is None or report.withdrawn or not changing.may_change(turn, report):
        return None
    if _put_right_since(turn, report):
        turn.stop_waiting()
        return None
    reading = turn.reading(message)
    if reading.kind is Kind.UNDO:
        turn.stop_waiting()
        return withdrawing.ask(turn, report, "reporting.fix_withdraw")
    hamlet = in_use.said_alone(message, turn)
    if hamlet is not None and len({line.hamlet for line in report.lines}) == 1:
        return _elsewhere(message, turn, report, hamlet)
    if reading.kind is Kind.UNCLEAR:
        return _ask_again(message, turn, report, reading)
    if not reading.entries:
        return None
    lines = changing.new_lines(turn, report, reading, amends=reading.kind is Kind.CORRECT)
    if lines is None:
        return turn.say("reporting.not_a_report")
    turn.stop_waiting()
    return changing.change(turn, report, lines, reading, SaidBy(message.text, message))


def _put_right_since(turn: Turn, report: Report) -> bool:
    """Whether the report was corrected another way since [Sửa] was pressed: what comes next is new work."""
    known = offers.newest_in(turn.tx, turn.chat.id, turn.me.id, turn.now)
    asked = next((offer for offer in known if (offer.kind, offer.subject) == (LEAVE_FIX.kind, report.id)), None)
    return asked is not None and asked.version != report.version


def _elsewhere(message: Message, turn: Turn, report: Report, hamlet: Hamlet) -> Answer:
    """Only a hamlet is said: the numbers stay, and were done there."""
    if hamlet.commune != placing.commune_of(turn, report):
        return None
    turn.stop_waiting()
    lines = [replace(line, hamlet=hamlet.id) for line in report.lines]
    return changing.change(turn, report, lines, None, SaidBy(message.text, message))


def _ask_again(message: Message, turn: Turn, report: Report, reading: Reading) -> Answer:
    """A vague number is asked for; else the bot goes on waiting for what is right."""
    if asking.lacks_a_number(reading):
        return asking.about_number(message, turn, reading, use=keeping.correction_of(report))
    why = reading.why or Why.TWO_MEANINGS
    return turn.say("asking.question", why=why.value, what=OUTCOMES["activated"], number=False)
