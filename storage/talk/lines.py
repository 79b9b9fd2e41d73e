"""What leaves next: the oldest row of each line of the outbox, channel by channel, however many stand behind them.

A line is what waits in one chat, of one class: words keep their order there, and signs on people's messages wait for no
words.
"""

from collections.abc import Iterator
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction
from storage.talk.outbox import COLUMNS, Parcel, parcel_of

_AT_ONCE = 30  # rows that are read before anybody asks for more

# In the order of the index, so that whoever needs the first few pays for no others. A row on its way holds up its line.
_HEADS = f"""
SELECT {COLUMNS}
FROM outbox o JOIN bodies b ON b.outbox = o.id JOIN chats c ON c.id = o.chat
WHERE o.channel = :channel AND o.words = :words AND o.state IN ('due', 'sending') AND o.state = 'due'
  AND (o.class, o.id) > (:class, :id) AND o.due_at <= :now
  AND NOT EXISTS (
      SELECT 1 FROM outbox e
      WHERE e.chat = o.chat AND e.class = o.class AND e.words = o.words AND e.id < o.id
        AND e.state IN ('due', 'sending'))
ORDER BY o.class, o.id LIMIT {_AT_ONCE}
"""


def heads(tx: Transaction, channel: str, now: datetime, *, words: bool) -> Iterator[Parcel]:
    """What may be sent now there as far as order goes, words or signs: urgent ones first, then by age.

    It is read as it is asked for: what changes meanwhile counts.
    """
    after = (-1, 0)
    while rows := tx.all(_HEADS, **{"class": after[0]}, id=after[1], channel=channel, words=int(words), now=stamp(now)):
        yield from map(parcel_of, rows)
        after = (rows[-1]["class"], rows[-1]["id"])


def next_due(tx: Transaction, channel: str, now: datetime) -> datetime | None:
    """When the next of what has to wait there is due, the first in its line or not; None: nothing waits."""
    row = tx.one(
        """SELECT min(due_at) AS at FROM outbox
           WHERE channel = :channel AND state IN ('due', 'sending') AND state = 'due' AND due_at > :now""",
        channel=channel,
        now=stamp(now),
    )
    return moment(row["at"]) if row and row["at"] is not None else None
