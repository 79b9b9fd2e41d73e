"""What ended unsaid, so that somebody can be told; and how the outbox stands as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment
from storage.engine.transaction import Transaction
from storage.talk.outbox import Class, Told
from storage.talk.passage import UNSAID, State


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A row that ended unsaid. `state` says how."""

    id: int
    chat: int
    urgency: Class
    meant_at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Standing:
    """How much is to be sent by class; how much of it may have been said already; what ended unsaid, by how.

    `in_vain`: how many chats wait for the next try of what was tried in vain; `next_try`: when the first of those is.
    """

    waiting: dict[str, int]
    doubtful: int
    unsaid: dict[str, int]
    in_vain: int
    next_try: datetime | None


def since(tx: Transaction) -> datetime | None:
    """When the first of what nobody was told of ended unsaid; None: there is none."""
    row = tx.one(
        """SELECT min(due_at) AS at FROM outbox
           WHERE told = 0 AND state IN ('failed', 'unknown', 'expired')"""
    )
    return moment(row["at"]) if row and row["at"] is not None else None


def untold(tx: Transaction) -> list[Unsaid]:
    """What ended unsaid and nobody was told of, oldest first."""
    rows = tx.all(
        """SELECT id, chat, class, meant_at, state FROM outbox
           WHERE told = 0 AND state IN ('failed', 'unknown', 'expired') ORDER BY id"""
    )
    return [
        Unsaid(row["id"], row["chat"], Class(row["class"]), moment(row["meant_at"]), State((row["state"], 0)))
        for row in rows
    ]


def key_of(tx: Transaction, id: int) -> str | None:
    """By which key a row was put in line."""
    row = tx.one("SELECT key FROM outbox WHERE id = :id", id=id)
    return row["key"] if row else None


def note_needless(tx: Transaction, id: int) -> None:
    """Nobody has to hear that this row goes unsaid: what it would have said is so no more."""
    tx.run("UPDATE outbox SET told = :needless WHERE id = :id", id=id, needless=Told.NEEDLESS)


def note_told(tx: Transaction, unsaid: Sequence[Unsaid]) -> None:
    """Somebody was told of these."""
    tx.run_many("UPDATE outbox SET told = :yes WHERE id = :id", [{"id": one.id, "yes": Told.YES} for one in unsaid])


def is_needless(tx: Transaction, id: int) -> None:
    """Nobody has to hear of this row, however it ends."""
    tx.run("UPDATE outbox SET told = :needless WHERE id = :id", id=id, needless=Told.NEEDLESS)


def is_any_kept(tx: Transaction, chat: int) -> bool:
    """Whether something that is no answer waits for this chat, tried in vain."""
    row = tx.one(
        """SELECT 1 FROM outbox
           WHERE chat = :chat AND class <> :answer AND state IN ('due', 'sending') AND attempts > 0 LIMIT 1""",
        chat=chat,
        answer=Class.ANSWER,
    )
    return row is not None


def standing(tx: Transaction) -> Standing:
    """How it stands: what waits, and what ended unsaid within the days that rows are kept."""
    rows = tx.all(
        """SELECT class, again > 0 AS doubtful, count(*) AS n FROM outbox WHERE state IN ('due', 'sending')
           GROUP BY class, again > 0"""
    )
    waiting = {urgency.name.lower(): 0 for urgency in Class}
    for row in rows:
        waiting[Class(row["class"]).name.lower()] += row["n"]
    ends = tx.all(
        """SELECT state, count(*) AS n FROM outbox
           WHERE told < :needless AND state IN ('failed', 'unknown', 'expired') GROUP BY state""",
        needless=Told.NEEDLESS,
    )
    unsaid = {state.kept: 0 for state in sorted(UNSAID, key=lambda one: one.kept)}
    unsaid |= {row["state"]: row["n"] for row in ends}
    tried = tx.one(
        """SELECT count(DISTINCT chat) AS n, min(due_at) AS at FROM outbox
           WHERE state IN ('due', 'sending') AND state = 'due' AND attempts > 0"""
    )
    assert tried is not None
    return Standing(
        waiting,
        doubtful=sum(row["n"] for row in rows if row["doubtful"]),
        unsaid=unsaid,
        in_vain=tried["n"],
        next_try=moment(tried["at"]) if tried["at"] is not None else None,
    )
