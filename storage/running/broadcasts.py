"""What is said to all team chats: prepared, begun by a yes, stopped or ended; to whom it goes, and how far it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.heaps import Heap
from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction

_BLANK = "UPDATE broadcasts SET text = NULL WHERE id IN ({which})"
OLD = (Heap("messages", "SELECT id FROM broadcasts WHERE text IS NOT NULL AND made_at < :before", _BLANK),)
OF_PERSON = (Heap("messages", "SELECT id FROM broadcasts WHERE text IS NOT NULL AND by = :person", _BLANK),)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One of them. `by`: whose; `chat`: where its progress is shown; `text` None: it is blanked.

    `begun_at` None: it waits for a yes; `meant_at`: when it should be read. `shown`: what its progress said last;
    `first_row`, `last_row`: the rows of the outbox in which its progress was said first and last.
    """

    id: int
    by: int
    chat: int
    text: str | None
    begun_at: datetime | None
    meant_at: datetime | None
    stopped_at: datetime | None
    ended_at: datetime | None
    shown: str | None
    first_row: int | None
    last_row: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far it is: chats that have it, that wait for it, and (`unsaid`) that it did not reach."""

    sent: int
    waiting: int
    unsaid: Sequence[int]

    @property
    def whole(self) -> int:
        """To how many it goes."""
        return self.sent + self.waiting + len(self.unsaid)


_BROADCAST = "id, by, chat, text, begun_at, meant_at, stopped_at, ended_at, shown, first_row, last_row"  # of the table


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        by=row["by"],
        chat=row["chat"],
        text=row["text"],
        begun_at=_moment(row["begun_at"]),
        meant_at=_moment(row["meant_at"]),
        stopped_at=_moment(row["stopped_at"]),
        ended_at=_moment(row["ended_at"]),
        shown=row["shown"],
        first_row=row["first_row"],
        last_row=row["last_row"],
    )


def _moment(seconds: int | None) -> datetime | None:
    return moment(seconds) if seconds is not None else None


def make(tx: Transaction, *, by: int, chat: int, text: str, at: datetime) -> int:
    """Prepares one; what the same person prepared in this chat before, and did not begin, is none any more."""
    tx.run(
        """UPDATE broadcasts SET ended_at = :at, text = NULL
           WHERE by = :by AND chat = :chat AND begun_at IS NULL AND ended_at IS NULL""",
        by=by,
        chat=chat,
        at=stamp(at),
    )
    row = tx.one(
        "INSERT INTO broadcasts (by, chat, text, made_at) VALUES (:by, :chat, :text, :at) RETURNING id",
        by=by,
        chat=chat,
        text=text,
        at=stamp(at),
    )
    assert row is not None
    id: int = row["id"]
    return id


def by_id(tx: Transaction, id: int) -> Broadcast | None:
    """The one of this row."""
    row = tx.one(f"SELECT {_BROADCAST} FROM broadcasts WHERE id = :id", id=id)
    return _broadcast(row) if row else None


def running(tx: Transaction) -> list[Broadcast]:
    """Those of which something waits, or the end was not told yet."""
    rows = tx.all(f"SELECT {_BROADCAST} FROM broadcasts WHERE begun_at IS NOT NULL AND ended_at IS NULL ORDER BY id")
    return [_broadcast(row) for row in rows]


def begin(tx: Transaction, id: int, chats: Collection[int], *, at: datetime, meant_at: datetime) -> bool:
    """It goes to these chats; False where it was begun or left before."""
    begun = tx.run(
        """UPDATE broadcasts SET begun_at = :at, meant_at = :meant_at
           WHERE id = :id AND begun_at IS NULL AND ended_at IS NULL""",
        id=id,
        at=stamp(at),
        meant_at=stamp(meant_at),
    )
    if begun:
        tx.run_many(
            "INSERT INTO broadcast_chats (broadcast, chat) VALUES (:id, :chat)",
            [{"id": id, "chat": chat} for chat in chats],
        )
    return begun == 1


def leave(tx: Transaction, id: int, at: datetime) -> None:
    """It is not sent, and its words go."""
    tx.run("UPDATE broadcasts SET ended_at = :at, text = NULL WHERE id = :id AND begun_at IS NULL", id=id, at=stamp(at))


def stop(tx: Transaction, id: int, at: datetime) -> bool:
    """Nobody gets it from now on who did not yet; False where it is over."""
    return bool(
        tx.run(
            """UPDATE broadcasts SET stopped_at = :at
               WHERE id = :id AND begun_at IS NOT NULL AND ended_at IS NULL AND stopped_at IS NULL""",
            id=id,
            at=stamp(at),
        )
    )


def end(tx: Transaction, id: int, at: datetime) -> None:
    """Nothing of it waits, and that was told."""
    tx.run("UPDATE broadcasts SET ended_at = :at WHERE id = :id AND ended_at IS NULL", id=id, at=stamp(at))


def to_be_put(tx: Transaction, id: int, limit: int) -> list[int]:
    """The chats for which it is not in line yet, some at a time."""
    rows = tx.all(
        "SELECT chat FROM broadcast_chats WHERE broadcast = :id AND outbox IS NULL ORDER BY chat LIMIT :limit",
        id=id,
        limit=limit,
    )
    return [row["chat"] for row in rows]


def note_put(tx: Transaction, id: int, chat: int, outbox: int) -> None:
    """It is in line for this chat."""
    tx.run(
        "UPDATE broadcast_chats SET outbox = :outbox WHERE broadcast = :id AND chat = :chat",
        outbox=outbox,
        id=id,
        chat=chat,
    )


def standing(tx: Transaction, id: int) -> Standing:
    """How far it is. A stopped one waits for nothing that is not on its way."""
    rows = tx.all(
        """SELECT c.chat, c.outbox, o.state, b.stopped_at FROM broadcasts b
           JOIN broadcast_chats c ON c.broadcast = b.id LEFT JOIN outbox o ON o.id = c.outbox
           WHERE b.id = :id ORDER BY c.chat""",
        id=id,
    )
    sent = waiting = 0
    unsaid = []
    for row in rows:
        if row["state"] == "sent":
            sent += 1
        elif row["state"] in ("due", "sending") or (row["outbox"] is None and row["stopped_at"] is None):
            waiting += 1
        else:
            unsaid.append(row["chat"])
    return Standing(sent, waiting, unsaid)


def note_shown(tx: Transaction, id: int, shown: str, row: int) -> None:
    """Its progress was said in this row."""
    tx.run(
        """UPDATE broadcasts SET shown = :shown, first_row = coalesce(first_row, :row), last_row = :row
           WHERE id = :id""",
        shown=shown,
        row=row,
        id=id,
    )
