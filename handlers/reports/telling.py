"""Who is told of a report that was made or changed by somebody else than its student, and in which words."""

from handlers import saying
from handlers.messages import Button, Reply, Saying
from handlers.states import BEHALF, MEMBERS_REPORT, OWN_REPORT, PUT_BACK, REOPEN
from handlers.turn import Turn
from storage.campaign import accounts, people
from storage.campaign.people import Person
from storage.reports.drafts import Draft
from storage.reports.reports import Report

# What a lead changes of a student's reports.


def changed_by_lead(turn: Turn, report: Report, *, what: str, replaces: int | None = None) -> list[Saying]:
    """The lead sees what was done, with the way back, and so does the student.

    `what`: `corrected`, `withdrawn` or `restored`. `report`: as it was before a withdrawal, else as it is.
    """
    student = _whose(turn, report)
    lines = saying.report_in_words(turn, report)
    told = news(turn, report, what)
    text = turn.text("reporting.done_for", what=what, name=student.name, report=report, lines=lines, told=bool(told))
    back = _way_back(turn, report, what)
    return [Reply(text, (back,) if back else (), replaces=replaces), *told]


def news(turn: Turn, report: Report, what: str) -> list[Reply]:
    """What the student of a report is told of what their lead did to it."""
    student = _whose(turn, report)
    lines = saying.report_in_words(turn, report)
    text = turn.text_for(student, "reporting.told_changed", what=what, lead=turn.me.name, report=report, lines=lines)
    return [Reply(text, to=chat) for chat in _chats(turn, student)]


def _way_back(turn: Turn, report: Report, what: str) -> tuple[Button, ...]:
    """[Ghi lại] after a withdrawal, [Hoàn tác] after a correction."""
    if what == "withdrawn":
        return put_back(turn, report)
    undo = {"Hoàn tác": "undo"}
    return turn.offer(MEMBERS_REPORT, report.id, undo, version=report.version) if what == "corrected" else ()


def put_back(turn: Turn, report: Report) -> tuple[Button, ...]:
    """[Ghi lại], for the one who took back what somebody else reported; `report`: as it was.

    An adjustment only made a sum fit: it is stated anew.
    """
    own = report.person == turn.me.id or report.change == "adjusted"
    return () if own else turn.offer(PUT_BACK, report.id, version=report.version + 1)


def settled_by_lead(turn: Turn, draft: Draft, stored: Report | None, *, replaces: int | None = None) -> list[Saying]:
    """The lead answered for a student what had stood open; None: the message counts nothing. Both are told."""
    student = people.by_id(turn.tx, draft.person)
    assert student is not None
    lines, told = saying.report_in_words(turn, stored) if stored else "", _chats(turn, student)
    words = saying.quoted(draft.text or "")
    text = turn.text("reporting.done_open", name=student.name, draft=draft, words=words, lines=lines, told=bool(told))
    mend = (
        turn.offer(MEMBERS_REPORT, stored.id, {"Sửa": "fix", "Xóa": "delete"}, version=stored.version)
        if stored
        else turn.offer(REOPEN, draft.id)
    )
    return [
        Reply(text, (mend,), replaces=replaces),
        *(_told_open(turn, student, draft, stored, chat) for chat in told),
    ]


def reopened_by_lead(turn: Turn, draft: Draft, *, replaces: int | None = None) -> list[Saying]:
    """What the lead had left out waits for its number again. Both are told; in the team's group one message does."""
    student = people.by_id(turn.tx, draft.person)
    assert student is not None
    told, words = _chats(turn, student) if turn.chat.private else [], saying.quoted(draft.text or "")
    text = turn.text("reporting.reopened", name=student.name, draft=draft, words=words, told=bool(told))
    news = turn.text_for(student, "reporting.told_reopened", lead=turn.me.name, draft=draft, words=words)
    return [Reply(text, replaces=replaces), *(Reply(news, to=chat) for chat in told)]


def _told_open(turn: Turn, student: Person, draft: Draft, stored: Report | None, chat: int) -> Reply:
    """With the buttons of an own report."""
    text = turn.text_for(
        student,
        "reporting.told_open",
        lead=turn.me.name,
        draft=draft,
        words=saying.quoted(draft.text or ""),
        lines=saying.report_in_words(turn, stored) if stored else "",
        standing=saying.standing_of(turn, stored, privately=True) if stored else "",
    )
    if stored is None:
        return Reply(text, to=chat)
    row = turn.offer(OWN_REPORT, stored.id, version=stored.version, person=student.id, chat=chat)
    return Reply(text, (row,), to=chat, report=stored.id)


# What somebody reports for somebody else.


def reported_for(turn: Turn, stored: Report, *, replaces: int | None = None) -> list[Saying]:
    """The sender is told for whom it counts and how to take it back; the one it counts for hears of it."""
    person = _whose(turn, stored)
    lines = saying.report_in_words(turn, stored)
    told = _chats(turn, person)
    text = turn.text("behalf.recorded", name=person.name, lines=lines, told=bool(told), itself=person.id == turn.me.id)
    undo = turn.offer(BEHALF, stored.id, {"Hoàn tác": "undo"}, version=stored.version)
    return [
        Reply(text, (undo,), replaces=replaces, report=stored.id),
        *(_heard(turn, person, stored, lines, chat) for chat in told),
    ]


def _heard(turn: Turn, person: Person, stored: Report, lines: str, chat: int) -> Reply:
    """With the buttons of an own report."""
    buttons = turn.offer(OWN_REPORT, stored.id, version=stored.version, person=person.id, chat=chat)
    standing = saying.standing_of(turn, stored, privately=True)
    text = turn.text_for(person, "behalf.told", by=turn.me.name, lines=lines, standing=standing)
    return Reply(text, (buttons,), to=chat, report=stored.id)


def taken_back_for(turn: Turn, before: Report, after: Report, *, replaces: int | None = None) -> list[Saying]:
    """What was reported for somebody else was taken back: both are told."""
    person = _whose(turn, before)
    lines = saying.report_in_words(turn, before)
    standing = saying.standing_of(turn, after, privately=True)
    news = turn.text_for(person, "behalf.told_withdrawn", by=turn.me.name, lines=lines, standing=standing)
    text = turn.text("behalf.withdrawn", name=person.name, lines=lines)
    return [Reply(text, replaces=replaces), *(Reply(news, to=chat) for chat in _chats(turn, person))]


def _whose(turn: Turn, report: Report) -> Person:
    person = people.by_id(turn.tx, report.person)
    assert person is not None
    return person


def _chats(turn: Turn, person: Person) -> list[int]:
    """The private chats of somebody else; nobody is told what they did themselves."""
    return accounts.private_chats(turn.tx, person.id) if person.id != turn.me.id else []
