"""What was put in line unasked: which row it is, whether it left; what waits may be joined by what comes."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import stamp
from storage.engine.transaction import Transaction
from storage.talk import outbox
from storage.talk.outbox import Class, Parcel


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row in line, with its key ('' for none)."""

    parcel: Parcel
    key: str


def waiting(tx: Transaction, chat: int) -> list[Waiting]:
    """What waits in a chat for its first try, oldest first."""
    rows = tx.all(
        f"""SELECT {outbox.COLUMNS}, o.key FROM outbox o JOIN bodies b ON b.outbox = o.id JOIN chats c ON c.id = o.chat
            WHERE o.chat = :chat AND o.class = :summary AND o.state IN ('due', 'sending') AND o.state = 'due'
              AND o.attempts = 0 AND o.words = 1
            ORDER BY o.id""",
        chat=chat,
        summary=Class.SUMMARY,
    )
    return [Waiting(outbox.parcel_of(row), row["key"] or "") for row in rows]


def delay(tx: Transaction, key: str, until: datetime) -> None:
    """What was put in line under this key waits for what else there may be to say."""
    tx.run(
        """UPDATE outbox SET due_at = :until
           WHERE key = :key AND state IN ('due', 'sending') AND state = 'due' AND attempts = 0""",
        until=stamp(until),
        key=key,
    )


def by_key(tx: Transaction, key: str) -> int | None:
    """The row that was put in line under this key."""
    row = tx.one("SELECT id FROM outbox WHERE key = :key", key=key)
    return row["id"] if row else None


def is_over(tx: Transaction, id: int) -> bool:
    """Whether a row is no longer in line or on its way."""
    return tx.one("SELECT 1 FROM outbox WHERE id = :id AND state IN ('due', 'sending')", id=id) is None
