"""An edited message is a correction of what it reported; its own time, work day and hamlet stay."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers import saying
from handlers.language import Kind, Reading, fold, typed_out
from handlers.messages import Message, Saying
from handlers.open import asking, keeping
from handlers.open.keeping import KeptChoice
from handlers.places import placing
from handlers.reports import (
    acting,
    behalf,
    calling_off,
    changing,
    choosing,
    comparing,
    correcting,
    homes_and_visits,
    passing_on,
    withdrawing,
)
from handlers.reports.changing import SaidBy
from handlers.states import NEW_REPORT
from handlers.turn import STUDENTS, Answer, Turn
from storage.campaign import people
from storage.campaign.teams import Team, team_of
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report
from storage.reports.tallies import Line

_INTO_TALK = "reporting.edited_into_talk"
_AGAIN = {"Ghi lại": "yes", "Thôi": "no"}


def has_acted(message: Message, turn: Turn) -> bool:
    """Whether the message, before it was edited, reported, asked or changed anything: then the edit is about that."""
    return (
        reports.of_message(turn.tx, turn.chat.id, message.id) is not None
        or drafts.of_message(turn.tx, turn.chat.id, message.id) is not None
        or drafts.of_answer(turn.tx, turn.chat.id, message.id) is not None
    )


def edited(message: Message, turn: Turn) -> Answer:
    """Compare an edited message with what it reported before, and store the difference as a correction."""
    if turn.me.role not in STUDENTS:  # they may have been one when they wrote it
        return turn.say("reporting.not_for_officers", talk=False) if has_acted(message, turn) else None
    message = replace(message, text=typed_out(message.text))  # as when it was first sent
    reading = turn.reading(message)
    stored = reports.of_message(turn.tx, turn.chat.id, message.id)
    if stored is not None and reports.beside(turn.tx, stored):
        return turn.say("behalf.shares_stay") if message.text != reports.text_of(turn.tx, stored) else None
    if stored is not None:
        return (
            _edited_report(message, turn, stored, reading)
            if stored.person == turn.me.id
            else _for_other(message, turn, stored)
        )
    draft = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if draft is not None:
        return _edited_draft(message, turn, draft, reading) if draft.person == turn.me.id else None
    answer = drafts.of_answer(turn.tx, turn.chat.id, message.id)
    return _edited_answer(message, turn, answer, reading) if answer else _into_report(message, turn, reading)


def _for_other(message: Message, turn: Turn, stored: Report) -> Answer:
    """What was reported for somebody else follows the edit of whoever reported it."""
    if reports.said_by(turn.tx, stored.id) != turn.me.id:
        return None
    return passing_on.edited(message, turn, stored)


# A message that made a report.


def _edited_report(message: Message, turn: Turn, stored: Report, reading: Reading) -> Answer:
    team = placing.team_of_report(turn, stored)
    named = behalf.asked(message.text, people.of_team(turn.tx, team.id)) if behalf.may_ask(message.text) else None
    if named is not None and turn.me.id not in [one.id for one in named.fitting]:
        return passing_on.from_oneself(message, turn, stored, named)
    lines = changing.in_its_hamlet(stored, placing.lines_of(turn, team, reading.entries))
    lines = lines if stored.withdrawn else calling_off.without(turn, stored, lines, reading)
    if not stored.withdrawn and lines == list(stored.lines):
        return _unchanged(message, turn, stored, reading)
    if stored.day < turn.oldest_day:
        return changing.too_old(turn, stored.day)
    return _changed(message, turn, team, stored, reading, lines)


def _unchanged(message: Message, turn: Turn, stored: Report, reading: Reading) -> Answer:
    """The same numbers: nothing to say, but where a question is open by now, or another day is named."""
    if reading.kind is Kind.REPORT:
        homes_and_visits.note(turn, stored, reading)  # another home, another time of a visit
    named = turn.day_of(message) + timedelta(days=reading.day)
    if reading.day and named != stored.day:
        return turn.say("reporting.day_stays", report=stored, lines=saying.said_of(turn, stored))
    if not _close(message, turn, stored):
        return None
    return turn.say("reporting.kept", lines=saying.said_of(turn, stored))


def _close(message: Message, turn: Turn, stored: Report | None) -> bool:
    """Settles what was open of the message; False where nothing was."""
    draft = drafts.of_message(turn.tx, turn.chat.id, message.id)
    return draft is not None and keeping.settle(turn, draft, report=stored.id if stored else None)


def _changed(
    message: Message, turn: Turn, team: Team, stored: Report, reading: Reading, lines: Sequence[Line]
) -> Answer:
    if reading.kind is Kind.UNCLEAR and (said := _meant(message, turn, team, stored)) is not None:
        return said
    if reading.kind is Kind.UNCLEAR:
        alone = len(reports.of_day(turn.tx, stored.person, stored.day)) <= 1  # then a total is this report
        return asking.about_number(message, turn, reading, use=NEW_REPORT if alone else None)
    _close(message, turn, stored)
    if reading.kind in (Kind.CHAT, Kind.UNDO) and stored.withdrawn:
        return None
    if reading.kind is Kind.CHAT:
        return withdrawing.ask(turn, stored, _INTO_TALK)
    if reading.kind is Kind.UNDO:
        return withdrawing.withdraw(turn, stored)
    if stored.withdrawn:
        text = turn.text("reporting.edited_withdrawn", report=stored, new=saying.said(turn, lines))
        return asking.about_lines(message, turn, reading, text, _AGAIN, lines=lines)
    if reading.kind is Kind.TOTAL and len(reports.of_day(turn.tx, stored.person, stored.day)) > 1:
        return comparing.about_total(message, turn, team, reading)
    return changing.change(turn, stored, lines, reading, SaidBy(message.text, message))


_NUMBER = re.compile(r"[0-9]+")


def _meant(message: Message, turn: Turn, team: Team, stored: Report) -> Answer:
    """What an edit may mean: like the report but for a number that was changed, else each meaning as a button."""
    before = reports.text_of(turn.tx, stored) or ""
    found = [one for one in turn.meanings(message) if one.kind is Kind.REPORT and not one.day]
    known = {id(one): changing.in_its_hamlet(stored, placing.lines_of(turn, team, one.entries)) for one in found}
    if _NUMBER.sub("0", fold(before)) == _NUMBER.sub("0", fold(message.text)):
        shape = {(line.hamlet, line.outcome) for line in stored.lines}
        alike = [one for one in found if {(line.hamlet, line.outcome) for line in known[id(one)]} == shape]
        if len(alike) == 1:
            return changing.change(turn, stored, known[id(alike[0])], alike[0], SaidBy(message.text, message))
    use = keeping.correction_of(stored)
    choices = [KeptChoice(use, 0, tuple(one.entries), tuple(known[id(one)])) for one in found]
    return choosing.ask(message, turn, team, turn.reading(message), choices) if choices else None


# A message that is still open, and one that was an answer or a correction.


def _edited_draft(message: Message, turn: Turn, draft: Draft, reading: Reading) -> Answer:
    """What was not clear is said again; where it is no report any more, nothing stays open."""
    corrects = keeping.kept(draft).correction
    if reading.kind in (Kind.CHAT, Kind.UNDO):
        keeping.settle(turn, draft, report=None)
        return turn.say("asking.dropped", draft=draft, words=saying.quoted(draft.text or ""))
    if corrects is None:
        return _into_report(message, turn, reading)
    report = reports.by_id(turn.tx, corrects.report)
    if reading.kind is not Kind.UNCLEAR:
        keeping.settle(turn, draft, report=None)
    if report is None or report.withdrawn:
        return turn.say("helping.press_changed")
    return correcting.correct(message, turn, report, reading, amends=corrects.amends)


def _edited_answer(message: Message, turn: Turn, answer: Draft, reading: Reading) -> Answer:
    """A number that was asked for, or a correction, is edited: the report that it went into follows."""
    stored = reports.by_id(turn.tx, answer.report) if answer.report else None
    if message.text == answer.text:
        return None
    if stored is None or stored.person != turn.me.id:
        return turn.say("asking.already_settled")
    if stored.day < turn.oldest_day:
        return changing.too_old(turn, stored.day)
    use = keeping.correction_of(stored)
    if reading.kind is Kind.UNCLEAR:
        return asking.about_number(message, turn, reading, use=use)
    if not reading.entries:
        return None if stored.withdrawn else withdrawing.ask(turn, stored, _INTO_TALK)
    return _answered_anew(message, turn, answer, stored, reading)


def _answered_anew(message: Message, turn: Turn, answer: Draft, stored: Report, reading: Reading) -> Answer:
    lines, use = _lines_of_answer(message, turn, answer, stored, reading), keeping.correction_of(stored)
    if stored.withdrawn:
        text = turn.text("reporting.edited_withdrawn", report=stored, new=saying.said(turn, lines))
        return asking.about_lines(message, turn, reading, text, _AGAIN, lines=lines, use=use)
    if lines == list(stored.lines):
        return None
    return changing.change(turn, stored, lines, reading, SaidBy(message.text, message, holes=answer.holes))


def _lines_of_answer(message: Message, turn: Turn, answer: Draft, stored: Report, reading: Reading) -> list[Line]:
    """What the report says after such an edit: the asked number in its place, or what is named instead of what was."""
    team, number = placing.team_of_report(turn, stored), keeping.number_in(message.text, reading, answer)
    named = placing.lines_of(turn, team, reading.entries)
    if number is not None:
        named = keeping.lines_with(turn, team, answer, number)
    elif reading.kind is Kind.CORRECT:
        return changing.with_the_rest(stored, named) or changing.in_its_hamlet(stored, named)
    return changing.in_its_hamlet(stored, named)


# A message that was no report, or that the bot never saw.


def _into_report(message: Message, turn: Turn, reading: Reading) -> Sequence[Saying] | Saying | None:
    """What was no report becomes one: it counts for the time at which the message was first sent."""
    if reading.kind in (Kind.CHAT, Kind.UNDO):
        return None
    if turn.day_of(message) < turn.oldest_day:
        return changing.too_old(turn, turn.day_of(message))
    if reading.kind is not Kind.UNCLEAR:
        _close(message, turn, None)
    team = team_of(turn.tx, turn.me.id, turn.day_of(message))
    assert team is not None
    return acting.for_other(message, turn, team) or acting.act(message, turn, team)
