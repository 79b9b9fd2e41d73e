"""/homnay: what the sender reported today, each with [Sửa] [Xóa], what is still open, and the sum."""

from handlers import wording
from handlers.messages import Message, Rows
from handlers.turn import STUDENTS, Answer, Turn, answers, command_button
from storage import campaign, drafts, reports
from storage.people import Person
from storage.reports import Report

PAGE = 8  # reports with buttons in one message


@answers("homnay", who=STUDENTS, help="homnay")
def today(message: Message, turn: Turn) -> Answer:
    """Today's reports of the sender; `/homnay 2` is the page before."""
    team = campaign.team_of(turn.tx, turn.me.id, turn.work_day)
    assert team is not None
    known = reports.of_day(turn.tx, turn.me.id, turn.work_day)
    page = int(message.text) if message.text.isascii() and message.text.isdecimal() and len(message.text) < 4 else 1
    last = max(0, len(known) - (page - 1) * PAGE)
    shown = list(enumerate(known, 1))[max(0, last - PAGE) : last]
    open_ones = drafts.open_of(turn.tx, turn.me.id, turn.work_day)
    return turn.say(
        "mine.today",
        day=turn.work_day,
        reports=[(number, report, wording.flat(wording.said(turn, report.lines))) for number, report in shown],
        older=last - len(shown),
        open_times=[draft.at for draft in open_ones],
        standing=wording.standing(turn, turn.me.id, team.id, turn.work_day) if known else "",
        buttons=_buttons(turn, turn.me, shown, page, last - len(shown)),
    )


def _buttons(turn: Turn, owner: Person, shown: list[tuple[int, Report]], page: int, older: int) -> Rows:
    """A row for each report, its labels unique in the message; a last one to the page before."""
    rows = tuple(
        turn.offer("report", report.id, {f"Sửa {number}": "fix", f"Xóa {number}": "undo"}, version=report.version)
        for number, report in shown
    )
    return (*rows, (command_button("Cũ hơn", f"/homnay {page + 1}"),)) if older else rows
