"""Changing what was reported: /sua, /huy, and the buttons under an answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers import asking, drafting, recording, wording
from handlers.language import Kind, Reading, fold, read
from handlers.messages import Message, Reaction, Reply, Saying
from handlers.places import folded_hamlet
from handlers.pressing import Pressed
from handlers.turn import STUDENTS, Answer, Turn, answers, command_button
from storage import audits, offers, outbox, people, reports, totals
from storage.campaign import Team, hamlet_name, team_of
from storage.campaign import team as campaign_team
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


# Which report is meant: the newest that fits what a message names.


def meant(message: Message, turn: Turn, reading: Reading | None = None, *, adjusted: bool = False) -> Report | None:
    """The report that a correction or withdrawal is about: the one replied to, else the newest that fits.

    What fits: the numbers that are taken back, and the hamlet or home that is named. An adjustment can be withdrawn
    (`adjusted`), but nobody corrects what was taken away.
    """
    if message.reply_to is not None:
        replied = reports.of_message(turn.tx, turn.chat.id, message.reply_to)
        if replied is not None and replied.person == turn.me.id and not replied.withdrawn:
            return replied
    known = [one for one in reports.since_day(turn.tx, turn.me.id, turn.oldest_day) if _may_be_meant(one, adjusted)]
    fitting = [one for one in known if reading is None or _fits(turn, one, reading)]
    return max(fitting, key=lambda report: (report.at, report.id), default=None)


def _may_be_meant(report: Report, adjusted: bool) -> bool:
    return not report.withdrawn and (adjusted or report.change != "adjusted")


def _fits(turn: Turn, report: Report, reading: Reading) -> bool:
    counts = totals.merged({line.outcome: line.n} for line in report.lines)
    wanted = dict(reading.was) | (dict(reading.target.counts) if reading.target else {})
    if any(counts.get(outcome.value, 0) != n for outcome, n in wanted.items()):
        return False
    if reading.target is None:
        return True
    if reading.target.hamlet is not None:
        named = {folded_hamlet(hamlet_name(turn.tx, line.hamlet)) for line in report.lines if line.hamlet}
        if folded_hamlet(reading.target.hamlet) not in named:
            return False
    return reading.target.home is None or fold(reading.target.home) in fold(reports.text_of(turn.tx, report) or "")


def _nothing_fits(message: Message, turn: Turn, name: str) -> list[Saying]:
    """None to be changed at all, or none that fits: then the list helps."""
    if reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day) is None:
        return [turn.say(name)]
    buttons = ((command_button("Xem từng tin", "/homnay"),),)
    return [turn.say("reporting.none_fits", buttons=buttons)]


# The last report: /huy, /sua, "hủy", "nhầm, 4 chứ không phải 3".


@answers("huy", who=STUDENTS, help="huy")
def withdraw_last(message: Message, turn: Turn) -> Answer:
    """Withdraw the sender's last report."""
    return withdraw_meant(message, turn)


def withdraw_meant(message: Message, turn: Turn, reading: Reading | None = None) -> list[Saying]:
    """Withdraw the report that is meant; one of another day only after a yes."""
    report = meant(message, turn, reading, adjusted=True)
    if report is None:
        return _nothing_fits(message, turn, "reporting.nothing_to_withdraw")
    if report.day != turn.work_day:
        return offer_withdrawal(message, turn, report, "reporting.confirm_withdraw")
    drafting.keep_answer(message, turn, report.id)
    return withdrawn(turn, reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at), report)


def offer_withdrawal(message: Message, turn: Turn, report: Report, name: str) -> list[Saying]:
    """Asks before a report is withdrawn; `name` is the question's text."""
    buttons = turn.offer("withdrawal", report.id, {"Rút": "yes", "Giữ": "no"}, version=report.version)
    said = turn.say(name, report=report, lines=wording.said(turn, report.lines), buttons=(buttons,))
    return [said]


@answers("sua", who=STUDENTS, help="sua")
def correct_last(message: Message, turn: Turn) -> Answer:
    """Replace the sender's last report by what follows the command."""
    report = meant(message, turn)
    if report is None:
        return turn.say("reporting.nothing_to_correct")
    if not message.text:
        return _ask_for_fix(turn, report)
    reading = read(message.text, turn.house.calendar.local(message.at))
    if reading.kind is Kind.UNCLEAR:
        return asking.about_number(message, turn, reading, use=drafting.correct(report.id))
    return _correct(message, turn, report, reading, _new_lines_of(turn, report, reading))


def correct_meant(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """Correct the report that is meant: what is named changes, the rest stays."""
    report = meant(message, turn, reading)
    if report is None:
        return _nothing_fits(message, turn, "reporting.nothing_to_correct")
    lines = with_the_rest(report, _new_lines_of(turn, report, reading))
    return _correct(message, turn, report, reading, lines)


def with_the_rest(report: Report, named: Sequence[Line]) -> list[Line]:
    """What is named, and of the report what is not."""
    changed = {(line.hamlet, line.outcome) for line in named}
    return [*named, *(line for line in report.lines if (line.hamlet, line.outcome) not in changed)]


def _new_lines_of(turn: Turn, report: Report, reading: Reading) -> list[Line]:
    return new_lines(turn, campaign_team(turn.tx, report.team), report, reading)


def _correct(message: Message, turn: Turn, report: Report, reading: Reading, lines: Sequence[Line]) -> list[Saying]:
    """Stores the correction; of another day, or with very many, only after a yes."""
    if not reading.entries:
        return [turn.say("reporting.not_a_report")]
    use = drafting.correct(report.id)
    if report.day != turn.work_day:
        text = turn.text(
            "reporting.confirm_correct",
            report=report,
            lines=wording.said(turn, report.lines),
            new=wording.said(turn, lines),
        )
        return asking.about_lines(message, turn, reading, text, {"Sửa": "yes", "Thôi": "no"}, lines=lines, use=use)
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines, use=use)
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=message.text)
    drafting.keep_answer(message, turn, after.id)
    return [_says_corrected(turn, after)]


def _says_corrected(turn: Turn, after: Report) -> Reply:
    text = turn.text(
        "reporting.corrected", lines=wording.said(turn, after.lines), standing=wording.standing_of(turn, after)
    )
    return Reply(text, (recording.buttons_of(turn, after),) if turn.chat.private else (), report=after.id)


# Buttons under an answer: [Hoàn tác] [Sửa].


@answers(offer="report", choices=recording.CHOICES, who=STUDENTS)
def press_report(pressed: Pressed, turn: Turn) -> Answer:
    """Undo a report, or ask what it should say."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    if pressed.choice == "fix":
        return _ask_for_fix(turn, report)
    pressed.use(turn)
    if report.person != turn.me.id:
        audits.add(turn.tx, at=turn.at, by=turn.me.id, what="report withdrawn", subject=report.id, detail="by button")
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    listing = pressed.offer.choices is not None  # the message shows many reports: it stays as it is
    return withdrawn(turn, after, report, edits=None if listing else pressed.message)


@answers(offer="withdrawal", who=STUDENTS)
def press_old_withdrawal(pressed: Pressed, turn: Turn) -> Answer:
    """Withdraw a report that the bot asked about first, or leave it."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=wording.said(turn, report.lines)))
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    return withdrawn(turn, after, report, edits=pressed.message)


# [Sửa]: the next message says what the report should have said.


def _ask_for_fix(turn: Turn, report: Report) -> list[Saying]:
    kind = "fix" if report.person == turn.me.id else "member_fix"  # the lead's answer is handled in handlers/team.py
    deadline = turn.now + QUESTION_LASTS
    offers.ask(turn.tx, chat=turn.chat.id, person=turn.me.id, kind=kind, subject=report.id, deadline=deadline)
    leave = turn.offer("leave_fix", report.id, {"Thôi": "no"}, lasts=QUESTION_LASTS)
    return [turn.say("reporting.fix", report=report, lines=wording.said(turn, report.lines), buttons=(leave,))]


@answers(offer="leave_fix", who=STUDENTS)
def press_correction(pressed: Pressed, turn: Turn) -> Answer:
    """Leave a report as it is after all."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    pressed.use(turn)
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if report is None:
        return pressed.refuse(turn.text("helping.press_unknown"))
    return pressed.settle(turn.text("reporting.fix_left", lines=wording.said(turn, report.lines)))


@answers(question="fix", who=STUDENTS)
def fix_answer(message: Message, turn: Turn) -> Answer:
    """The message is what a report should have said; talk and questions are answered as ever."""
    question = offers.question(turn.tx, turn.chat.id, turn.me.id, turn.at)
    report = reports.by_id(turn.tx, question.subject) if question else None
    if report is None or report.withdrawn or report.person != turn.me.id:
        return None
    reading = read(message.text, turn.house.calendar.local(message.at))
    if reading.kind not in (Kind.REPORT, Kind.CORRECT, Kind.TOTAL) or not reading.entries:
        return None
    lines = _new_lines_of(turn, report, reading)
    offers.stop_asking(turn.tx, turn.chat.id, turn.me.id)
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines, use=drafting.correct(report.id))
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=message.text)
    drafting.keep_answer(message, turn, after.id)
    return _says_corrected(turn, after)
