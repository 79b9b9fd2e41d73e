"""Reports in words: what lines say, by hamlet, and where person and team stand afterwards."""

from collections.abc import Sequence
from datetime import date

from handlers.places import placing
from handlers.turn import Turn
from storage.campaign import people
from storage.reports import totals
from storage.reports.reports import Report
from storage.reports.tallies import Line, Place


def said(turn: Turn, lines: Sequence[Line]) -> str:
    """`Xóm 4: 3 máy, 1 nhà vắng`, a line for each hamlet."""
    groups: dict[Place, dict[str, int]] = {}
    for line in lines:
        groups.setdefault(line.hamlet, {})[line.outcome] = line.n
    named = [(placing.name_of(turn, hamlet), counts) for hamlet, counts in groups.items()]
    return turn.text("reporting.lines", groups=named)


def flat(lines: str) -> str:
    """Lines of several hamlets in one."""
    return lines.replace("\n", " · ")


def standing(turn: Turn, person: int, team: int, day: date) -> str:
    """`Hôm nay em 17 máy, cả tổ 64`."""
    who = people.by_id(turn.tx, person) if person != turn.me.id else turn.me  # a lead may have pressed for a student
    assert who is not None
    mine, all_together = totals.activated_by(turn.tx, person, team, day)
    return turn.text_for(who, "reporting.standing", day=day, mine=mine, team=all_together)


def standing_of(turn: Turn, report: Report) -> str:
    """Where the report's person and team stand on its day."""
    return standing(turn, report.person, report.team, report.day)
