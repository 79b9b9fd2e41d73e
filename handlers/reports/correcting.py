"""Corrections and withdrawals: /sua, /huy and the same in words; which report is meant, and what is said after it."""

from collections.abc import Sequence
from datetime import date

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, fold
from handlers.messages import Message, Reply, Saying
from handlers.open import asking, keeping
from handlers.places import placing
from handlers.places.finding import folded_hamlet
from handlers.reports import amending, behalf, fixing, homes_and_visits, recording
from handlers.turn import STUDENTS, Answer, Turn, answers, command_button
from handlers.understanding import understood
from storage.campaign import people
from storage.campaign.hamlets import hamlet_name
from storage.campaign.teams import Team, team_of
from storage.campaign.teams import by_id as campaign_team
from storage.reports import drafts, reports, tallies
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import outbox

MOST_CHOICES = 4


def too_old(turn: Turn, day: date) -> Reply:
    """The day can no longer be changed by its student; the lead is named."""
    team = team_of(turn.tx, turn.me.id, day)
    leads = [lead.name for lead in people.leads_of(turn.tx, team.id) if lead.id != turn.me.id] if team else []
    return turn.say("reporting.too_old", day=day, leads=leads)


# Which report is meant: one that fits what a message names, else the newest.


def meant(message: Message, turn: Turn, reading: Reading | None = None, *, adjusted: bool = False) -> list[Report]:
    """The reports that a correction or withdrawal may be about, the newest first; one where it names nothing.

    What fits: the message replied to, else the numbers that are taken back, and the hamlet or home that is named, on
    the newest day with such a report. An adjustment can be withdrawn (`adjusted`), but nobody corrects what was taken
    away.
    """
    replied = _replied_to(message, turn)
    if replied is not None:
        return [] if replied.withdrawn else [replied]
    known = [one for one in reports.since_day(turn.tx, turn.me.id, turn.oldest_day) if _may_be_meant(one, adjusted)]
    known.sort(key=lambda report: (report.at, report.id), reverse=True)
    if reading is None or not _names(reading):
        return known[:1]
    fitting = [report for report in known if _fits(turn, report, reading)]
    return [report for report in fitting if report.day == fitting[0].day]


def _replied_to(message: Message, turn: Turn) -> Report | None:
    """The sender's report that a reply is about: its own message, or what the bot answered to it."""
    if message.reply_to is None:
        return None
    report = reports.of_message(turn.tx, turn.chat.id, message.reply_to)
    if report is not None:
        return report if report.person == turn.me.id else None
    known = reports.since_day(turn.tx, turn.me.id, turn.oldest_day)
    answered = (one for one in known if outbox.is_about(turn.tx, one.id, turn.chat.id, message.reply_to))
    return next(answered, None)


def _may_be_meant(report: Report, adjusted: bool) -> bool:
    return not report.withdrawn and (adjusted or report.change != "adjusted")


def _names(reading: Reading) -> bool:
    target = reading.target
    return bool(reading.was) or (target is not None and bool(target.hamlet or target.home or target.counts))


def _fits(turn: Turn, report: Report, reading: Reading) -> bool:
    counts = tallies.merged({line.outcome: line.n} for line in report.lines)
    wanted = dict(reading.was) | (dict(reading.target.counts) if reading.target else {})
    for outcome, n in wanted.items():
        said = {line.n for line in report.lines if line.outcome == outcome} | {counts.get(outcome.value, 0)}
        if n not in said:
            return False
    if reading.target is None:
        return True
    if reading.target.hamlet is not None:
        named = {folded_hamlet(hamlet_name(turn.tx, line.hamlet)) for line in report.lines if line.hamlet}
        if folded_hamlet(reading.target.hamlet) not in named:
            return False
    return reading.target.home is None or fold(reading.target.home) in fold(reports.text_of(turn.tx, report) or "")


def nothing_fits(turn: Turn, name: str) -> list[Saying]:
    """None to be changed at all, or none that fits: then the list helps."""
    if reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day) is None:
        return [turn.say(name)]
    buttons = ((command_button("Xem từng tin", "/homnay"),),)
    return [turn.say("reporting.none_fits", buttons=buttons)]


# Withdrawing: /huy, "hủy".


@answers("huy", who=STUDENTS, help="huy")
def withdraw_last(message: Message, turn: Turn) -> Answer:
    """Withdraw the sender's last report."""
    return withdraw_meant(message, turn)


def withdraw_meant(message: Message, turn: Turn, reading: Reading | None = None) -> list[Saying]:
    """Withdraw the report that is meant; one of another day only after a yes."""
    found = meant(message, turn, reading, adjusted=True)
    for_other = behalf.last(turn)
    if for_other is not None and message.reply_to is None and (reading is None or not _names(reading)):
        return behalf.offer_withdrawal(turn, for_other)
    if not found:
        return nothing_fits(turn, "reporting.nothing_to_withdraw")
    if len(found) > 1:
        return _ask_which(message, turn, reading or Reading(Kind.UNDO), found)
    if found[0].day != turn.work_day:
        return offer_withdrawal(turn, found[0], "reporting.confirm_withdraw")
    if reading is not None and reading.target is not None and reading.target.hamlet and _says_more(found[0]):
        return offer_withdrawal(turn, found[0], "reporting.confirm_whole")
    keeping.keep_answer(message, turn, found[0].id)
    return withdraw(turn, found[0])


def _says_more(report: Report) -> bool:
    """Whether it tells of several hamlets, of which one alone may be meant."""
    return len({line.hamlet for line in report.lines}) > 1


def withdraw(turn: Turn, report: Report, *, edits: str | None = None) -> list[Saying]:
    """Withdraws a report; says which, and where that leaves the day."""
    return [recording.withdraw(turn, report, edits=edits)]


def offer_withdrawal(turn: Turn, report: Report, name: str) -> list[Saying]:
    """Asks before a report is withdrawn; `name` is the question's text."""
    buttons = turn.offer("withdrawal", report.id, {"Rút": "yes", "Giữ": "no"}, version=report.version)
    return [turn.say(name, report=report, lines=saying.said(turn, report.lines), buttons=(buttons,))]


@answers(offer="withdrawal", who=STUDENTS)
def press_withdrawal(pressed: Pressed, turn: Turn) -> Answer:
    """Withdraw a report that the bot asked about first, or leave it."""
    report = reports.by_id(turn.tx, pressed.offer.subject)
    if report is None or report.withdrawn or report.version != pressed.offer.version:
        return pressed.refuse(turn.text("helping.press_changed"))
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=saying.said(turn, report.lines)))
    return withdraw(turn, report, edits=pressed.message)


# Correcting: /sua, "nhầm, 4 chứ không phải 3".


@answers("sua", who=STUDENTS, help="sua")
def correct_last(message: Message, turn: Turn) -> Answer:
    """Replace the sender's last report by what follows the command."""
    found = meant(message, turn)
    if not found:
        return turn.say("reporting.nothing_to_correct")
    if not message.text:
        return fixing.ask(turn, found[0])
    reading = understood(turn, message.text, message.at)
    return correct(message, turn, found[0], reading, amend=False)


def correct_meant(message: Message, turn: Turn, reading: Reading) -> list[Saying]:
    """Correct the report that is meant: what is named changes, the rest stays."""
    found = meant(message, turn, reading)
    if not found:
        return nothing_fits(turn, "reporting.nothing_to_correct")
    if len(found) > 1:
        return _ask_which(message, turn, reading, found)
    return correct(message, turn, found[0], reading, amend=True)


def correct(message: Message, turn: Turn, report: Report, reading: Reading, *, amend: bool) -> list[Saying]:
    """Stores a correction; of another day, or with very many, only after a yes. Not `amend`: nothing of it stays."""
    if reading.kind is Kind.UNCLEAR and not asking.lacks_a_number(reading):
        return fixing.ask(turn, report)
    if reading.kind is Kind.UNCLEAR:
        use = keeping.amend(report) if amend else keeping.correct(report)
        return asking.about_number(message, turn, reading, use=use)
    if not reading.entries:
        return [turn.say("reporting.not_a_report")]
    lines = new_lines(turn, campaign_team(turn.tx, report.team), report, reading, amend=amend)
    if lines is None:
        return fixing.ask(turn, report)
    use = keeping.correct(report)
    if report.day != turn.work_day:
        before, new = saying.said(turn, report.lines), saying.said(turn, lines)
        text = turn.text("reporting.confirm_correct", report=report, lines=before, new=new)
        return asking.about_lines(message, turn, reading, text, {"Sửa": "yes", "Thôi": "no"}, lines=lines, use=use)
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines, use=use)
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=message.text)
    homes_and_visits.note_visits(turn, after, reading)
    keeping.keep_answer(message, turn, after.id)
    return [recording.corrected(turn, after)]


def new_lines(turn: Turn, team: Team, report: Report, reading: Reading, *, amend: bool) -> list[Line] | None:
    """What the report says from now on; None where it cannot be told which of its hamlets is meant."""
    named = placing.lines_of(turn, team, reading.entries)
    if amend:
        return amending.with_the_rest(report, named, reading.was)
    return amending.in_its_hamlet(report, named)


# Two or more fit.


def _ask_which(message: Message, turn: Turn, reading: Reading, found: Sequence[Report]) -> list[Saying]:
    """Asks with a button for each of the newest reports that fit."""
    draft = keeping.keep(message, turn, reading, "which")
    choices = {
        f"{number}. {turn.clock(report.at)} {saying.flat(saying.said(turn, report.lines))}": str(report.id)
        for number, report in enumerate(found[:MOST_CHOICES], 1)
    }
    buttons = turn.offer("which", draft.id, {**choices, "Thôi": "drop"})
    undo = reading.kind is Kind.UNDO
    return [turn.say("reporting.which", undo=undo, buttons=tuple((button,) for button in buttons))]


@answers(offer="which", who=STUDENTS)
def press_which(pressed: Pressed, turn: Turn) -> Answer:
    """Correct or withdraw the report that was chosen."""
    draft = drafts.by_id(turn.tx, pressed.offer.subject)
    report = reports.by_id(turn.tx, int(pressed.choice)) if pressed.choice.isdecimal() else None
    pressed.use(turn)
    if draft is None or draft.settled:
        return pressed.settle(turn.text("asking.already_settled"))
    drafts.settle(turn.tx, draft.id, turn.at, report=report.id if report else None)
    if report is None:
        return pressed.settle(turn.text("reporting.none_changed"))
    if report.withdrawn:
        return pressed.settle(turn.text("helping.press_changed"))
    entries = keeping.entries_with(draft, None)
    if not entries:
        return withdraw(turn, report, edits=pressed.message)
    named = placing.lines_of(turn, campaign_team(turn.tx, report.team), entries)
    lines = amending.with_the_rest(report, named)
    if lines is None or recording.too_many(lines):
        return fixing.ask(turn, report)
    after = reports.correct(turn.tx, report, lines, by=turn.me.id, at=turn.at, text=draft.text)
    return [recording.corrected(turn, after, edits=pressed.message)]
