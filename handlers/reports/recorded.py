"""What is done to somebody else's report is put on record: what it said before and says after, without its homes."""

from collections.abc import Sequence

from handlers import saying
from handlers.turn import Turn
from storage.reports.reports import Report
from storage.reports.tallies import Line


def on_record(turn: Turn, report: Report, what: str, after: Sequence[Line], *, new: bool = False) -> None:
    """`report`: as it was, or as it is where it is `new`; `after`: what it says from now on."""
    if report.person != turn.me.id:
        before = "" if new else _in_words(turn, report.lines)
        turn.on_record(f"report {what}", report.id, before=before, after=_in_words(turn, after))


def _in_words(turn: Turn, lines: Sequence[Line]) -> str:
    return saying.flat(saying.said(turn, lines)) if lines else ""
