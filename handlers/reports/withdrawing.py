"""Withdrawals: /huy, `hủy` in words, [Hoàn tác] and [Xóa]; the one door through which a report is taken back."""

from handlers import saying
from handlers.buttons.pressed import Pressed
from handlers.language import Kind, Reading, fold
from handlers.language.where_and_when.days import no_such_day
from handlers.messages import Message, Reply, Saying
from handlers.open import keeping
from handlers.reports import changing, telling, which
from handlers.reports.changing import SaidBy
from handlers.reports.recorded import on_record
from handlers.states import BEHALF, WITHDRAWAL
from handlers.turn import STUDENTS, Answer, Scope, Turn, answers
from storage.campaign import people
from storage.reports import drafts, reports
from storage.reports.reports import Report

_YES_NO = {"Rút": "yes", "Giữ": "no"}


@answers("huy", who=STUDENTS, scope=Scope.OWN, help="huy")
def withdraw_last(message: Message, turn: Turn) -> Answer:
    """Withdraw the sender's last report, or the one that is named behind the command, as behind `hủy` in words."""
    reading = turn.reading_of(f"hủy {message.text}", message.at) if message.text else None
    if reading is not None and reading.kind is not Kind.UNDO and message.reply_to is None:
        return _of_unknown_words(message, turn)
    named = reading if reading is not None and (which.names_any(reading) or _is_strange(reading)) else None
    said = withdraw_meant(message, turn, named)
    return said if said is not None else ask(turn, which.meant(message, turn, named)[0], "reporting.fix_withdraw")


def _of_unknown_words(message: Message, turn: Turn) -> list[Saying]:
    """What stands behind the command is no name of any report: the last one may be meant, after a yes."""
    found = which.meant(message, turn, adjusted=True)
    return ask(turn, found[0], "reporting.fix_withdraw") if found else [turn.say("reporting.nothing_to_withdraw")]


def withdraw_meant(message: Message, turn: Turn, reading: Reading | None = None) -> list[Saying] | None:
    """Withdraw the report that is meant; one of another day only after a yes. None: several may be meant."""
    if (never := no_such_day(fold(message.text), turn.work_day)) is not None:
        return [turn.say("helping.no_such_day", day=never)]
    if which.of_somebody_else(message, turn) is not None:
        return [turn.say("reporting.not_yours")]
    found = which.meant(message, turn, reading, adjusted=True)
    for_other = last_for_other(turn)
    if for_other is not None and message.reply_to is None and (reading is None or not which.names_any(reading)):
        return ask_for_other(turn, for_other)
    if not found:
        return which.nothing_fits(turn, "reporting.nothing_to_withdraw")
    if len(found) > 1:
        return None
    said = which.day_named(message, turn)
    if said is not None and (said.day is None or said.day != turn.work_day):
        return ask(turn, found[0], "reporting.fix_withdraw")
    if found[0].day != turn.work_day:
        return ask(turn, found[0], "reporting.confirm_withdraw")
    if message.reply_to is None and which.reported_since(turn):
        return ask(turn, found[0], "reporting.fix_withdraw")
    if said is None and _has_figures(message) and (reading is None or not which.names_any(reading)):
        return ask(turn, found[0], "reporting.fix_withdraw")  # `hủy 3000`, `hủy tin 18h`: none that is known so
    if message.reply_to is None and reading is not None and _is_strange(reading):
        return ask(turn, found[0], "reporting.fix_withdraw")
    if reading is not None and reading.target is not None and reading.target.hamlet and _says_more(found[0]):
        return ask(turn, found[0], "reporting.confirm_whole")
    keeping.keep_answer(message, turn, found[0].id, why=drafts.WITHDRAWAL)
    return withdraw(turn, found[0])


def _is_strange(reading: Reading) -> bool:
    """`hủy báo cáo con mèo`: no report is called so, and the last one may be meant."""
    return reading.target is not None and reading.target.strange


def _has_figures(message: Message) -> bool:
    """Whether words alone name the report by a number; whoever quotes it has named it."""
    return message.reply_to is None and any(map(str.isdecimal, message.text))


def _says_more(report: Report) -> bool:
    """Whether it tells of several hamlets, of which one alone may be meant."""
    return len({line.hamlet for line in report.lines}) > 1


def withdraw(turn: Turn, report: Report, *, replaces: int | None = None) -> list[Saying]:
    """Takes a report back; says which, and where that leaves the day, also where an adjustment falls with it."""
    after, lifted = take_back(turn, report)
    text = turn.text(
        "reporting.withdrawn",
        report=after,
        lines=saying.said_of(turn, report),
        lifted=lifted,
        standing=saying.standing_of(turn, after),
    )
    back = telling.put_back(turn, report)
    return [Reply(text, (back,) if back else (), replaces=replaces)]


def take_back(turn: Turn, report: Report) -> tuple[Report, bool]:
    """The report as it is then, and whether an adjustment, which took from what is gone, fell with it."""
    before = reports.adjustments(turn.tx, report.person, report.day)
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    on_record(turn, report, "withdrawn", ())
    left = reports.adjustments(turn.tx, report.person, report.day) if before else []
    for one in (after, *before):
        turn.touch(one.chat, one.message)
    return after, report.change != "adjusted" and len(left) < len(before)


def ask(turn: Turn, report: Report, name: str) -> list[Saying]:
    """Asks before a report is withdrawn; `name` is the question's text."""
    buttons = turn.offer(WITHDRAWAL, report.id, _YES_NO, version=report.version)
    return [turn.say(name, report=report, lines=saying.said_of(turn, report), buttons=(buttons,))]


def withdraw_members(turn: Turn, report: Report, *, replaces: int | None = None) -> list[Saying]:
    """The lead takes a student's report back, who is told."""
    take_back(turn, report)
    return telling.changed_by_lead(turn, report, what="withdrawn", replaces=replaces)


@answers(offer=WITHDRAWAL, who=STUDENTS, scope=Scope.SAID)
def press_withdrawal(pressed: Pressed, turn: Turn) -> Answer:
    """Withdraw a report that the bot asked about first, or leave it."""
    pressed.use(turn)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=saying.said_of(turn, pressed.report)))
    return withdraw(turn, pressed.report, replaces=pressed.said_in)


# What was reported for somebody else


@answers(offer=BEHALF, who=STUDENTS, scope=Scope.SAID)
def press_for_other(pressed: Pressed, turn: Turn) -> Answer:
    """Take back what was reported for somebody else, who is told."""
    pressed.use(turn)
    if pressed.choice.startswith("back:"):
        return _give_back(turn, pressed.report, int(pressed.choice.removeprefix("back:")), replaces=pressed.said_in)
    if pressed.choice == "no":
        return pressed.settle(turn.text("reporting.kept", lines=saying.said_of(turn, pressed.report)))
    return withdraw_for_other(turn, pressed.report, replaces=pressed.said_in)


def _give_back(turn: Turn, given: Report, before: int, *, replaces: int | None) -> list[Saying]:
    """What went to another is again whose it was, and both hear of it."""
    known = reports.by_id(turn.tx, before)
    assert known is not None
    after, _ = take_back(turn, given)
    text = reports.text_of(turn.tx, known) or ""
    back = changing.store(
        turn, known, reports.lines_before(turn.tx, known), None, SaidBy(text, sure=True, restores=True)
    )
    person = people.by_id(turn.tx, back.person)
    assert person is not None
    name = "" if person.id == turn.me.id else person.name
    lines = saying.report_in_words(turn, back)
    news = [] if given.person == turn.me.id else telling.taken_back_for(turn, given, after)[1:]
    heard = [] if not name else telling.reported_for(turn, back)[1:]
    return [Reply(turn.text("behalf.given_back", name=name, lines=lines), replaces=replaces), *news, *heard]


def withdraw_for_other(turn: Turn, report: Report, *, replaces: int | None = None) -> list[Saying]:
    """Takes it back, on record; both are told."""
    after, _ = take_back(turn, report)
    return telling.taken_back_for(turn, report, after, replaces=replaces)


def last_for_other(turn: Turn) -> Report | None:
    """What the sender reported for somebody else, where that is newer than the own last report."""
    newest = reports.last_for_others(turn.tx, turn.me.id, since=turn.oldest_day)
    own = reports.last_of(turn.tx, turn.me.id, since=turn.oldest_day)
    if newest is None or (own is not None and (own.at, own.id) > (newest.at, newest.id)):
        return None
    return newest


def ask_for_other(turn: Turn, report: Report, *, edited: bool = False) -> list[Saying]:
    """`hủy` right after it may mean this one: asked first. `edited`: its message is talk by now."""
    person = people.by_id(turn.tx, report.person)
    assert person is not None
    buttons = turn.offer(BEHALF, report.id, _YES_NO, version=report.version)
    lines = saying.report_in_words(turn, report)
    name = "behalf.edited_into_talk" if edited else "behalf.confirm_withdraw"
    return [turn.say(name, name=person.name, report=report, lines=lines, buttons=(buttons,))]
