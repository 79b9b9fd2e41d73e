"""A report is stored and said back: with the sums and buttons in a private chat, with a sign in a group."""

from collections.abc import Sequence

from handlers import saying
from handlers.language import Outcome, Reading
from handlers.messages import Button, Message, Reaction, Reply, Saying
from handlers.places import placing
from handlers.reports import homes_and_visits
from handlers.states import OWN_REPORT
from handlers.turn import Turn
from storage.campaign.teams import Team
from storage.reports import reports
from storage.reports.homes import Twin
from storage.reports.reports import Report, Told
from storage.reports.tallies import Line

MOST = 50  # phones, homes or people in one message that are believed without asking
RECORDED_SIGN = "👍"


def told_by(message: Message, turn: Turn, reading: Reading, *, person: int | None = None) -> Told:
    """A message as what makes a report, of its sender or of somebody for whom it reports."""
    day = turn.day_of(message, reading.day)
    whose = turn.me.id if person is None else person
    return Told(whose, day, message.at, turn.chat.id, message.id, message.text, turn.me.id)


def too_many(lines: Sequence[Line]) -> bool:
    """Whether one message says more than one house can have."""
    return any(line.n > MOST for line in lines)


def store(
    turn: Turn, team: Team, told: Told, lines: Sequence[Line], reading: Reading | None, *, change: str = "said"
) -> Report:
    """The one door through which a report comes to be. `reading`: tells homes and promised visits."""
    known = placing.learn(turn, team.commune, lines)
    stored = reports.record(turn.tx, told, team=team.id, lines=known, change=change)
    if reading is not None:
        homes_and_visits.note(turn, stored, reading)
    return stored


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
    stored = store(turn, team, told_by(message, turn, reading), lines, reading)
    return [recorded(message, turn, stored, reading, in_words=in_words)]


def recorded(
    message: Message, turn: Turn, stored: Report, reading: Reading | None = None, *, in_words: bool = False
) -> Saying:
    """The answer to a report that was stored: with the sums in a private chat, a sign in a group."""
    double = homes_and_visits.twin(turn, stored, reading) if reading else None
    doubt = _doubt(turn, *double) if double else ""
    if message.chat.private:
        return in_full(turn, stored, homes=homes_of(reading), doubt=doubt)
    short = turn.text("reporting.recorded_short", lines=saying.said(turn, stored.lines))
    if in_words or doubt:
        short += doubt
        return Reply(short, (buttons_of(turn, stored),) if doubt else (), report=stored.id)
    return Reaction(RECORDED_SIGN, message.id, short, stored.id)


def homes_of(reading: Reading | None) -> list[str]:
    """The homes whose work a reading tells, as they were written."""
    return [home.label for home in reading.homes if home.counts] if reading is not None else []


def in_full(
    turn: Turn, stored: Report, *, homes: Sequence[str] = (), doubt: str = "", edits: str | None = None
) -> Reply:
    """What was recorded, whom the report promises a visit, where the day stands, and the buttons."""
    promised = any(line.outcome == Outcome.REVISIT for line in stored.lines)  # only then a time can stand with it
    promises = homes_and_visits.promises(turn, stored) if promised else []
    alone = [(line.outcome, line.n) for line in stored.lines] == [("revisit", 1)]
    text = turn.text(
        "reporting.recorded",
        lines=saying.with_home(saying.said(turn, stored.lines), homes),
        visits=promises,
        alone=alone,
        where=placing.name_of(turn, stored.lines[0].hamlet) if alone else "",
        standing=saying.standing_of(turn, stored) + doubt,
    )
    return Reply(text, (buttons_of(turn, stored),), edits=edits, report=stored.id)


def _doubt(turn: Turn, home: str, twin: Twin) -> str:
    """The line that points out that somebody has reported this house already."""
    who = "" if twin.person == turn.me.id else twin.name
    return "\n" + turn.text("reporting.doubtful", home=home, who=who, at=twin.at)


def buttons_of(turn: Turn, stored: Report) -> tuple[Button, ...]:
    """[Hoàn tác] [Sửa] for the newest version of a report."""
    return turn.offer(OWN_REPORT, stored.id, version=stored.version, person=stored.person)
