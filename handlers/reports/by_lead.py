"""What a lead changes of a student's reports: it is on record, and the student is told."""

from handlers import saying
from handlers.messages import Reply, Saying
from handlers.turn import Turn
from storage.campaign import accounts, people, teams
from storage.campaign.people import Role
from storage.reports.reports import Report
from storage.running import audits


def leads(turn: Turn, person: int) -> bool:
    """Whether the one who speaks leads the team of this person."""
    if turn.me.role != Role.LEAD:
        return False
    mine = teams.team_of(turn.tx, turn.me.id, turn.work_day)
    theirs = teams.team_of(turn.tx, person, turn.work_day)
    return mine is not None and mine == theirs


def note(turn: Turn, report: Report, what: str) -> None:
    """Puts it on record where the one who speaks changed somebody else's report."""
    if report.person != turn.me.id:
        audits.add(turn.tx, at=turn.at, by=turn.me.id, what=f"report {what}", subject=report.id, detail="")


def changed(turn: Turn, report: Report, *, withdrawn: bool, edits: str | None = None) -> list[Saying]:
    """The lead sees what was done, and so does the student. `report`: as it was before a withdrawal, else as it is."""
    note(turn, report, "withdrawn" if withdrawn else "corrected")
    student = people.by_id(turn.tx, report.person)
    assert student is not None
    lines = saying.flat(saying.said(turn, report.lines))
    told = accounts.private_chats(turn.tx, student.id)[:1]
    text = turn.text(
        "reporting.done_for", withdrawn=withdrawn, name=student.name, report=report, lines=lines, told=bool(told)
    )
    news = turn.text_for(
        student, "reporting.told_changed", withdrawn=withdrawn, lead=turn.me.name, report=report, lines=lines
    )
    if student.id == turn.me.id:
        told = []
    return [Reply(text, edits=edits), *(Reply(news, to=chat) for chat in told)]
