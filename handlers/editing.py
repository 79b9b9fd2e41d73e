"""An edited message is a correction of what it reported; its own time, work day and hamlet stay."""

from collections.abc import Sequence

from handlers import asking, comparing, correcting, drafting, recording, reporting, settling, wording
from handlers.language import Kind, Reading, read
from handlers.messages import Message
from handlers.turn import STUDENTS, Answer, Turn
from storage import drafts, reports
from storage.campaign import Team, team_of
from storage.campaign import team as campaign_team
from storage.drafts import Draft
from storage.reports import Report
from storage.totals import Line

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
    if turn.me.role not in STUDENTS:
        return None
    stored = reports.of_message(turn.tx, turn.chat.id, message.id)
    if stored is None:
        answer = drafts.of_answer(turn.tx, turn.chat.id, message.id)
        return _edited_answer(message, turn, answer) if answer else _edited_into_report(message, turn)
    if stored.person != turn.me.id:
        return None
    team = campaign_team(turn.tx, stored.team)  # the person may have gone to another one since
    reading = _read(message, turn)
    lines = correcting.new_lines(turn, team, stored, reading)
    if not stored.withdrawn and lines == list(stored.lines):
        return None
    if stored.day < turn.oldest_day:
        return correcting.too_old(turn, stored.day)
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
        return correcting.offer_withdrawal(message, turn, stored, _INTO_TALK)
    if reading.kind is Kind.UNDO:
        return correcting.withdrawn(turn, reports.withdraw(turn.tx, stored, by=turn.me.id, at=turn.at), stored)
    if stored.withdrawn:
        text = turn.text("reporting.edited_withdrawn", report=stored, new=wording.said(turn, lines))
        return asking.about_lines(message, turn, reading, text, _AGAIN, lines=lines)
    if reading.kind is Kind.TOTAL and len(reports.of_day(turn.tx, stored.person, stored.day)) > 1:
        return comparing.about_total(message, turn, team, reading)
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines)
    draft = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if draft is not None:
        drafts.settle(turn.tx, draft.id, turn.at, report=stored.id)
    after = reports.correct(turn.tx, stored, lines, by=turn.me.id, at=turn.at, text=message.text)
    return correcting.corrected(turn, after)


def _edited_answer(message: Message, turn: Turn, answer: Draft) -> Answer:
    """A number that was asked for, or a correction, is edited: the report that it went into follows."""
    stored = reports.by_id(turn.tx, answer.report) if answer.report else None
    if message.text == answer.text:
        return None
    if stored is None or stored.person != turn.me.id:
        return turn.say("asking.already_settled")
    if stored.day < turn.oldest_day:
        return correcting.too_old(turn, stored.day)
    reading = _read(message, turn)
    use = drafting.correct(stored.id)
    if reading.kind is Kind.UNCLEAR:
        return asking.about_number(message, turn, reading, use=use)
    if not reading.entries:
        return None if stored.withdrawn else correcting.offer_withdrawal(message, turn, stored, _INTO_TALK)
    lines = _lines_of_answer(turn, answer, stored, reading)
    if stored.withdrawn:
        text = turn.text("reporting.edited_withdrawn", report=stored, new=wording.said(turn, lines))
        return asking.about_lines(message, turn, reading, text, _AGAIN, lines=lines, use=use)
    if lines == list(stored.lines):
        return None
    if recording.too_many(lines):
        return asking.about_many(message, turn, reading, lines, use=use)
    after = reports.correct(turn.tx, stored, lines, by=turn.me.id, at=turn.at, text=message.text)
    drafting.keep_answer(message, turn, after.id, holes=answer.holes)
    return correcting.corrected(turn, after)


def _lines_of_answer(turn: Turn, answer: Draft, stored: Report, reading: Reading) -> list[Line]:
    """What the report says after such an edit: the asked number in its place, or what is named instead of what was."""
    team, number = campaign_team(turn.tx, stored.team), settling.plain_number(reading)
    if number is not None and drafting.kept(answer).hole is not None:
        return drafting.lines_with(turn, team, answer, number)
    named = correcting.new_lines(turn, team, stored, reading)
    return correcting.with_the_rest(stored, named) if reading.kind is Kind.CORRECT else named


def _edited_into_report(message: Message, turn: Turn) -> Answer:
    """What was no report becomes one: it counts for the time at which the message was first sent."""
    reading = _read(message, turn)
    if reading.kind in (Kind.CHAT, Kind.UNDO):
        return None
    if turn.day_of(message) < turn.oldest_day:
        return correcting.too_old(turn, turn.day_of(message))
    draft = drafts.of_message(turn.tx, turn.chat.id, message.id)
    if draft is not None and reading.kind is not Kind.UNCLEAR:
        drafts.settle(turn.tx, draft.id, turn.at, report=None)
    team = team_of(turn.tx, turn.me.id, turn.day_of(message))
    assert team is not None
    return reporting.act(message, turn, team, reading)
