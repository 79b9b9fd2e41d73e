"""What people who have not joined were answered, so that it is not said to them again and again."""

from datetime import datetime

from storage.engine.times import stamp
from storage.engine.transaction import Transaction


def note(tx: Transaction, *, channel: str, sender: str, what: str, at: datetime) -> None:
    """Remembers an answer."""
    tx.run(
        """INSERT INTO strangers_told (channel, sender, what, at, n) VALUES (:channel, :sender, :what, :at, 1)
           ON CONFLICT (channel, sender, what, at) DO UPDATE SET n = strangers_told.n + 1""",
        channel=channel,
        sender=sender,
        what=what,
        at=stamp(at),
    )


def was_told(tx: Transaction, *, channel: str, sender: str, what: str, since: datetime) -> bool:
    """Whether this account got this answer after a moment."""
    row = tx.one(
        """SELECT 1 FROM strangers_told
           WHERE channel = :channel AND sender = :sender AND what = :what AND at > :since LIMIT 1""",
        channel=channel,
        sender=sender,
        what=what,
        since=stamp(since),
    )
    return row is not None


def count(tx: Transaction, *, channel: str, since: datetime) -> int:
    """How many answers all of them got on a channel since a moment."""
    row = tx.one(
        "SELECT coalesce(sum(n), 0) AS n FROM strangers_told WHERE channel = :channel AND at >= :since",
        channel=channel,
        since=stamp(since),
    )
    return int(row["n"]) if row else 0


def prune(tx: Transaction, before: datetime) -> int:
    """Forgets what was answered before a moment. How many."""
    return tx.run("DELETE FROM strangers_told WHERE at < :before", before=stamp(before))
