"""Corrections: which report is meant, and what of it changes (rule 10)."""

import re
from collections.abc import Sequence

from handlers.clerk import changes, matching
from handlers.clerk.acts import Act, Ask, Change, Confirm, TakeBack, WaitFor
from handlers.clerk.choosing import choices_of
from handlers.clerk.evening import NOWHERE, Evening, Heard, LineTold, ReportTold
from handlers.language import Kind, Reading


def home_of(report: ReportTold, reading: Reading) -> str | None:
    found = matching.with_home([report], matching.labels_of(reading))
    return found[0][1] if found else None


_DROP = re.compile(r"(?:(?:da|a|oi|thoi|bot oi|bot)\s+)*(?:bo|xoa|huy|rut|gach)\s+(?:cai|tin|nha|bao cao|so|ho)?\b")
_DROPPED = re.compile(
    r"(?:(?:da|a|oi|thoi|bot oi|bot)\s+)*(?:bo|xoa|huy|rut|gach)\s+(?:cai|tin|so)?\s*([0-9]{1,3})(?: may)?"
    r"(?:\s+(?:vua roi|luc nay|ban nay|hoi nay|di|nhe|nha|a)\b|,|$)"
)


def corrects(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`à nhầm 3`, `dì Tâm là 4 cơ`: the report that is quoted or named, else the newest that could be meant."""
    if reading.kind is not Kind.CORRECT:
        return None
    if heard.forwarded:
        return Ask(reading)  # somebody else's words change nothing
    labels = matching.labels_of(reading)
    candidates = [one for one in reversed(evening.reports) if not one.adjusted]
    quoted = evening.report(evening.quoted)
    if quoted is not None:
        return change(heard, reading, quoted, home_of(quoted, reading), amends=True)
    if labels:
        found = matching.with_home(candidates, labels)
        if found:
            report, label = _best_of_home(found, reading)
            return change(heard, reading, report, label, amends=True)
        if not reading.was:
            return _nowhere(heard, reading, evening, meanings)
    fitting = _by_numbers(candidates, heard, reading)
    if not fitting:
        return _nowhere(heard, reading, evening, meanings)
    return change(heard, reading, fitting[0], _part_of(fitting[0], reading), amends=True)


def _best_of_home(found: Sequence[tuple[ReportTold, str | None]], reading: Reading) -> tuple[ReportTold, str | None]:
    """Of several reports of a home the one that has what is taken back."""
    if reading.was:
        fitting = matching.with_numbers([one for one, _ in found], reading.was)
        if fitting:
            return next(one for one in found if one[0].id == fitting[0].id)
    return found[0]


def _part_of(report: ReportTold, reading: Reading) -> str | None:
    """Of a report of several homes the one that has what is taken back."""
    fitting = [
        home.label
        for home in report.homes
        if reading.was and all(home.counts.get(outcome) == n for outcome, n in reading.was.items())
    ]
    return fitting[0] if len(fitting) == 1 else None


def _by_numbers(candidates: Sequence[ReportTold], heard: Heard, reading: Reading) -> list[ReportTold]:
    places = {line.place for line in heard.lines if line.place != NOWHERE}
    target = reading.target
    wanted = dict(reading.was) | (dict(target.counts) if target is not None else {})
    fitting = matching.with_numbers(candidates, wanted) if wanted else list(candidates)
    if places:
        there = [one for one in fitting if {line.place for line in one.lines} & places]
        fitting = there or (
            [one for one in fitting if all(line.place == NOWHERE for line in one.lines)] if not there else []
        )
    if not wanted:
        outcomes = {line.outcome for line in heard.lines}
        fitting = [one for one in fitting if outcomes & {line.outcome for line in one.lines}] or fitting
    return [one for one in fitting if one.day == fitting[0].day]


def _nowhere(heard: Heard, reading: Reading, evening: Evening, meanings: Sequence[Reading]) -> Act:
    """No report fits a correction: what it may mean is asked, and nothing is changed."""
    return Ask(reading, choices_of(heard, meanings, evening))


def change(heard: Heard, reading: Reading, report: ReportTold, label: str | None, *, amends: bool) -> Act:
    said = heard.lines
    if not amends:
        own = {line.place for line in report.lines}
        if len(own) == 1 and all(line.place == NOWHERE for line in said):
            said = tuple(LineTold(next(iter(own)), line.outcome, line.n) for line in said)
        return Change(report, said, reading, label) if set(said) != set(report.lines) else Confirm(report, reading)
    lines = changes.corrected(report, label, said, reading.was)
    if lines is None:
        return WaitFor(report, reading)
    if set(lines) == set(report.lines):
        return Confirm(report, reading)
    return Change(report, lines, reading, label)


def drops(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`bỏ cái cụ Ngật đi`, `bỏ cái 3 vừa rồi`: what is named is taken back; of several homes only the one."""
    said = _DROP.match(heard.plain)
    if said is None or heard.forwarded or reading.kind in (Kind.TOTAL, Kind.CORRECT):
        return None
    for report in evening.today:
        home = next((one for one in report.homes if matching.stands_in(one.label, heard.plain)), None)
        if home is None:
            continue
        if len(report.homes) == 1:
            return TakeBack(report, reading)
        lines = changes.corrected(report, home.label, (), home.counts)
        return Change(report, lines, reading, home.label) if lines is not None else None
    number = _DROPPED.match(heard.plain)
    if number is None:
        return None
    n = int(number[1])
    fitting = [one for one in evening.today if not one.adjusted and any(line.n == n for line in one.lines)]
    return TakeBack(fitting[0], reading) if fitting else None
