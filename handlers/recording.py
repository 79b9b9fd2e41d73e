"""A report is stored and said back: with the sums and buttons in a private chat, with a sign in a group."""

from collections.abc import Sequence

from handlers import wording
from handlers.language import Reading
from handlers.messages import Button, Message, Reaction, Saying
from handlers.turn import Turn
from storage import reports
from storage.campaign import Team
from storage.reports import Report
from storage.totals import Line

MOST = 50  # phones, homes or people in one message that are believed without asking
RECORDED_SIGN = "👍"
CORRECTED_SIGN = "✍"
CHOICES = {"Hoàn tác": "undo", "Sửa": "fix"}


def too_many(lines: Sequence[Line]) -> bool:
    """Whether one message says more than one house can have."""
    return any(line.n > MOST for line in lines)


def record(message: Message, turn: Turn, team: Team, reading: Reading, lines: Sequence[Line]) -> list[Saying]:
    """Store a report that the message makes."""
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
    return [recorded(message, turn, stored, reading)]


def recorded(message: Message, turn: Turn, stored: Report, reading: Reading | None = None) -> Saying:
    """The answer to a report that was stored: with the sums in a private chat, a sign in a group."""
    lines = wording.said(turn, stored.lines)
    if not message.chat.private:
        return Reaction(RECORDED_SIGN, message.id, turn.text("reporting.recorded_short", lines=lines), stored.id)
    return turn.say(
        "reporting.recorded",
        lines=lines,
        visits=reading.appointments if reading else (),
        standing=wording.standing_of(turn, stored),
        buttons=(buttons_of(turn, stored),),
        about=stored.id,
    )


def buttons_of(turn: Turn, stored: Report) -> tuple[Button, ...]:
    """[Hoàn tác] [Sửa] for the newest version of a report."""
    return turn.offer("report", stored.id, CHOICES, version=stored.version, person=stored.person, own_labels=False)
