"""What the bot says, from the moment it is committed until a platform has it: a queue in a table.

Rule: of each chat and class only the oldest open row may be sent, when it is due; a row that was `sending` when
the program died is said again, marked, since nobody knows whether it arrived.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from math import ceil

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction


class Class(IntEnum):
    """How urgent: a lower class never waits for a higher one."""

    ANSWER = 0
    APPOINTMENT = 1
    SUMMARY = 2
    BROADCAST = 3


class Again(IntEnum):
    """Whether a row may have been said before, and how we know."""

    NO = 0
    CUT_OFF = 1  # the program ended while it was on its way
    UNKNOWN = 2  # the platform did not answer


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row to be sent. `body` is the reply as JSON."""

    id: int
    chat: int
    channel: str
    address: str
    private: bool
    urgency: Class
    body: str
    meant_at: datetime
    due_at: datetime
    expires_at: datetime | None
    attempts: int
    again: Again


def add(
    tx: Transaction,
    chat: int,
    body: str,
    *,
    urgency: Class,
    at: datetime,
    expires_at: datetime | None = None,
    key: str | None = None,
    report: int | None = None,
    words: bool = True,
) -> int | None:
    """Puts something in line for a chat; None where its key was used before.

    `words`: it is a message of its own, not only a sign on another one or the like.
    """
    row = tx.one(
        """INSERT INTO outbox (chat, class, meant_at, due_at, expires_at, key, report, words)
           VALUES (:chat, :class, :at, :at, :expires_at, :key, :report, :words)
           ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING RETURNING id""",
        **{"class": urgency},
        chat=chat,
        at=stamp(at),
        expires_at=stamp(expires_at) if expires_at else None,
        key=key,
        report=report,
        words=words,
    )
    if row is None:
        return None
    id: int = row["id"]
    tx.run("INSERT INTO bodies (outbox, body) VALUES (:id, :body)", id=id, body=body)
    return id


_PARCEL = """o.id, o.chat, c.channel, c.address, c.kind, o.class, b.body, o.meant_at, o.due_at, o.expires_at,
    o.attempts, o.again"""

# The oldest open row of each chat and class, where it is not on its way: urgent ones first, then by age. The first part
# reads only the index, so that thousands of waiting rows cost little.
_HEADS = f"""
WITH oldest AS (
    SELECT min(id) AS id FROM outbox WHERE state IN ('due', 'sending') GROUP BY chat, class
)
SELECT {_PARCEL}
FROM oldest CROSS JOIN outbox o JOIN bodies b ON b.outbox = o.id JOIN chats c ON c.id = o.chat
WHERE o.id = oldest.id AND o.state = 'due'
ORDER BY o.class, o.id
"""


def _parcel(row: Row) -> Parcel:
    return Parcel(
        id=row["id"],
        chat=row["chat"],
        channel=row["channel"],
        address=row["address"],
        private=row["kind"] == "private",
        urgency=Class(row["class"]),
        body=row["body"],
        meant_at=moment(row["meant_at"]),
        due_at=moment(row["due_at"]),
        expires_at=moment(row["expires_at"]) if row["expires_at"] is not None else None,
        attempts=row["attempts"],
        again=Again(row["again"]),
    )


def heads(tx: Transaction) -> Iterator[Parcel]:
    """What may be sent as far as order goes, now or when it is due: for each chat and class the oldest."""
    yield from map(_parcel, tx.each(_HEADS))


def behind(tx: Transaction, parcel: Parcel, now: datetime) -> list[Parcel]:
    """What waits in the same chat and class behind a parcel, oldest first."""
    rows = tx.all(
        f"""SELECT {_PARCEL} FROM outbox o JOIN bodies b ON b.outbox = o.id JOIN chats c ON c.id = o.chat
            WHERE o.chat = :chat AND o.class = :class AND o.id > :id AND o.state = 'due' AND o.due_at <= :now
            ORDER BY o.id""",
        **{"class": parcel.urgency},
        chat=parcel.chat,
        id=parcel.id,
        now=stamp(now),
    )
    return [_parcel(row) for row in rows]


def merge(tx: Transaction, parcel: Parcel, body: str, others: Sequence[Parcel]) -> None:
    """The parcel says `body` from now on, and with it all that the others would have said."""
    rewrite(tx, parcel.id, body)
    tx.run_many("UPDATE outbox SET state = 'merged' WHERE id = :id", [{"id": other.id} for other in others])


def claim(tx: Transaction, parcels: Sequence[Parcel]) -> None:
    """These are on their way."""
    tx.run_many(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = :id",
        [{"id": parcel.id} for parcel in parcels],
    )


def unclaim(tx: Transaction, *, but: Collection[int]) -> None:
    """At an end in good order: what was claimed and never left is due as before; `but` these are on their way."""
    rows = tx.all("SELECT id FROM outbox WHERE state IN ('due', 'sending') AND state = 'sending'")
    tx.run_many(
        "UPDATE outbox SET state = 'due', attempts = attempts - 1 WHERE id = :id",
        [{"id": row["id"]} for row in rows if row["id"] not in but],
    )


def rewrite(tx: Transaction, id: int, body: str) -> None:
    """The row says something else when it is sent."""
    tx.run("UPDATE bodies SET body = :body WHERE outbox = :id", id=id, body=body)


def say_instead(tx: Transaction, id: int, body: str) -> None:
    """The row becomes a message: what it was cannot be done there."""
    rewrite(tx, id, body)
    tx.run("UPDATE outbox SET words = 1 WHERE id = :id", id=id)


def settle(tx: Transaction, id: int, state: str) -> None:
    """A row came to its end unsent."""
    tx.run("UPDATE outbox SET state = :state WHERE id = :id", id=id, state=state)


def sent(tx: Transaction, id: int, sent_id: str | None) -> None:
    """The platform has it, under its message id; what it says is there, and no longer here."""
    tx.run("UPDATE outbox SET state = 'sent', sent_id = :sent_id WHERE id = :id", id=id, sent_id=sent_id)
    tx.run("DELETE FROM bodies WHERE outbox = :id", id=id)


def postpone(tx: Transaction, id: int, until: datetime, *, again: bool = False) -> None:
    """The row is due again, not before `until`; `again`: this attempt may have arrived."""
    tx.run(
        """UPDATE outbox SET state = 'due', due_at = :until, again = CASE WHEN :again THEN :unknown ELSE again END
           WHERE id = :id""",
        id=id,
        until=ceil(until.timestamp()),
        again=again,
        unknown=Again.UNKNOWN,
    )


def go_on(tx: Transaction, id: int, body: str, now: datetime, *, unsaid: bool = False) -> None:
    """The first part of a row has arrived; the rest goes next, in the row's place in line and with tries of its own.

    `unsaid`: none of the rest was ever said, even where the first part may have been said before.
    """
    rewrite(tx, id, body)
    tx.run(
        """UPDATE outbox SET state = 'due', due_at = :now, attempts = 0,
               again = CASE WHEN :unsaid THEN :no WHEN again = :unknown THEN :cut_off ELSE again END
           WHERE id = :id""",
        id=id,
        now=stamp(now),
        unsaid=unsaid,
        no=Again.NO,
        unknown=Again.UNKNOWN,
        cut_off=Again.CUT_OFF,
    )


def recover(tx: Transaction) -> int:
    """At start: what was on its way when the program ended goes back in line, marked. How many."""
    return tx.run(
        """UPDATE outbox SET state = 'due', attempts = 0, again = CASE again WHEN :no THEN :cut_off ELSE again END
           WHERE state = 'sending'""",
        no=Again.NO,
        cut_off=Again.CUT_OFF,
    )


def drop_for(tx: Transaction, chat: int) -> int:
    """Nothing that waits for this chat will be sent. How many."""
    return tx.run("UPDATE outbox SET state = 'failed' WHERE chat = :chat AND state = 'due'", chat=chat)


def sent_id(tx: Transaction, id: int) -> str | None:
    """The platform's message id of a row that was sent."""
    row = tx.one("SELECT sent_id FROM outbox WHERE id = :id", id=id)
    return row["sent_id"] if row else None


def newest_answer(tx: Transaction, report: int, chat: int) -> int | None:
    """The row in which the bot last said something about a report in this chat; None where it only put a sign."""
    row = tx.one(
        """SELECT id FROM outbox
           WHERE report = :report AND chat = :chat
             AND (sent_id IS NOT NULL OR (state IN ('due', 'sending') AND words = 1))
           ORDER BY id DESC LIMIT 1""",
        report=report,
        chat=chat,
    )
    return row["id"] if row else None


def is_about(tx: Transaction, report: int, chat: int, sent_id: str) -> bool:
    """Whether this message of the bot is about the report."""
    row = tx.one(
        "SELECT 1 FROM outbox WHERE report = :report AND chat = :chat AND sent_id = :sent_id",
        report=report,
        chat=chat,
        sent_id=sent_id,
    )
    return row is not None


def has_key(tx: Transaction, key: str) -> bool:
    """Whether this was put in line before."""
    return tx.one("SELECT 1 FROM outbox WHERE key = :key", key=key) is not None


def waiting(tx: Transaction) -> int:
    """How many rows are still to be sent."""
    row = tx.one("SELECT count(*) AS n FROM outbox WHERE state IN ('due', 'sending')")
    return row["n"] if row else 0


def waiting_by_class(tx: Transaction) -> dict[str, int]:
    """How many rows are still to be sent, by the name of their class."""
    rows = tx.all("SELECT class, count(*) AS n FROM outbox WHERE state IN ('due', 'sending') GROUP BY class")
    counted = {row["class"]: row["n"] for row in rows}
    return {urgency.name.lower(): counted.get(urgency.value, 0) for urgency in Class}


def count_before(tx: Transaction, before: datetime) -> int:
    """How many rows `prune` could forget by now."""
    row = tx.one(
        "SELECT count(*) AS n FROM outbox WHERE state NOT IN ('due', 'sending') AND meant_at < :before",
        before=stamp(before),
    )
    return row["n"] if row else 0


def prune(tx: Transaction, before: datetime, limit: int) -> int:
    """Forgets what was said before a moment, some rows at a time; the next call goes on. How many."""
    return tx.run(
        """DELETE FROM outbox WHERE id IN (
               SELECT id FROM outbox WHERE state NOT IN ('due', 'sending') AND meant_at < :before
               ORDER BY id LIMIT :limit)""",
        before=stamp(before),
        limit=limit,
    )
