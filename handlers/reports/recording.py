"""A report is stored and said back: with the sums and buttons in a private chat, with a sign in a group."""

from collections.abc import Sequence

from handlers import saying
from handlers.clerk.evening import adds
from handlers.language import Outcome, Reading, fold
from handlers.messages import Button, Message, Reaction, Reply, Saying
from handlers.places import placing
from handlers.reports import homes_and_visits
from handlers.reports.recorded import on_record
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
    on_record(turn, stored, "made", stored.lines, new=True)
    turn.touch(told.chat, told.message)
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
    more = adds(fold(message.text))  # `thêm 1 máy nữa` is no second telling of the first
    double = homes_and_visits.twin(turn, stored, reading) if reading and not more else None
    doubt = _doubt(turn, stored, *double) if double else ""
    if message.chat.private:
        return in_full(turn, stored, doubt=doubt)
    short = turn.text("reporting.recorded_short", lines=saying.said_of(turn, stored))
    if in_words or doubt:
        short += doubt
        return Reply(short, (buttons_of(turn, stored),) if doubt else (), report=stored.id)
    return Reaction(RECORDED_SIGN, message.id, short, stored.id)


def in_full(turn: Turn, stored: Report, *, doubt: str = "", replaces: int | None = None) -> Reply:
    """What was recorded, whom the report promises a visit, where the day stands, and the buttons."""
    promised = any(line.outcome == Outcome.REVISIT for line in stored.lines)  # only then a time can stand with it
    promises = homes_and_visits.promises(turn, stored) if promised else []
    alone = [(line.outcome, line.n) for line in stored.lines] == [("revisit", 1)]
    text = turn.text(
        "reporting.recorded",
        lines=saying.said_of(turn, stored),
        visits=promises,
        kept=[one.home for one in turn.visited],
        alone=alone,
        where=placing.name_of(turn, stored.lines[0].hamlet) if alone else "",
        standing=(saying.standing_of(turn, stored) + doubt).lstrip(),
    )
    return Reply(text, (buttons_of(turn, stored),), replaces=replaces, report=stored.id)


def _doubt(turn: Turn, stored: Report, home: str, twin: Twin) -> str:
    """The line that points out that somebody has reported this house already; a group of others is not told who."""
    who = "" if twin.person == turn.me.id else twin.name
    among = turn.is_among(stored.team)
    return "\n" + turn.text("reporting.doubtful", home=home, who=who, named=among, at=twin.at)


def buttons_of(turn: Turn, stored: Report) -> tuple[Button, ...]:
    """[Hoàn tác] [Sửa] for the newest version of a report."""
    return turn.offer(OWN_REPORT, stored.id, version=stored.version, person=stored.person)
