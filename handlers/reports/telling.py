"""Who is told of a report that was made or changed by somebody else than its student, and in which words."""

from handlers import saying
from handlers.messages import Reply, Saying
from handlers.states import BEHALF, OWN_REPORT
from handlers.turn import Turn
from storage.campaign import accounts, people
from storage.campaign.people import Person
from storage.reports.reports import Report
from storage.running import audits


def note(turn: Turn, report: Report, what: str, *, detail: str = "") -> None:
    """Puts it on record where the one who speaks changed somebody else's report."""
    if report.person != turn.me.id:
        audits.add(turn.tx, at=turn.at, by=turn.me.id, what=f"report {what}", subject=report.id, detail=detail)


# What a lead changes of a student's reports.


def changed_by_lead(turn: Turn, report: Report, *, withdrawn: bool, edits: str | None = None) -> list[Saying]:
    """The lead sees what was done, and so does the student. `report`: as it was before a withdrawal, else as it is."""
    note(turn, report, "withdrawn" if withdrawn else "corrected")
    student = _whose(turn, report)
    lines = saying.flat(saying.said(turn, report.lines))
    told = _chats(turn, student)
    text = turn.text(
        "reporting.done_for", withdrawn=withdrawn, name=student.name, report=report, lines=lines, told=bool(told)
    )
    news = turn.text_for(
        student, "reporting.told_changed", withdrawn=withdrawn, lead=turn.me.name, report=report, lines=lines
    )
    return [Reply(text, edits=edits), *(Reply(news, to=chat) for chat in told)]


# What somebody reports for somebody else.


def reported_for(turn: Turn, stored: Report, *, edits: str | None = None) -> list[Saying]:
    """The sender is told for whom it counts and how to take it back; the one it counts for hears of it."""
    person = _whose(turn, stored)
    lines = saying.flat(saying.said(turn, stored.lines))
    told = _chats(turn, person)
    text = turn.text("behalf.recorded", name=person.name, lines=lines, told=bool(told), itself=person.id == turn.me.id)
    undo = turn.offer(BEHALF, stored.id, {"Hoàn tác": "undo"}, version=stored.version)
    return [
        Reply(text, (undo,), edits=edits, report=stored.id),
        *(_heard(turn, person, stored, lines, chat) for chat in told),
    ]


def _heard(turn: Turn, person: Person, stored: Report, lines: str, chat: int) -> Reply:
    """With the buttons of an own report."""
    buttons = turn.offer(OWN_REPORT, stored.id, version=stored.version, person=person.id, chat=chat)
    standing = saying.standing_of(turn, stored)
    text = turn.text_for(person, "behalf.told", by=turn.me.name, lines=lines, standing=standing)
    return Reply(text, (buttons,), to=chat, report=stored.id)


def taken_back_for(turn: Turn, before: Report, after: Report, *, edits: str | None = None) -> list[Saying]:
    """What was reported for somebody else was taken back: both are told."""
    person = _whose(turn, before)
    lines = saying.flat(saying.said(turn, before.lines))
    news = turn.text_for(
        person, "behalf.told_withdrawn", by=turn.me.name, lines=lines, standing=saying.standing_of(turn, after)
    )
    text = turn.text("behalf.withdrawn", name=person.name, lines=lines)
    return [Reply(text, edits=edits), *(Reply(news, to=chat) for chat in _chats(turn, person))]


def _whose(turn: Turn, report: Report) -> Person:
    person = people.by_id(turn.tx, report.person)
    assert person is not None
    return person


def _chats(turn: Turn, person: Person) -> list[int]:
    """The newest private chat of somebody else; nobody is told what they did themselves."""
    return accounts.private_chats(turn.tx, person.id)[:1] if person.id != turn.me.id else []
