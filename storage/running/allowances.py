"""How many messages each bot has sent in a month, where a platform grants only so many. Months are 202305."""

from storage.engine.transaction import Transaction


def spend(tx: Transaction, channel: str, month: int, messages: int) -> int:
    """Counts messages of this bot; fewer than 0 gives back what never left. How many it has sent this month."""
    row = tx.one(
        """INSERT INTO messages_out (channel, month, n) VALUES (:channel, :month, :messages)
           ON CONFLICT (channel, month) DO UPDATE SET n = messages_out.n + excluded.n
           RETURNING n""",
        channel=channel,
        month=month,
        messages=messages,
    )
    return int(row["n"]) if row else 0


def spent(tx: Transaction, channel: str, month: int) -> int:
    """How many messages the bot has sent this month."""
    row = tx.one("SELECT n FROM messages_out WHERE channel = :channel AND month = :month", channel=channel, month=month)
    return int(row["n"]) if row else 0
