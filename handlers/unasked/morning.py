"""The morning's digest of the campaign, for its officers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from handlers import texts
from handlers.figures import charts
from handlers.figures.gathered import facts, series
from handlers.figures.gathered.facts import Board, Pace, Standing
from handlers.messages import Reply, Rows
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
MOST_SLOW = 6  # teams named for that; of more the slowest
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


def digest(
    tx: Transaction, house: House, day: date, now: datetime, *, recipient: Person | None, asking: int | None
) -> Reply:
    """All communes after a work day: the day, the total, and the teams that slip first.

    `asking`: how much of it is worth a question (`worth_asking.number`), which takes long to count.
    """
    whole, places = phases.current(tx), communes.every(tx)
    board = facts.board(tx, places, day, finished=True)
    slow = _slow(tx, house, board, day)
    lines = _lines(tx, board, day, list(slow)[:MOST_SLOW])
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
        slow=len(slow),
        most_slow=MOST_SLOW,
        teams=sum(row.team is not None for row in board.rows),
        asking=asking,
    )
    course = series.course(tx, places, day, name=whole.name if whole else "", finished=True)
    return Reply(text, buttons=ways(day, asking), drawing=charts.picture_of(tx, course, now))


def ways(day: date, asking: int | None) -> Rows:
    """To what is worth a question of a day, where there is anything. `asking` None: nobody counted."""
    return ((command_button("Điều nên hỏi", f"/luuy {day:%d/%m}"),),) if asking != 0 else ()


def short(commune: Commune) -> str:
    """A commune's name in a line that is no longer than a phone is wide."""
    name = facts.short(commune)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _lines(tx: Transaction, board: Board, day: date, slow: Collection[int]) -> list[Line]:
    """A line a commune; who slips on a day of the phase, the worst first. `slow`: the teams named for that."""
    pace = board.pace
    if pace is None or pace.before or pace.over:
        return [Line(short(row.commune), row.standing) for row in board.rows]
    reported, off = totals.reporters(tx, pace.phase.id, day), leave.in_phase(tx, pace.phase.id, day)
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


def _slow(tx: Transaction, house: House, board: Board, day: date) -> dict[int, float]:
    """The teams below their quota on each of the last days on which anybody works, with their share of it.

    The slowest first; those on leave are counted out.
    """
    pace = board.pace
    days = _days_before(house, pace, day) if pace is not None and not (pace.before or pace.over) else []
    if pace is None or len(days) < SLOW_DAYS:
        return {}
    each = pace.daily // pace.students if pace.students else 0
    phones = totals.activated_by_day(tx, pace.phase.id, (days[-1], day))
    off = {when: leave.in_phase(tx, pace.phase.id, when) for when in days}
    found: dict[int, float] = {}
    for row in board.rows:
        if row.team is None:
            continue
        owed = [(row.students - len(off[when].get(row.team, ()))) * each for when in days]
        done = [phones.get(row.team, {}).get(when, 0) for when in days]
        if all(n < quota for n, quota in zip(done, owed, strict=True)):
            found[row.team] = sum(done) / sum(owed)
    return dict(sorted(found.items(), key=lambda one: one[1]))


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
