"""What a report says after a correction: what is named changes, in the hamlet that was meant; the rest may stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.language import Outcome
from storage.campaign.hamlets import NO_HAMLET
from storage.reports.reports import Report
from storage.reports.tallies import Line


def in_its_hamlet(report: Report, named: Sequence[Line]) -> list[Line]:
    """Lines that name no hamlet at all are for the report's own, where it has one."""
    own = {line.hamlet for line in report.lines}
    if len(own) == 1 and all(line.hamlet == NO_HAMLET for line in named):
        return [replace(line, hamlet=min(own)) for line in named]
    return list(named)


def with_the_rest(report: Report, named: Sequence[Line], was: Mapping[Outcome, int] | None = None) -> list[Line] | None:
    """What is named, and of the report what is not; None where it cannot be told which of its hamlets is meant.

    `was`: the numbers that are taken back.
    """
    placed = [_placed(report, line, (was or {}).get(Outcome(line.outcome))) for line in in_its_hamlet(report, named)]
    if any(line is None for line in placed):
        return None
    lines = [line for line in placed if line is not None]
    changed = {(line.hamlet, line.outcome) for line in lines}
    rest = [line for line in report.lines if (line.hamlet, line.outcome) not in changed]
    return _without_zeros([*lines, *rest])


def _placed(report: Report, line: Line, was: int | None) -> Line | None:
    """The line in the hamlet that it changes, of a report with several."""
    own = [known for known in report.lines if known.outcome == line.outcome]
    if line.hamlet != NO_HAMLET or not own or any(known.hamlet == NO_HAMLET for known in own):
        return line
    meant = [known for known in own if was is None or known.n == was]
    return replace(line, hamlet=meant[0].hamlet) if len(meant) == 1 else None


def _without_zeros(lines: Sequence[Line]) -> list[Line]:
    """A zero says `none` only where nothing else is said."""
    return [line for line in lines if line.n] or list(lines[:1])
