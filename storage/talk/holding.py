"""Rows of the outbox whose words or picture are still being made: held in their place in line, and let go.

Nothing waits behind them but their own chat and class. The time until which they are held is the longest that they are
forgotten where the program ends in between.
"""

from collections.abc import Collection
from datetime import datetime
from math import ceil

from storage.engine.times import stamp
from storage.engine.transaction import Transaction

_WAITS_FOR = ('%"drawing":%', '%"seeks":%')  # in the JSON of its body


def hold(tx: Transaction, row: int, until: datetime) -> None:
    """This row waits, at most until then."""
    tx.run("UPDATE outbox SET due_at = :until WHERE id = :row", row=row, until=ceil(until.timestamp()))


def release(tx: Transaction, rows: Collection[int], now: datetime) -> None:
    """What these rows waited for is there, or never will be: they are due."""
    tx.run_many(
        "UPDATE outbox SET due_at = :now WHERE id = :row AND state IN ('due', 'sending') AND due_at > :now",
        [{"row": row, "now": stamp(now)} for row in rows],
    )


def recover(tx: Transaction, now: datetime) -> None:
    """At start: nobody makes what was waited for; what waits is looked at again now."""
    held = tx.all(
        """SELECT o.id FROM outbox o JOIN bodies b ON b.outbox = o.id
           WHERE o.state = 'due' AND o.attempts = 0 AND o.due_at > :now
             AND (b.body LIKE :drawing OR b.body LIKE :seeks)""",
        now=stamp(now),
        drawing=_WAITS_FOR[0],
        seeks=_WAITS_FOR[1],
    )
    release(tx, [row["id"] for row in held], now)
