"""/homnay: what the sender reported today, each with [Sửa] [Xóa], what is still open, and the sum."""

from collections.abc import Sequence

from handlers import saying
from handlers.messages import Message, Rows
from handlers.states import DRAFT, OWN_REPORT
from handlers.turn import STUDENTS, Answer, Turn, answers, command_button
from storage.campaign import teams
from storage.reports import drafts, reports
from storage.reports.drafts import Draft
from storage.reports.reports import Report

PAGE = 8  # reports with buttons in one message


@answers("homnay", who=STUDENTS, help="homnay")
def today(message: Message, turn: Turn) -> Answer:
    """Today's reports of the sender; `/homnay 2` is the page before."""
    team = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    assert team is not None
    known = reports.of_day(turn.tx, turn.me.id, turn.work_day)
    page = min(_page(message.text), max(1, -(-len(known) // PAGE)))
    last = len(known) - (page - 1) * PAGE
    shown = list(enumerate(known, 1))[max(0, last - PAGE) : last]
    open_ones = drafts.open_of(turn.tx, turn.me.id, turn.work_day) if page == 1 else []
    asked = list(enumerate(open_ones, len(known) + 1))[-PAGE:]
    return turn.say(
        "mine.today",
        day=turn.work_day,
        reports=[(number, report, saying.flat(saying.said(turn, report.lines))) for number, report in shown],
        older=last - len(shown),
        open=asked,
        standing=saying.standing(turn, turn.me.id, team.id, turn.work_day) if known else "",
        buttons=(*_buttons(turn, shown), *_open_buttons(turn, asked), *_pages(page, last - len(shown))),
    )


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _buttons(turn: Turn, shown: Sequence[tuple[int, Report]]) -> Rows:
    """A row for each report, its labels unique in the message; an adjustment can only be taken back."""
    return tuple(
        turn.offer(
            OWN_REPORT,
            report.id,
            ({} if report.change == "adjusted" else {f"Sửa {number}": "fix"}) | {f"Xóa {number}": "undo"},
            version=report.version,
        )
        for number, report in shown
    )


def _open_buttons(turn: Turn, asked: Sequence[tuple[int, Draft]]) -> Rows:
    """A row for each message that waits: to answer it after all, or to leave it."""
    return tuple(
        turn.offer(DRAFT, draft.id, {f"Trả lời {number}": "ask", f"Bỏ {number}": "drop"}) for number, draft in asked
    )


def _pages(page: int, older: int) -> Rows:
    newer = (command_button("Mới hơn", f"/homnay {page - 1}"),) if page > 1 else ()
    before = (command_button("Cũ hơn", f"/homnay {page + 1}"),) if older else ()
    return ((*before, *newer),) if before or newer else ()
