"""Promised visits that are put off or told again: `bác Bửu nói lại là 3h chiều mốt mới rảnh`."""

import re
from collections.abc import Sequence

from handlers.clerk import matching
from handlers.clerk.acts import Act, MoveVisit
from handlers.clerk.evening import Evening, Heard
from handlers.language import Kind, Outcome, Reading

_ANOTHER = re.compile(r"\b(?:them|bo sung|sot|quen)\b")


def moves_the_visit(heard: Heard, reading: Reading, meanings: Sequence[Reading], evening: Evening) -> Act | None:
    """`ông Tuấn dời sang 8h tối mốt`, where a visit to him is promised: it is then, and still one."""
    appointment = reading.appointment
    at = reading.later or (appointment.at if appointment is not None and len(reading.appointments) == 1 else None)
    if at is None or heard.forwarded or reading.kind in (Kind.TOTAL, Kind.UNDO) or _ANOTHER.search(heard.clear):
        return None
    if any(line.outcome is not Outcome.REVISIT or line.n > 1 for line in heard.lines):
        return None
    for report in evening.today:
        for home in report.homes:
            promised = home.counts.get(Outcome.REVISIT) or (len(report.homes) == 1 and report.count(Outcome.REVISIT))
            if promised and matching.stands_in(home.label, heard.plain):
                return MoveVisit(report, home.label, at)
    return None
