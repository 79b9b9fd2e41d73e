"""The morning's digest of the campaign, for its officers."""

from datetime import date, datetime

from handlers import texts
from handlers.figures import facts
from handlers.figures.facts import Board
from handlers.messages import Reply
from handlers.turn import House
from handlers.unasked.night import Recipients
from storage.campaign import accounts, communes, people, phases
from storage.campaign.people import Person
from storage.engine.transaction import Transaction
from storage.field import leave
from storage.reports import totals


def digest(tx: Transaction, house: House, day: date, now: datetime, *, recipient: Person | None) -> Reply:
    """All communes after a work day: the day, the total, and the teams that slip."""
    whole = phases.current(tx)
    board = facts.board(tx, communes.every(tx), day, finished=True)
    silent, slow = _slipping(tx, board, day)
    text = texts.render(
        "summary.digest",
        calendar=house.calendar,
        now=now,
        person=recipient,
        campaign=whole.name if whole else "",
        day=day,
        pace=board.pace,
        whole=board.whole,
        silent=silent,
        slow=slow,
        rows=[(facts.short(row.commune), row.standing) for row in board.rows],
    )
    return Reply(text)


def _slipping(tx: Transaction, board: Board, day: date) -> tuple[list[str], list[tuple[str, int, int]]]:
    """The communes without a report on a day of the phase, and those below half of their quota: phones, quota."""
    pace = board.pace
    if pace is None or pace.before or pace.over:
        return [], []
    reported = totals.reporters(tx, pace.phase.id, day)
    off = leave.in_phase(tx, pace.phase.id, day)
    each = pace.daily // pace.students if pace.students else 0
    silent, slow = [], []
    for row in board.rows:
        duty = row.students - len(off.get(row.team, ())) if row.team else 0
        if duty <= 0:
            continue
        if row.team not in reported and not row.standing.today:
            silent.append(facts.short(row.commune))
        elif row.standing.phones_today * 2 < duty * each:
            slow.append((facts.short(row.commune), row.standing.phones_today, duty * each))
    return silent, slow


def recipients_of_digest(tx: Transaction) -> Recipients:
    """The campaign's officers in their private chats."""
    found: dict[int, Person | None] = {}
    for officer in people.campaign_officers(tx):
        for chat in accounts.private_chats(tx, officer.id):
            found.setdefault(chat, officer)
    return list(found.items())
