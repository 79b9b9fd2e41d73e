"""A report is stored and said back: with the sums and buttons in a private chat, with a sign in a group."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import saying
from handlers.language import Reading
from handlers.messages import Button, Message, Reaction, Reply, Saying
from handlers.reports import homes_and_visits
from handlers.turn import Turn
from storage.campaign import hamlets
from storage.campaign.teams import Team
from storage.reports import reports
from storage.reports.homes import Twin
from storage.reports.reports import Report
from storage.reports.tallies import Line
from storage.talk import outbox

MOST = 50  # phones, homes or people in one message that are believed without asking
RECORDED_SIGN = "👍"
CORRECTED_SIGN = "✍"
CHOICES = {"Hoàn tác": "undo", "Sửa": "fix"}


def too_many(lines: Sequence[Line]) -> bool:
    """Whether one message says more than one house can have."""
    return any(line.n > MOST for line in lines)


def record(
    message: Message,
    turn: Turn,
    team: Team,
    reading: Reading,
    lines: Sequence[Line],
    *,
    in_words: bool = False,
) -> list[Saying]:
    """Store a report that the message makes. `in_words`: a sign would not say all, in a group either."""
    stored = reports.record(
        turn.tx,
        person=turn.me.id,
        team=team.id,
        day=turn.day_of(message, reading.day),
        at=message.at,
        chat=turn.chat.id,
        message=message.id,
        lines=lines,
        text=message.text,
    )
    homes_and_visits.note(turn, stored, reading)
    return [recorded(message, turn, stored, reading, in_words=in_words)]


def recorded(
    message: Message, turn: Turn, stored: Report, reading: Reading | None = None, *, in_words: bool = False
) -> Saying:
    """The answer to a report that was stored: with the sums in a private chat, a sign in a group."""
    lines = saying.said(turn, stored.lines)
    double = homes_and_visits.twin(turn, stored, reading) if reading else None
    doubt = _doubt(turn, *double) if double else ""
    if not message.chat.private and (in_words or doubt):
        short = turn.text("reporting.recorded_short", lines=lines) + doubt
        return Reply(short, (buttons_of(turn, stored),) if doubt else (), report=stored.id)
    if not message.chat.private:
        return Reaction(RECORDED_SIGN, message.id, turn.text("reporting.recorded_short", lines=lines), stored.id)
    alone = _is_visit_alone(stored)
    return turn.say(
        "reporting.recorded",
        lines=lines,
        visits=homes_and_visits.promises(turn, stored) if reading and reading.appointments else (),
        alone=alone,
        where=hamlets.hamlet_name(turn.tx, stored.lines[0].hamlet) if alone else "",
        standing=saying.standing_of(turn, stored) + doubt,
        buttons=(buttons_of(turn, stored),),
        about=stored.id,
    )


def _doubt(turn: Turn, home: str, twin: Twin) -> str:
    """The line that points out that somebody has reported this house already."""
    who = "" if twin.person == turn.me.id else twin.name
    return "\n" + turn.text("reporting.doubtful", home=home, who=who, at=twin.at)


def _is_visit_alone(stored: Report) -> bool:
    """Whether a report says nothing but one promised visit."""
    return [(line.outcome, line.n) for line in stored.lines] == [("revisit", 1)]


def corrected(turn: Turn, report: Report, *, edits: str | None = None) -> Reply:
    """Says what a report says from now on; `edits`: the bot's message that says it."""
    text = turn.text(
        "reporting.corrected", lines=saying.said(turn, report.lines), standing=saying.standing_of(turn, report)
    )
    return Reply(text, (buttons_of(turn, report),), edits=edits, report=report.id)


def after_edit(turn: Turn, report: Report) -> Saying:
    """What the bot said last about the report is edited to what it says now; in a group a sign may do."""
    answer = outbox.newest_answer(turn.tx, report.id, turn.chat.id)
    if turn.chat.private or answer is not None:
        return replace(corrected(turn, report), replaces=answer)
    lines = saying.said(turn, report.lines)
    return Reaction(CORRECTED_SIGN, report.message, turn.text("reporting.recorded_short", lines=lines), report.id)


def buttons_of(turn: Turn, stored: Report) -> tuple[Button, ...]:
    """[Hoàn tác] [Sửa] for the newest version of a report."""
    return turn.offer("report", stored.id, CHOICES, version=stored.version, person=stored.person, own_labels=False)


def withdraw(turn: Turn, report: Report, *, edits: str | None = None) -> Reply:
    """Withdraws a report; says which, and where that leaves the day, also where an adjustment falls with it."""
    adjusted = len(reports.adjustments(turn.tx, report.person, report.day))
    after = reports.withdraw(turn.tx, report, by=turn.me.id, at=turn.at)
    text = turn.text(
        "reporting.withdrawn",
        report=after,
        lines=saying.said(turn, report.lines),
        lifted=report.change != "adjusted" and len(reports.adjustments(turn.tx, report.person, report.day)) < adjusted,
        standing=saying.standing_of(turn, after),
    )
    return Reply(text, edits=edits)
