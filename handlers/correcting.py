"""Changing what was reported: /sua, /huy, and the buttons under an answer."""

from dataclasses import replace
from datetime import date, timedelta

from handlers import asking, recording, wording
from handlers.language import Kind, Reading, read
from handlers.messages import Message, Notice, Reaction, Reply, Saying
from handlers.pressing import Pressed
from handlers.turn import STUDENTS, Answer, Turn, answers
from storage import offers, outbox, people, reports
from storage.campaign import Team, team_of
from storage.reports import Report
from storage.totals import Line

QUESTION_LASTS = timedelta(minutes=30)


def too_old(turn: Turn, day: date) -> Reply:
    """The day can no longer be changed by its student; the lead is named."""
    team = team_of(turn.tx, turn.me.id, day)
    leads = [lead.name for lead in people.leads_of(turn.tx, team.id) if lead.id != turn.me.id] if team else []
    return turn.say("reporting.too_old", day=day, leads=leads)


def new_lines(turn: Turn, team: Team, stored: Report, reading: Reading) -> list[Line]:
    """The lines of the edited message; where it names no hamlet any more, the report keeps its own."""
    lines = wording.lines_of(turn, team, reading.entries)
    kept = {line.hamlet for line in stored.lines}
    if len(kept) == 1 and all(line.hamlet == 0 for line in lines):
        hamlet = kept.pop()
        return [replace(line, hamlet=hamlet) for line in lines]
    return lines


# What is said after a change.


def corrected(turn: Turn, report: Report, *, edits: str | None = None) -> list[Saying]:
    """The first answer to the report is edited to what it says now; in a group the message gets another sign."""
    lines = wording.said(turn, report.lines)
    if not turn.chat.private and edits is None:
        short = turn.text("reporting.recorded_short", lines=lines)
        if report.chat == turn.chat.id:
            return [Reaction(recording.CORRECTED_SIGN, report.message, short, report.id)]
        return [Reply(short)]
    text = turn.text("reporting.corrected", lines=lines, standing=wording.standing_of(turn, report))
    earlier = outbox.answer_to(turn.tx, report.id, turn.chat.id)
    buttons = (recording.buttons_of(turn, report),)
    return [Reply(text, buttons, replaces=None if edits else earlier, edits=edits, report=report.id)]


def withdrawn(turn: Turn, report: Report, before: Report, *, edits: str | None = None) -> list[Saying]:
    """Says what was withdrawn and where that leaves the day."""
    text = turn.text(
        "reporting.withdrawn",
        report=report,
        lines=wording.said(turn, before.lines),
        standing=wording.standing_of(turn, report),
    )
    return [Reply(text, edits=edits)]


# The last report: /huy, /sua, "hủy", "nhầm, 4 chứ không phải 3".


@answers("huy", who=STUDENTS, help="huy")
def withdraw_last(message: Message, turn: Turn) -> Answer:
    """Withdraw the sender's last report."""
    return withdraw_newest(message, turn)


def withdraw_newest(message: Message, turn: Turn) -> list[Saying]:
    """Withdraw the newest report; one of another day only after a yes."""
    newest = reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day)
    if newest is None:
        return [recording.in_place(message, turn.say("reporting.nothing_to_withdraw"))]
    if newest.day != turn.work_day:
        return offer_withdrawal(message, turn, newest, "reporting.confirm_withdraw")
    said = withdrawn(turn, reports.withdraw(turn.tx, newest, by=turn.me.id, at=turn.at), newest)
    return [recording.in_place(message, one) if isinstance(one, Reply) else one for one in said]


def offer_withdrawal(message: Message, turn: Turn, report: Report, name: str) -> list[Saying]:
    buttons = turn.offer("withdrawal", report.id, {"Rút": "yes", "Giữ": "no"}, version=report.version)
    said = turn.say(name, report=report, lines=wording.said(turn, report.lines), buttons=(buttons,))
    return [recording.in_place(message, said)]


@answers("sua", who=STUDENTS, help="sua")
def correct_last(message: Message, turn: Turn) -> Answer:
    """Replace the sender's last report by what follows the command."""
    team = team_of(turn.tx, turn.me.id, turn.work_day)
    assert team is not None
    if message.text:
        reading = read(message.text, turn.house.calendar.local(message.at))
        if reading.kind is Kind.UNCLEAR:
            return asking.about_number(message, turn, reading)
        return correct_newest(message, turn, team, reading)
    newest = reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day)
    if newest is None:
        return recording.in_place(message, turn.say("reporting.nothing_to_correct"))
    return _ask_for_fix(turn, newest)


def correct_newest(message: Message, turn: Turn, team: Team, reading: Reading) -> list[Saying]:
    """Replace the newest report; one of another day only after a yes."""
    newest = reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day)
    if newest is None:
        return [recording.in_place(message, turn.say("reporting.nothing_to_correct"))]
    lines = new_lines(turn, team, newest, reading)
    if not lines:
        return [recording.in_place(message, turn.say("reporting.not_a_report"))]
    if newest.day != turn.work_day:
        text = turn.text(
            "reporting.confirm_correct",
            report=newest,
            lines=wording.said(turn, newest.lines),
            new=wording.said(turn, lines),
        )
        return asking.about_lines(message, turn, reading, f"correct:{newest.id}", text, {"Sửa": "yes", "Thôi": "no"})
    if recording.too_many(lines):
        return asking.about_lines(
            message,
            turn,
            reading,
            f"correct:{newest.id}",
            turn.text("asking.many", lines=wording.said(turn, lines)),
            {"Đúng, ghi": "yes", "Thôi": "no"},
        )
    after = reports.correct(turn.tx, newest, lines, by=turn.me.id, at=turn.at, text=message.text)
    text = turn.text("reporting.corrected", lines=wording.said(turn, lines), standing=wording.standing_of(turn, after))
    said = Reply(text, (recording.buttons_of(turn, after),) if message.chat.private else (), report=after.id)
    return [recording.in_place(message, said)]


# Buttons under an answer: [Hoàn tác] [Sửa].


@answers(offer="report", choices=recording.CHOICES, who=STUDENTS)
def press_report(pressed: Pressed, turn: Turn) -> Answer:
    """Undo a report, or ask what it should say."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return Notice(pressed.press, turn.text("helping.press_changed")) if pressed.press else None
    if pressed.choice == "fix":
        return _ask_for_fix(turn, report)
    pressed.use(turn)
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    listing = pressed.offer.choices is not None  # the message shows many reports: it stays as it is
    return withdrawn(turn, after, report, edits=None if listing else pressed.message)


@answers(offer="withdrawal", who=STUDENTS)
def press_old_withdrawal(pressed: Pressed, turn: Turn) -> Answer:
    """Withdraw a report that the bot asked about first, or leave it."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return Notice(pressed.press, turn.text("helping.press_changed")) if pressed.press else None
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=wording.said(turn, report.lines)))
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    return withdrawn(turn, after, report, edits=pressed.message)


# [Sửa]: the next message says what the report should have said.


def _ask_for_fix(turn: Turn, report: Report) -> list[Saying]:
    offers.ask(
        turn.tx, chat=turn.chat.id, person=turn.me.id, kind="fix", subject=report.id, deadline=turn.now + QUESTION_LASTS
    )
    leave = turn.offer("leave_fix", report.id, {"Thôi": "no"}, lasts=QUESTION_LASTS)
    return [turn.say("reporting.fix", report=report, lines=wording.said(turn, report.lines), buttons=(leave,))]


@answers(offer="leave_fix", who=STUDENTS)
def press_correction(pressed: Pressed, turn: Turn) -> Answer:
    """Leave a report as it is after all."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    pressed.use(turn)
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if report is None:
        return None
    return pressed.settle(turn.text("reporting.fix_left", lines=wording.said(turn, report.lines)))


@answers(question="fix", who=STUDENTS)
def fix_answer(message: Message, turn: Turn) -> Answer:
    """The message is what a report should have said; talk and questions are answered as ever."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.now)
    report = reports.by_id(turn.tx, question.subject) if question else None
    if report is None or report.withdrawn or report.person != turn.me.id:
        return None
    reading = read(message.text, turn.house.calendar.local(message.at))
    if reading.kind not in (Kind.REPORT, Kind.CORRECT, Kind.TOTAL) or not reading.entries:
        return None
    team = team_of(turn.tx, turn.me.id, report.day)
    assert team is not None
    lines = new_lines(turn, team, report, reading)
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if recording.too_many(lines):
        text = turn.text("asking.many", lines=wording.said(turn, lines))
        return asking.about_lines(
            message, turn, reading, f"correct:{report.id}", text, {"Đúng, ghi": "yes", "Thôi": "no"}
        )
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=message.text)
    text = turn.text("reporting.corrected", lines=wording.said(turn, lines), standing=wording.standing_of(turn, after))
    return Reply(text, (recording.buttons_of(turn, after),), report=after.id)
