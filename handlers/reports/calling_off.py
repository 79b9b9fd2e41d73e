"""A visit that is called off on the work day whose report promised it leaves that day's count, and comes back to it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.language import Outcome, Reading
from handlers.messages import Reply
from handlers.reports import changing, homes_and_visits, telling, withdrawing
from handlers.reports.changing import SaidBy
from handlers.turn import Turn, leads
from storage.field import appointments
from storage.field.appointments import Appointment
from storage.reports import reports
from storage.reports.reports import Report
from storage.reports.tallies import Line, Place

_REVISIT = Outcome.REVISIT.value


def taken_out(turn: Turn, one: Appointment, words: str) -> Report | None:
    """The report that promised a visit which is off, with one revisit less; withdrawn where it counted nothing else.

    None: its count stays. It is of an earlier day, or counts only what else it promises: somebody corrected it.
    """
    report = reports.by_id(turn.tx, one.report)
    if report is None or report.day != turn.work_day or not _may_recount(turn, report):
        return None
    counted = [line for line in report.lines if line.outcome == _REVISIT and line.n > 0]
    if sum(line.n for line in counted) <= appointments.promised_by(turn.tx, report.id):
        return None
    place = next((line.hamlet for line in counted if line.hamlet == one.hamlet), counted[0].hamlet)
    lines = _with_revisits(report, place, -1)
    if not lines:
        return withdrawing.take_back(turn, report)[0]
    return _recounted(turn, report, lines, one, -1, SaidBy(words))


def may_stand_again(turn: Turn, report: int, version: int) -> bool:
    """Whether the report that promised the visit still stands, or was withdrawn only by calling the visit off."""
    found = reports.by_id(turn.tx, report)
    return found is not None and (not found.withdrawn or found.version == version)


def counted_again(turn: Turn, visit: int, report: int, version: int) -> Report | None:
    """The report of a visit that stands again, with it; its `version` is without. None: its day is closed."""
    found = reports.by_id(turn.tx, report)
    if found is None or not _may_recount(turn, found):
        return None
    said_by = SaidBy("", restores=True)
    if found.withdrawn:
        return changing.recount(turn, found, reports.lines_before(turn.tx, found), said_by)
    one = appointments.by_id(turn.tx, visit)
    if one is None:
        return None
    if found.version == version:
        return _recounted(turn, found, reports.lines_before(turn.tx, found), one, 1, said_by)
    lines = _with_revisits(found, _place_now(found, one), 1)  # something else was put right since: that stays
    return _recounted(turn, found, lines, one, 1, said_by)


def without(turn: Turn, report: Report, lines: Sequence[Line], reading: Reading) -> list[Line]:
    """What an edit says, without the visits that it promises as before and that are off: other words changed."""
    off = homes_and_visits.called_off_since(turn, report, reading)
    left: list[Line] = []
    for line in lines:
        less = min(off, line.n) if line.outcome == _REVISIT else 0
        off -= less
        left += [replace(line, n=line.n - less)] if line.n > less or not less else []
    return left or list(lines)


def news(turn: Turn, report: Report, what: str) -> list[Reply]:
    """What its student is told, where a lead called off a visit of theirs, or had it stand again."""
    return telling.news(turn, report, what) if report.person != turn.me.id else []


def _may_recount(turn: Turn, report: Report) -> bool:
    open_still = report.day >= turn.oldest_day or leads(turn, report.person)
    return open_still and changing.may_change(turn, report)


def _recounted(turn: Turn, report: Report, lines: Sequence[Line], one: Appointment, by: int, said_by: SaidBy) -> Report:
    homes = homes_and_visits.with_visit(turn, report, one, by)
    return changing.recount(turn, report, lines, said_by, kept=homes)


def _with_revisits(report: Report, place: Place, by: int) -> list[Line]:
    """The lines with so many revisits more in this hamlet; none where nothing is counted then."""
    n = by + sum(line.n for line in report.lines if (line.hamlet, line.outcome) == (place, _REVISIT))
    rest = [line for line in report.lines if (line.hamlet, line.outcome) != (place, _REVISIT)]
    return [line for line in (*rest, Line(place, _REVISIT, n)) if line.n]


def _place_now(report: Report, one: Appointment) -> Place:
    """The hamlet of a visit, as far as the report still speaks of it."""
    places = [line.hamlet for line in report.lines]
    return one.hamlet if one.hamlet in places or not places else places[0]
