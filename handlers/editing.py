"""An edited message is a correction of what it reported; its own time, work day and hamlet stay."""

from collections.abc import Sequence

from handlers import asking, comparing, correcting, recording, reporting, wording
from handlers.language import Kind, Reading, read
from handlers.messages import Message
from handlers.turn import STUDENTS, Answer, Turn
from storage import drafts, reports
from storage.campaign import Team, team_of
from storage.reports import Report
from storage.totals import Line


def edited(message: Message, turn: Turn) -> Answer:
    """Compare an edited message with what it reported before, and store the difference as a correction."""
    if turn.me.role not in STUDENTS:
        return None
    stored = reports.of_message(turn.tx, turn.chat.id, message.id)
    if stored is None:
        return _edited_into_report(message, turn)
    if stored.person != turn.me.id:
        return None
    team = team_of(turn.tx, turn.me.id, stored.day)
    assert team is not None
    reading = _read(message, turn)
    lines = correcting.new_lines(turn, team, stored, reading)
    if not stored.withdrawn and lines == list(stored.lines):
        return None
    if stored.day < turn.oldest_day:
        return recording.in_place(message, correcting.too_old(turn, stored.day))
    return _changed(message, turn, team, stored, reading, lines)


def _read(message: Message, turn: Turn) -> Reading:
    """An edited message is read as when it was first sent."""
    return read(message.text, turn.house.calendar.local(message.at))


def _changed(
    message: Message, turn: Turn, team: Team, stored: Report, reading: Reading, lines: Sequence[Line]
) -> Answer:
    if reading.kind is Kind.UNCLEAR:
        return asking.about_number(message, turn, reading)
    if reading.kind in (Kind.CHAT, Kind.UNDO) and stored.withdrawn:
        return None
    if reading.kind is Kind.CHAT:
        return correcting.offer_withdrawal(message, turn, stored, "reporting.edited_into_talk")
    if reading.kind is Kind.UNDO:
        return correcting.withdrawn(turn, reports.withdraw(turn.tx, stored, by=turn.me.id, at=turn.at), stored)
    if stored.withdrawn:
        text = turn.text("reporting.edited_withdrawn", report=stored, new=wording.said(turn, lines))
        return asking.about_lines(message, turn, reading, text, {"Ghi lại": "yes", "Thôi": "no"}, lines=lines)
    if reading.kind is Kind.TOTAL and len(reports.of_day(turn.tx, stored.person, stored.day)) > 1:
        return comparing.about_total(message, turn, team, reading)
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines)
    draft = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if draft is not None:
        drafts.settle(turn.tx, draft.id, turn.at, report=stored.id)
    after = reports.correct(turn.tx, stored, lines, by=turn.me.id, at=turn.at, text=message.text)
    return correcting.corrected(turn, after)


def _edited_into_report(message: Message, turn: Turn) -> Answer:
    """What was no report becomes one: it counts for the time at which the message was first sent."""
    reading = _read(message, turn)
    if reading.kind in (Kind.CHAT, Kind.UNDO):
        return None
    if turn.day_of(message) < turn.oldest_day:
        return recording.in_place(message, correcting.too_old(turn, turn.day_of(message)))
    draft = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if draft is not None and reading.kind is not Kind.UNCLEAR:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
    team = team_of(turn.tx, turn.me.id, turn.day_of(message))
    assert team is not None
    return reporting.act(message, turn, team, reading)
