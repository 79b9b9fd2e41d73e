"""What people ask of the timetable: that a job is done now, shown to them alone, or that a team's day is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Row, Transaction

RUN, TRIAL, CLOSE = "run", "trial", "close"


@dataclass(frozen=True, slots=True)
class Order:
    """`subject`: of a day that is closed the team, else 0. `number`: which of several alike, from 1.

    `said`: of a closed day a digest of what was summed up; None: it is not done yet.
    """

    id: int
    job: str
    what: str
    subject: int
    day: date
    number: int
    person: int
    chat: int
    at: datetime
    said: str | None


_ORDER = "id, job, what, subject, day, number, person, chat, at, said"


def _order(row: Row) -> Order:
    return Order(
        row["id"],
        row["job"],
        row["what"],
        row["subject"],
        day_of(row["day"]),
        row["number"],
        row["person"],
        row["chat"],
        moment(row["at"]),
        row["said"],
    )


def give(
    tx: Transaction, job: str, what: str, *, day: date, person: int, chat: int, at: datetime, team: int = 0
) -> int:
    """It is to be done as soon as the timetable looks; which of several alike it is."""
    row = tx.one(
        """INSERT INTO orders (job, what, subject, day, number, person, chat, at)
           SELECT :job, :what, :team, :day, 1 + count(*), :person, :chat, :at FROM orders
           WHERE job = :job AND what = :what AND subject = :team AND day = :day RETURNING number""",
        job=job,
        what=what,
        team=team,
        day=day_number(day),
        person=person,
        chat=chat,
        at=stamp(at),
    )
    assert row is not None
    number: int = row["number"]
    return number


def still_open(tx: Transaction) -> list[Order]:
    """What is still to be done, the oldest first."""
    return [_order(row) for row in tx.all(f"SELECT {_ORDER} FROM orders WHERE done_at IS NULL ORDER BY id")]


def settle(tx: Transaction, order: int, *, at: datetime, said: str | None = None) -> None:
    """It is done."""
    tx.run("UPDATE orders SET done_at = :at, said = :said WHERE id = :order", at=stamp(at), said=said, order=order)


def last_closing(tx: Transaction, job: str, team: int, day: date) -> Order | None:
    """How a team's day was closed last; None: it was not."""
    row = tx.one(
        f"""SELECT {_ORDER} FROM orders
            WHERE job = :job AND what = 'close' AND subject = :team AND day = :day ORDER BY number DESC LIMIT 1""",
        job=job,
        team=team,
        day=day_number(day),
    )
    return _order(row) if row else None


def places_told(tx: Transaction, keys: str) -> int:
    """In how many chats what was asked for is said; of these keys, in which `%` stands for anything."""
    row = tx.one("SELECT count(DISTINCT chat) AS n FROM outbox WHERE key LIKE :keys", keys=keys)
    return row["n"] if row else 0


def was_told(tx: Transaction, key: str) -> bool:
    """Whether what was asked for is said under this key, or will be; not where it ended unsaid."""
    return tx.one("SELECT 1 FROM outbox WHERE key = :key AND state NOT IN ('failed', 'expired')", key=key) is not None
