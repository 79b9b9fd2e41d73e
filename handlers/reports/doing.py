"""Performs what the clerk decided, through the doors of the wings, and says what was performed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from handlers import saying
from handlers.clerk.acts import (
    Act,
    Ask,
    AskAgain,
    Change,
    Choice,
    Compare,
    Confirm,
    MoveVisit,
    Record,
    Repeat,
    Settle,
    Several,
    TakeBack,
    WaitFor,
    Withdraw,
)
from handlers.clerk.evening import NOWHERE, ReportTold
from handlers.language import Kind, Reading, Why
from handlers.messages import Message, Reply, Saying
from handlers.open import asking, keeping
from handlers.open.keeping import KeptChoice
from handlers.places import in_use, placing
from handlers.reports import (
    changing,
    choosing,
    comparing,
    correcting,
    homes_and_visits,
    recording,
    settling,
    which,
    withdrawing,
)
from handlers.reports.changing import SaidBy
from handlers.states import APPOINTMENTS, DAY_TOTAL, NEW_REPORT, Correction
from handlers.turn import Turn
from storage.campaign.hamlets import NO_HAMLET
from storage.campaign.teams import Team
from storage.reports import drafts, reports
from storage.reports.reports import Report
from storage.reports.tallies import Line


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an act is performed. `placed`: the hamlet in use was put in, so that it is named."""

    message: Message
    turn: Turn
    team: Team
    placed: bool = False


def do(act: Act, stage: Stage) -> list[Saying] | None:
    """What an act does and says; None: it is talk."""
    perform = _PERFORMED.get(type(act))
    return perform(act, stage) if perform is not None else None


def _record(act: Record, stage: Stage) -> list[Saying]:
    message, turn, team = stage.message, stage.turn, stage.team
    reading, settles = act.reading, act.settles
    if message.forwarded:
        return asking.about_forwarded(message, turn, team, reading)
    lines = [
        replace(line, hamlet=act.place) if act.place and (stage.placed or line.hamlet == NO_HAMLET) else line
        for line in placing.lines_of(turn, team, reading.entries)
    ]
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines)
    said = recording.record(message, turn, team, reading, lines, in_words=stage.placed or act.place != NO_HAMLET)
    if settles is None:
        return said
    draft = drafts.by_id(turn.tx, settles.id)
    report = reports.of_message(turn.tx, turn.chat.id, message.id)
    if draft is None or not keeping.settle(turn, draft, report=report.id if report else None):
        return said
    turn.stop_waiting_for(draft.id)
    instead = turn.text("asking.instead", draft=draft, words=saying.quoted(draft.text or ""))
    return [replace(one, text=f"{one.text}\n{instead}") if isinstance(one, Reply) else one for one in said]


def _compare(act: Compare, stage: Stage) -> list[Saying]:
    message, turn, team, reading = stage.message, stage.turn, stage.team, act.reading
    if message.forwarded:
        return asking.about_forwarded(message, turn, team, reading)
    return comparing.about_total(message, turn, team, reading)


def _stored(turn: Turn, told: ReportTold) -> Report | None:
    """The report as it is, where it is still the one that was meant."""
    return changing.still_meant(turn, Correction(told.id, told.version, amends=False))


def _change(act: Change, stage: Stage) -> list[Saying]:
    message, turn = stage.message, stage.turn
    report = _stored(turn, act.report)
    if report is None:
        return [turn.say("helping.press_changed")]
    lines = [Line(line.place, line.outcome.value, line.n) for line in act.lines]
    if report.day != turn.work_day and not correcting.asks_about(turn, report):
        return correcting.ask_other_day(message, turn, report, act.reading, lines)
    return changing.change(turn, report, lines, act.reading, SaidBy(message.text, message))


def _several(act: Several, stage: Stage) -> list[Saying]:
    return [said for one in act.changes for said in _change(one, stage)]


def _withdraw(act: Withdraw, stage: Stage) -> list[Saying]:
    message, turn, reading, told = stage.message, stage.turn, act.reading, act.report
    report = _stored(turn, told) if told is not None else None
    if report is not None:
        turn.stop_waiting()
        return withdrawing.ask(turn, report, "reporting.fix_withdraw")
    if message.forwarded:
        return [turn.say("asking.forwarded_change")]
    said = withdrawing.withdraw_meant(message, turn, reading)
    if said is not None:
        return said
    return correcting.ask_which(message, turn, reading, which.meant(message, turn, reading, adjusted=True))


def _take_back(act: TakeBack, stage: Stage) -> list[Saying]:
    message, turn, told = stage.message, stage.turn, act.report
    report = _stored(turn, told)
    if report is None:
        return [turn.say("helping.press_changed")]
    if report.day != turn.work_day:
        return withdrawing.ask(turn, report, "reporting.confirm_withdraw")
    keeping.keep_answer(message, turn, report.id, why=drafts.WITHDRAWAL)
    return withdrawing.withdraw(turn, report)


def _move_visit(act: MoveVisit, stage: Stage) -> list[Saying]:
    turn = stage.turn
    report = _stored(turn, act.report)
    if report is None:
        return [turn.say("helping.press_changed")]
    visit, before, row = homes_and_visits.move_visit(turn, report, act.home, act.at)
    if before is not None and before.at == visit.at:
        return [turn.say("reporting.visit_stays", visit=visit)]
    buttons = (turn.offer(APPOINTMENTS, turn.me.id, {"Hoàn tác": f"back:{row}"}),) if before is not None else ()
    return [turn.say("reporting.visit_moved", visit=visit, before=before, buttons=buttons)]


def _settle(act: Settle, stage: Stage) -> list[Saying] | None:
    message, turn, opened, number, reading = stage.message, stage.turn, act.open, act.number, act.reading
    draft = drafts.by_id(turn.tx, opened.id)
    if draft is None or draft.settled:
        return None
    entries = reading.draft.entries if reading.draft else reading.entries
    named = next((entry for entry in entries if entry.hamlet and not stage.placed), None)
    return settling.answered(message, turn, draft, number, hamlet=named)


def _confirm(act: Confirm, stage: Stage) -> list[Saying]:
    """What is said stands in the book: nothing is added, and that is said."""
    message, turn, team = stage.message, stage.turn, stage.team
    if not message.addressed:
        return []
    report = reports.by_id(turn.tx, act.report.id) if act.report is not None else None
    if report is not None and correcting.asks_about(turn, report):
        turn.stop_waiting()
    if report is None:
        return [turn.say("reporting.agreed_day", standing=saying.standing(turn, turn.me.id, team.id, turn.work_day))]
    known = (report, *(reports.by_id(turn.tx, other.id) for other in act.besides))
    every = sorted((one for one in known if one is not None), key=lambda one: one.at)
    return [turn.say("reporting.agreed", told=[(one, saying.report_in_words(turn, one)) for one in every])]


def _repeat(act: Repeat, stage: Stage) -> list[Saying]:
    """It counts once; whoever means another house adds it with one tap."""
    message, turn, reading = stage.message, stage.turn, act.reading
    report = reports.by_id(turn.tx, act.report.id)
    assert report is not None
    draft = keeping.keep(
        message, turn, reading, "again", choices=[KeptChoice(NEW_REPORT, reading.day, tuple(reading.entries))]
    )
    keeping.settle(turn, draft, report=report.id)
    buttons = choosing.add_again(turn, draft)
    return [
        turn.say("reporting.said_before", report=report, lines=saying.report_in_words(turn, report), buttons=(buttons,))
    ]


def _ask(act: Ask, stage: Stage) -> list[Saying]:
    message, turn, team, reading = stage.message, stage.turn, stage.team, act.reading
    if reading.why is Why.BARE_DONE and not message.addressed:
        return []
    if message.forwarded and reading.kind in (Kind.CORRECT, Kind.UNDO):
        return [turn.say("asking.forwarded_change")]
    if reading.why is Why.TEAM:
        return asking.about_number(message, turn, reading)
    if act.place != NOWHERE:
        act, reading = _standing(act, stage)
    choices = [kept(one) for one in act.choices if one.act is not None]
    corrects = reading.draft is not None and reading.draft.kind is Kind.CORRECT
    if not choices and (corrects or reading.kind is Kind.CORRECT):
        return which.nothing_fits(turn, "reporting.nothing_to_correct")
    if not choices:
        return asking.about_number(message, turn, reading)
    return choosing.ask(message, turn, team, reading, choices)


def _standing(act: Ask, stage: Stage) -> tuple[Ask, Reading]:
    """What is asked about as new work of the home that is known, in its hamlet: each button names it."""
    name = placing.name_of(stage.turn, act.place)
    now = in_use.only_assumed(stage.message, stage.turn)
    choices = tuple(
        replace(one, act=replace(one.act, reading=in_use.standing_in(one.act.reading, name, assumed=now)))
        if isinstance(one.act, Record)
        else one
        for one in act.choices
    )
    reading = in_use.standing_in(act.reading, name, assumed=now)
    return replace(act, reading=reading, choices=choices), reading


def kept(choice: Choice) -> KeptChoice:
    """What a button stands for, as it is kept until it is pressed."""
    match choice.act:
        case Compare(reading):
            return KeptChoice(DAY_TOTAL, reading.day, tuple(reading.entries))
        case Change(report, lines, reading):
            use = Correction(report.id, report.version, amends=False)
            stored = tuple(Line(line.place, line.outcome.value, line.n) for line in lines)
            return KeptChoice(use, reading.day, tuple(reading.entries), stored)
        case Record(reading):
            return KeptChoice(NEW_REPORT, reading.day, tuple(reading.entries))
        case _:
            raise AssertionError("what books nothing is not kept")


def _ask_again(act: AskAgain, stage: Stage) -> list[Saying] | None:
    draft = drafts.by_id(stage.turn.tx, act.open.id)
    return [asking.question(stage.turn, draft, asking.suggestions(act.reading))] if draft is not None else None


def _wait_for(act: WaitFor, stage: Stage) -> list[Saying]:
    message, turn, told, reading = stage.message, stage.turn, act.report, act.reading
    report = _stored(turn, told)
    if report is None:
        return [turn.say("helping.press_changed")]
    if reading.kind is Kind.UNCLEAR and asking.lacks_a_number(reading):
        return asking.about_number(message, turn, reading, use=keeping.correction_of(report, amends=True))
    return correcting.ask(turn, report)


_PERFORMED: dict[type, Callable[[Any, Stage], list[Saying] | None]] = {
    Record: _record,
    Compare: _compare,
    Change: _change,
    Several: _several,
    Withdraw: _withdraw,
    TakeBack: _take_back,
    MoveVisit: _move_visit,
    Settle: _settle,
    Confirm: _confirm,
    Repeat: _repeat,
    Ask: _ask,
    AskAgain: _ask_again,
    WaitFor: _wait_for,
}
