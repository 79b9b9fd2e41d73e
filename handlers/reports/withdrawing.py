"""Withdrawals: /huy, `hủy` in words, [Hoàn tác] and [Xóa]; the one door through which a report is taken back."""

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Reading
from handlers.messages import Message, Reply, Saying
from handlers.open import keeping
from handlers.reports import telling, which
from handlers.states import BEHALF, WITHDRAWAL
from handlers.turn import STUDENTS, Answer, Turn, answers
from storage.campaign import people
from storage.reports import reports
from storage.reports.reports import Report

_YES_NO = {"Rút": "yes", "Giữ": "no"}


@answers("huy", who=STUDENTS, help="huy")
def withdraw_last(message: Message, turn: Turn) -> Answer:
    """Withdraw the sender's last report."""
    return withdraw_meant(message, turn)


def withdraw_meant(message: Message, turn: Turn, reading: Reading | None = None) -> list[Saying] | None:
    """Withdraw the report that is meant; one of another day only after a yes. None: several may be meant."""
    found = which.meant(message, turn, reading, adjusted=True)
    for_other = last_for_other(turn)
    if for_other is not None and message.reply_to is None and (reading is None or not which.names_any(reading)):
        return ask_for_other(turn, for_other)
    if not found:
        return which.nothing_fits(turn, "reporting.nothing_to_withdraw")
    if len(found) > 1:
        return None
    if found[0].day != turn.work_day:
        return ask(turn, found[0], "reporting.confirm_withdraw")
    if reading is not None and reading.target is not None and reading.target.hamlet and _says_more(found[0]):
        return ask(turn, found[0], "reporting.confirm_whole")
    keeping.keep_answer(message, turn, found[0].id)
    return withdraw(turn, found[0])


def _says_more(report: Report) -> bool:
    """Whether it tells of several hamlets, of which one alone may be meant."""
    return len({line.hamlet for line in report.lines}) > 1


def withdraw(turn: Turn, report: Report, *, edits: str | None = None, listed: bool = False) -> list[Saying]:
    """Takes a report back; says which, and where that leaves the day, also where an adjustment falls with it.

    `listed`: a lead took it from a student's list, and is told in a message of its own.
    """
    adjusted = len(reports.adjustments(turn.tx, report.person, report.day))
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    if listed:
        return telling.changed_by_lead(turn, report, withdrawn=True)
    telling.note(turn, report, "withdrawn")
    text = turn.text(
        "reporting.withdrawn",
        report=after,
        lines=saying.said(turn, report.lines),
        lifted=report.change != "adjusted" and len(reports.adjustments(turn.tx, report.person, report.day)) < adjusted,
        standing=saying.standing_of(turn, after),
    )
    return [Reply(text, edits=edits)]


def ask(turn: Turn, report: Report, name: str) -> list[Saying]:
    """Asks before a report is withdrawn; `name` is the question's text."""
    buttons = turn.offer(WITHDRAWAL, report.id, _YES_NO, version=report.version)
    return [turn.say(name, report=report, lines=saying.said(turn, report.lines), buttons=(buttons,))]


@answers(offer=WITHDRAWAL, who=STUDENTS)
def press_withdrawal(pressed: Pressed, turn: Turn) -> Answer:
    """Withdraw a report that the bot asked about first, or leave it."""
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=saying.said(turn, pressed.report.lines)))
    return withdraw(turn, pressed.report, edits=pressed.message)


# What was reported for somebody else


@answers(offer=BEHALF, who=STUDENTS)
def press_for_other(pressed: Pressed, turn: Turn) -> Answer:
    """Take back what was reported for somebody else, who is told."""
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=saying.said(turn, pressed.report.lines)))
    return withdraw_for_other(turn, pressed.report, edits=pressed.message)


def withdraw_for_other(turn: Turn, report: Report, *, edits: str | None = None) -> list[Saying]:
    """Takes it back, on record; both are told."""
    telling.note(turn, report, "withdrawn", detail="behalf")
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    return telling.taken_back_for(turn, report, after, edits=edits)


def last_for_other(turn: Turn) -> Report | None:
    """What the sender reported for somebody else, where that is newer than the own last report."""
    newest = reports.last_for_others(turn.tx, turn.me.id, since=turn.oldest_day)
    own = reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day)
    if newest is None or (own is not None and (own.at, own.id) > (newest.at, newest.id)):
        return None
    return newest


def ask_for_other(turn: Turn, report: Report) -> list[Saying]:
    """`hủy` right after it may mean this one: asked first."""
    person = people.by_id(turn.tx, report.person)
    assert person is not None
    buttons = turn.offer(BEHALF, report.id, _YES_NO, version=report.version)
    lines = saying.flat(saying.said(turn, report.lines))
    return [turn.say("behalf.confirm_withdraw", name=person.name, report=report, lines=lines, buttons=(buttons,))]
