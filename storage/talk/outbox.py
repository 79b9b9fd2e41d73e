"""What the bot says, from the moment it is committed until a platform has it: a queue in a table.
Rule: of each chat and class only the oldest open message may be sent, when it is due. Through which states a row passes
stands in `passage`; here is the only place that moves one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from math import ceil

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction
from storage.talk.passage import Event, State, after, ways_of


class Class(IntEnum):
    """How urgent: a lower class never waits for a higher one."""

    ANSWER = 0
    APPOINTMENT = 1
    SUMMARY = 2
    BROADCAST = 3
    STRANGER = 4  # answers to people who have not joined: members come first

    @property
    def is_answer(self) -> bool:
        """Somebody has just written, and waits for it."""
        return self in (Class.ANSWER, Class.STRANGER)


class Told(IntEnum):
    """Whether somebody was told of a row that ended unsaid."""

    NOT_YET = 0
    YES = 1
    NEEDLESS = 2  # answers to presses, menus, strangers


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row to be sent. `body` is the reply as JSON.

    `topic`: where in a group its team is spoken to; `closed`: the chat takes no text for now.
    """

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
    state: State
    topic: str | None = None
    closed: bool = False
    key: str | None = None


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
    told: Told = Told.NOT_YET,
) -> int | None:
    """Puts something in line for a chat; None where its key was used before.

    `words`: it is a message of its own, not only a sign on another one or the like. `told`: whether somebody has to
    hear of it where it cannot be said.
    """
    row = tx.one(
        """INSERT INTO outbox (chat, channel, class, meant_at, due_at, expires_at, key, report, words, told)
           SELECT :chat, channel, :class, :at, :at, :expires_at, :key, :report, :words, :told
           FROM chats WHERE id = :chat
           ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING RETURNING id""",
        **{"class": urgency},
        chat=chat,
        at=stamp(at),
        expires_at=stamp(expires_at) if expires_at else None,
        key=key,
        report=report,
        words=words,
        told=told,
    )
    if row is None:
        return None
    id: int = row["id"]
    tx.run("INSERT INTO bodies (outbox, body) VALUES (:id, :body)", id=id, body=body)
    return id


COLUMNS = """o.id, o.chat, c.channel, c.address, c.kind, o.class, b.body, o.meant_at, o.due_at, o.expires_at,
    o.attempts, o.state, o.again, c.topic, c.closed_at, o.key"""


def parcel_of(row: Row) -> Parcel:
    """A row of these columns."""
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
        state=State.of(row["state"], row["again"]),
        topic=row["topic"],
        closed=row["closed_at"] is not None,
        key=row["key"],
    )


def behind(tx: Transaction, parcel: Parcel, now: datetime) -> list[Parcel]:
    """What waits in the same chat and class behind a parcel, oldest first."""
    rows = tx.all(
        f"""SELECT {COLUMNS} FROM outbox o JOIN bodies b ON b.outbox = o.id JOIN chats c ON c.id = o.chat
            WHERE o.chat = :chat AND o.class = :class AND o.id > :id AND o.state = 'due' AND o.due_at <= :now
            ORDER BY o.id""",
        **{"class": parcel.urgency},
        chat=parcel.chat,
        id=parcel.id,
        now=stamp(now),
    )
    return [parcel_of(row) for row in rows]


# What befalls rows


def _move(
    tx: Transaction, parcel: Parcel, event: Event, *, due_at: datetime | None = None, attempts: int | None = None
) -> Parcel:
    """The one way in which a single row gets another state; when it is due and its tries change with it, if at all."""
    state = after(parcel.state, event)
    tx.run(
        """UPDATE outbox SET state = :state, again = :again, due_at = coalesce(:due_at, due_at),
               attempts = coalesce(:attempts, attempts) WHERE id = :id""",
        id=parcel.id,
        state=state.kept,
        again=state.doubt,
        due_at=ceil(due_at.timestamp()) if due_at is not None else None,
        attempts=attempts,
    )
    return replace(parcel, state=state, attempts=parcel.attempts if attempts is None else attempts)


def _move_all(tx: Transaction, event: Event, which: str = "TRUE", **params: object) -> int:
    """The same for all rows that something befalls at once. How many."""
    moved = 0
    for state, to in ways_of(event):
        moved += tx.run(
            f"""UPDATE outbox SET state = :to, again = :doubt
                WHERE state IN ('due', 'sending') AND state = :state AND (again > 0) = (:again > 0) AND {which}""",
            state=state.kept,
            again=state.doubt,
            to=to.kept,
            doubt=to.doubt,
            **params,
        )
    return moved


def claim(tx: Transaction, parcel: Parcel) -> Parcel:
    """It is on its way."""
    return _move(tx, parcel, Event.CLAIMED, attempts=parcel.attempts + 1)


def sent(tx: Transaction, parcel: Parcel, sent_id: str | None) -> None:
    """The platform has it, under its message id; what it says is there, and no longer here."""
    _move(tx, parcel, Event.ARRIVED)
    tx.run("UPDATE outbox SET sent_id = :sent_id WHERE id = :id", id=parcel.id, sent_id=sent_id)
    tx.run("DELETE FROM bodies WHERE outbox = :id", id=parcel.id)


def postpone(tx: Transaction, parcel: Parcel, event: Event, until: datetime) -> None:
    """It goes back in line, for what befell it, and is not due before `until`."""
    _move(tx, parcel, event, due_at=until)


def go_on(tx: Transaction, parcel: Parcel, event: Event, body: str, now: datetime) -> None:
    """Its first part has arrived; the rest goes next, in the row's place in line and with tries of its own."""
    rewrite(tx, parcel.id, body)
    _move(tx, parcel, event, due_at=now.replace(microsecond=0), attempts=0)


def end(tx: Transaction, parcel: Parcel, event: Event, now: datetime) -> State:
    """It ends unsaid. How."""
    return _move(tx, parcel, event, due_at=now.replace(microsecond=0)).state


def merge(tx: Transaction, parcel: Parcel, body: str, others: Sequence[Parcel]) -> None:
    """The parcel says `body` from now on, and with it all that the others would have said."""
    rewrite(tx, parcel.id, body)
    for other in others:
        _move(tx, other, Event.MERGED)


def unclaim(tx: Transaction, *, but: Collection[int]) -> None:
    """At an end in good order: what was claimed and never left is due as before; `but` these are on their way."""
    on_their_way = ", ".join(map(str, [0, *but]))
    left = f"id NOT IN ({on_their_way})"
    tx.run(
        f"UPDATE outbox SET attempts = attempts - 1 WHERE state IN ('due', 'sending') AND state = 'sending' AND {left}"
    )
    _move_all(tx, Event.NEVER_LEFT, left)


def recover(tx: Transaction) -> int:
    """At start: what was on its way when the program ended goes back in line, marked. How many.

    Tries are counted from the last start: whatever waits has one more, however old it is.
    """
    tx.run("UPDATE outbox SET attempts = 0 WHERE state IN ('due', 'sending') AND attempts > 0")
    return _move_all(tx, Event.CUT_OFF)


def drop_for(tx: Transaction, chat: int, now: datetime) -> int:
    """Nothing that waits for this chat will be sent. How many."""
    tx.run(
        "UPDATE outbox SET due_at = :now WHERE chat = :chat AND state IN ('due', 'sending') AND state = 'due'",
        chat=chat,
        now=stamp(now),
    )
    return _move_all(tx, Event.REFUSED, "chat = :chat AND state = 'due'", chat=chat)


def forget_for(tx: Transaction, chat: int, now: datetime) -> None:
    """Nothing that waits for this chat is meant for whoever reads it by now, and nobody has to hear of that."""
    tx.run(
        "UPDATE outbox SET told = :needless WHERE chat = :chat AND state IN ('due', 'sending') AND state = 'due'",
        needless=Told.NEEDLESS,
        chat=chat,
    )
    drop_for(tx, chat, now)


def hasten(tx: Transaction, channel: str, now: datetime) -> int:
    """A platform works again: what was tried there in vain is due at once. How many."""
    return tx.run(
        """UPDATE outbox SET due_at = :now WHERE state IN ('due', 'sending') AND due_at > :now AND attempts > 0
             AND chat IN (SELECT id FROM chats WHERE channel = :channel AND closed_at IS NULL)""",
        channel=channel,
        now=stamp(now),
    )


def hasten_line(tx: Transaction, chat: int, now: datetime) -> int:
    """Somebody is answered again: what waits before that, tried in vain, is due at once. How many."""
    return tx.run(
        """UPDATE outbox SET due_at = :now
           WHERE chat = :chat AND class = :answer AND state IN ('due', 'sending') AND due_at > :now AND attempts > 0
             AND NOT EXISTS (SELECT 1 FROM chats WHERE id = :chat AND closed_at IS NOT NULL)""",
        chat=chat,
        answer=Class.ANSWER,
        now=stamp(now),
    )


def hasten_for(tx: Transaction, chat: int, now: datetime) -> int:
    """A chat can be written to again: what waits for it is due at once. How many."""
    return tx.run(
        "UPDATE outbox SET due_at = :now WHERE chat = :chat AND state IN ('due', 'sending') AND due_at > :now",
        chat=chat,
        now=stamp(now),
    )


def take_back(tx: Transaction, job: str, meant_at: datetime) -> int:
    """What the schedule put in line for this time by a wrong clock may be put in line again; what waits is not said."""
    which = "key LIKE :keys AND meant_at = :meant_at"
    params = {"keys": f"{job}:%", "meant_at": stamp(meant_at)}
    tx.run(
        f"UPDATE outbox SET told = :needless WHERE {which} AND state IN ('due', 'sending') AND state = 'due'",
        needless=Told.NEEDLESS,
        **params,
    )
    _move_all(tx, Event.REFUSED, f"{which} AND state = 'due'", **params)
    return tx.run(f"UPDATE outbox SET key = NULL WHERE {which}", **params)


def put_forward(tx: Transaction, latest: datetime, now: datetime) -> int:
    """What was put in line later than can be is meant now; what waits for a time that far off is due. How many."""
    return tx.run(
        """UPDATE outbox SET meant_at = :now, due_at = CASE WHEN due_at > :now THEN :now ELSE due_at END
           WHERE state IN ('due', 'sending') AND meant_at > :latest""",
        latest=stamp(latest),
        now=stamp(now),
    )


def rewrite(tx: Transaction, id: int, body: str) -> None:
    """The row says something else when it is sent."""
    tx.run("UPDATE bodies SET body = :body WHERE outbox = :id", id=id, body=body)


def say_instead(tx: Transaction, id: int, body: str) -> None:
    """The row becomes a message: what it was cannot be done there."""
    rewrite(tx, id, body)
    tx.run("UPDATE outbox SET words = 1 WHERE id = :id", id=id)


# What others ask


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


def take_key(tx: Transaction, key: str) -> int | None:
    """The row that was put in line under this key, which is free from now on; None where there is none."""
    row = tx.one("UPDATE outbox SET key = NULL WHERE key = :key RETURNING id", key=key)
    return row["id"] if row else None


# The newest row stays, so that no number is ever given again: channels know by it what they have said already.
_IS_OVER = "state NOT IN ('due', 'sending') AND meant_at < :before AND id < (SELECT max(id) FROM outbox)"


def count_before(tx: Transaction, before: datetime) -> int:
    """How many rows `prune` could forget by now."""
    row = tx.one(f"SELECT count(*) AS n FROM outbox WHERE {_IS_OVER}", before=stamp(before))
    return row["n"] if row else 0


def prune(tx: Transaction, before: datetime, limit: int) -> int:
    """Forgets what was said before a moment, some rows at a time; the next call goes on. How many."""
    return tx.run(
        f"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE {_IS_OVER} ORDER BY id LIMIT :limit)",
        before=stamp(before),
        limit=limit,
    )
