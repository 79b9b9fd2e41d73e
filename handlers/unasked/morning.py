"""The morning's digest of the campaign, for its officers."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers import texts
from handlers.figures import charts, facts, series, worth_asking
from handlers.figures.facts import Board, Pace, Row, Standing
from handlers.messages import Reply
from handlers.turn import House, command_button
from handlers.unasked.night import Recipients
from storage.campaign import accounts, communes, people, phases
from storage.campaign.communes import Commune
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.field import leave
from storage.reports import totals

LONGEST_NAME = 13  # so that a line is no longer than a phone is wide: 30 characters
SLOW_DAYS = 3  # so many days below the quota make a team slip
MANY = 10  # failures of one kind
_FAILURES = ("failed", "no_card", "no_phone", "refused", "absent")


@dataclass(frozen=True, slots=True)
class Line:
    """A commune's day. `silent`: nobody reported; `slow`: days below the quota one after the other, where they are too
    many; `failing`, `failures`: the outcome of which there are many that day, and how many ('' and 0: none).
    """

    name: str
    standing: Standing
    silent: bool = False
    slow: bool = False
    failing: str = ""
    failures: int = 0

    @property
    def slips(self) -> bool:
        """Whether somebody should look after it."""
        return self.silent or self.slow or bool(self.failing)


def digest(tx: Transaction, house: House, day: date, now: datetime, *, recipient: Person | None) -> Reply:
    """All communes after a work day: the day, the total, and the teams that slip first."""
    whole, places = phases.current(tx), communes.every(tx)
    board = facts.board(tx, places, day, finished=True)
    lines = _lines(tx, house, board, day)
    asking = worth_asking.number(tx, house.calendar, day)
    text = texts.render(
        "summary.digest",
        calendar=house.calendar,
        now=now,
        person=recipient,
        campaign=whole.name if whole else "",
        day=day,
        pace=board.pace,
        whole=board.whole,
        slipping=[line for line in lines if line.slips],
        rows=[line for line in lines if not line.slips],
        slow_days=SLOW_DAYS,
        asking=asking,
    )
    course = series.course(tx, places, day, name=whole.name if whole else "", finished=True)
    buttons = ((command_button("Điều nên hỏi", f"/luuy {day:%d/%m}"),),) if asking != 0 else ()
    return Reply(text, buttons=buttons, drawing=charts.picture_of(tx, course, now))


def short(commune: Commune) -> str:
    """A commune's name in a line that is no longer than a phone is wide."""
    name = facts.short(commune)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _lines(tx: Transaction, house: House, board: Board, day: date) -> list[Line]:
    """A line a commune; who slips on a day of the phase, the worst first."""
    pace = board.pace
    if pace is None or pace.before or pace.over:
        return [Line(short(row.commune), row.standing) for row in board.rows]
    reported, off = totals.reporters(tx, pace.phase.id, day), leave.in_phase(tx, pace.phase.id, day)
    slow = _slow(tx, house, board, pace, day)
    lines = []
    for row in board.rows:
        on_duty = row.team is not None and row.students > len(off.get(row.team, ()))
        silent = on_duty and row.team not in reported and not row.standing.today
        failing, failures = _failing(row.standing)
        lines.append(Line(short(row.commune), row.standing, silent, row.team in slow, failing, failures))
    return sorted(lines, key=lambda line: (not line.silent, not line.slow, not line.failing))


def _failing(standing: Standing) -> tuple[str, int]:
    """What failed most that day, where it is much beside what succeeded."""
    outcome = max(_FAILURES, key=lambda one: standing.today.get(one, 0))
    n = standing.today.get(outcome, 0)
    return (outcome, n) if n >= max(MANY, standing.phones_today) else ("", 0)


def _slow(tx: Transaction, house: House, board: Board, pace: Pace, day: date) -> set[int]:
    """The teams below their quota on each of the last days on which anybody works, those on leave counted out."""
    days = _days_before(house, pace, day)
    if len(days) < SLOW_DAYS:
        return set()
    each = pace.daily // pace.students if pace.students else 0
    phones = totals.activated_by_day(tx, pace.phase.id, (days[-1], day))
    off = {when: leave.in_phase(tx, pace.phase.id, when) for when in days}

    def below(row: Row, when: date) -> bool:
        duty = row.students - len(off[when].get(row.team or 0, ()))
        return duty > 0 and phones.get(row.team or 0, {}).get(when, 0) < duty * each

    return {row.team for row in board.rows if row.team is not None and all(below(row, when) for when in days)}


def _days_before(house: House, pace: Pace, day: date) -> list[date]:
    """This day and those before it in the phase, but for days off, the newest first."""
    span = [day - facts.ONE_DAY * k for k in range((day - pace.phase.first).days + 1)]
    return [when for when in span if when not in house.days_off][:SLOW_DAYS]


def recipients_of_digest(tx: Transaction) -> Recipients:
    """The campaign's officers in their private chats."""
    found: dict[int, Person | None] = {}
    for officer in people.campaign_officers(tx):
        for chat in accounts.private_chats(tx, officer.id):
            found.setdefault(chat, officer)
    return list(found.items())
