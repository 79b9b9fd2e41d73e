"""An edit may say that a report is another's: it goes to them, both hear of it, and nothing counts twice."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import saying
from handlers.language import Kind, Reading, fold
from handlers.messages import Message, Reply, Saying
from handlers.reports import behalf, changing, oneself, recording, telling, withdrawing
from handlers.reports.behalf import Asked
from handlers.reports.changing import SaidBy
from handlers.states import BEHALF, OWN_REPORT
from handlers.turn import Turn
from storage.campaign import people
from storage.campaign.people import Person
from storage.campaign.teams import team_of
from storage.reports import reports
from storage.reports.reports import Report
from storage.reports.tallies import Line


def edited(message: Message, turn: Turn, stored: Report) -> list[Saying]:
    """The message that reported for somebody else was edited: the report follows, to another or to its writer."""
    if stored.day < turn.oldest_day:
        return [changing.too_old(turn, stored.day)]
    before = _whose(turn, stored)
    if stored.withdrawn:
        return [turn.say("behalf.withdrawn_before", name=before.name)]
    members = people.of_team(turn.tx, stored.team)
    found = behalf.asked(message.text, members)
    reading = behalf.clear(found.rest if found else message.text, message, turn)
    if found is None and reading.kind in (Kind.CHAT, Kind.UNDO):
        return withdrawing.ask_for_other(turn, stored, edited=True)
    to = _meant(turn, stored, before, found, reading, members)
    lines = changing.new_lines(turn, stored, reading, amends=False) if reading.kind is Kind.REPORT else None
    if to is None or not lines or recording.too_many(lines):
        return [_stays(turn, stored, before, named=to is not None)]
    if to.id != stored.person:
        return pass_on(message, turn, stored, to, lines, reading) or [_stays(turn, stored, before, named=True)]
    if lines == list(stored.lines):
        return []
    return changing.change(turn, stored, lines, reading, SaidBy(message.text, message))


def from_oneself(message: Message, turn: Turn, stored: Report, found: Asked) -> list[Saying]:
    """The own message was edited into one for somebody else; where that is not sure, it is said that it stays."""
    said = None
    reading = behalf.clear(found.rest, message, turn)
    if len(found.fitting) == 1 and reading.kind is Kind.REPORT and not stored.withdrawn:
        lines = changing.new_lines(turn, stored, reading, amends=False)
        if lines and not recording.too_many(lines) and stored.day >= turn.oldest_day:
            said = pass_on(message, turn, stored, found.fitting[0], lines, reading)
    if said is not None:
        return said
    return [turn.say("behalf.person_stays", name=found.name, report=stored, lines=saying.said_of(turn, stored))]


def pass_on(
    message: Message, turn: Turn, stored: Report, to: Person, lines: Sequence[Line], reading: Reading
) -> list[Saying] | None:
    """Takes the report from whose it was and stores it for another, for the same day; None: they are no comrades."""
    team = team_of(turn.tx, to.id, stored.day)
    if team is None or team.id != stored.team:
        return None
    before = _whose(turn, stored)
    after, _ = withdrawing.take_back(turn, stored)
    news = telling.taken_back_for(turn, stored, after)[1:] if before.id != turn.me.id else []
    told = replace(recording.told_by(message, turn, reading, person=to.id), day=stored.day)
    new = recording.store(turn, team, told, lines, reading)
    if to.id == turn.me.id:
        said: list[Saying] = [_own(turn, new)]
    else:
        said = telling.reported_for(turn, new)
    no_more = turn.text("behalf.no_more", name="" if before.id == turn.me.id else before.name)
    first = said[0]
    assert isinstance(first, Reply)
    return [replace(first, text=f"{first.text}\n{no_more}"), *said[1:], *news]


def _own(turn: Turn, new: Report) -> Reply:
    """It is the writer's own now; in a group it is said in words, since a sign would not tell whose it was."""
    if turn.chat.private:
        return recording.in_full(turn, new)
    short = turn.text("reporting.recorded_short", lines=saying.said_of(turn, new))
    return Reply(short, (turn.offer(OWN_REPORT, new.id, version=new.version),), report=new.id)


def _meant(
    turn: Turn, stored: Report, before: Person, found: Asked | None, reading: Reading, members: Sequence[Person]
) -> Person | None:
    """Whose the report is by what the message says now; None: that is not sure."""
    if found is None:
        named = reading.behalf_of
        return None if named and not oneself.is_oneself(named) else turn.me
    if before.id in [one.id for one in found.fitting]:
        return before
    if found.fitting:
        return found.fitting[0] if len(found.fitting) == 1 else None
    first = behalf.asked(reports.first_text_of(turn.tx, stored) or "", members)  # `báo hộ Tuấn`, of whom it was asked
    return before if first is not None and fold(first.name) == fold(found.name) else None


def _stays(turn: Turn, stored: Report, before: Person, *, named: bool) -> Reply:
    """What counts goes on counting, and that is said. `named`: whose it is was clear, and the number was not."""
    lines = saying.report_in_words(turn, stored)
    undo = turn.offer(BEHALF, stored.id, {"Hoàn tác": "undo"}, version=stored.version)
    return turn.say("behalf.stays", name=before.name, lines=lines, named=named, buttons=(undo,), about=stored.id)


def _whose(turn: Turn, report: Report) -> Person:
    person = people.by_id(turn.tx, report.person)
    assert person is not None
    return person
