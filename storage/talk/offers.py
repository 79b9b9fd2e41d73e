"""What buttons would do, and what the conversation with a person waits for."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Offer:
    """The buttons of one message. `version` is the subject's when they were offered; `outbox`: the message's row."""

    id: int
    chat: int
    person: int
    kind: str
    subject: int
    version: int
    deadline: datetime
    choices: Mapping[str, str] | None
    used_at: datetime | None
    used: str | None
    outbox: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What the next messages of a person in a chat may answer."""

    kind: str
    subject: int
    deadline: datetime
    asked_at: datetime
    passed: bool  # something else was said since


def make(
    tx: Transaction,
    *,
    chat: int,
    person: int,
    kind: str,
    subject: int,
    version: int = 0,
    deadline: datetime,
    choices: Mapping[str, str] | None = None,
) -> int:
    """Offers something to a person; its id goes into the buttons."""
    row = tx.one(
        """INSERT INTO offers (chat, person, kind, subject, version, deadline, choices)
           VALUES (:chat, :person, :kind, :subject, :version, :deadline, :choices) RETURNING id""",
        chat=chat,
        person=person,
        kind=kind,
        subject=subject,
        version=version,
        deadline=stamp(deadline),
        choices=json.dumps(choices, ensure_ascii=False) if choices else None,
    )
    assert row is not None
    id: int = row["id"]
    return id


def begin_after(tx: Transaction, number: int, chat: int, person: int) -> None:
    """Offers of this book have higher numbers than this one, which is of no kind and over."""
    tx.run(
        """INSERT INTO offers (id, chat, person, kind, subject, version, deadline)
           VALUES (:number, :chat, :person, '', 0, 0, 0)""",
        number=number,
        chat=chat,
        person=person,
    )


_OFFER = "id, chat, person, kind, subject, version, deadline, choices, used_at, used, outbox"


def _offer(row: Row) -> Offer:
    return Offer(
        id=row["id"],
        chat=row["chat"],
        person=row["person"],
        kind=row["kind"],
        subject=row["subject"],
        version=row["version"],
        deadline=moment(row["deadline"]),
        choices=json.loads(row["choices"]) if row["choices"] else None,
        used_at=moment(row["used_at"]) if row["used_at"] is not None else None,
        used=row["used"],
        outbox=row["outbox"],
    )


def by_id(tx: Transaction, offer: int) -> Offer | None:
    """The offer of this row."""
    row = tx.one(f"SELECT {_OFFER} FROM offers WHERE id = :offer", offer=offer)
    return _offer(row) if row else None


def bind(tx: Transaction, said: Collection[int], outbox: int) -> None:
    """These offers are said in this row of the outbox: what their presses change is that message."""
    if said:
        tx.run_many("UPDATE offers SET outbox = :outbox WHERE id = :id", [{"id": id, "outbox": outbox} for id in said])


def newest_in(tx: Transaction, chat: int, person: int, now: datetime, limit: int = 30) -> list[Offer]:
    """What this person was offered in this chat and could press in time, used or not, the newest first."""
    rows = tx.all(
        f"""SELECT {_OFFER} FROM offers
            WHERE chat = :chat AND person = :person AND deadline >= :now
            ORDER BY id DESC LIMIT :limit""",
        chat=chat,
        person=person,
        now=stamp(now),
        limit=limit,
    )
    return [_offer(row) for row in rows]


def shared_in(tx: Transaction, chat: int, kinds: Collection[str], now: datetime, limit: int = 30) -> list[Offer]:
    """What was offered in this chat to whoever reads it, by kind, and could be pressed in time, the newest first."""
    named = {f"kind{place}": kind for place, kind in enumerate(sorted(kinds))}
    rows = tx.all(
        f"""SELECT {_OFFER} FROM offers
            WHERE chat = :chat AND deadline >= :now AND kind IN ({", ".join(f":{name}" for name in named)})
            ORDER BY id DESC LIMIT :limit""",
        chat=chat,
        now=stamp(now),
        limit=limit,
        **named,
    )
    return [_offer(row) for row in rows]


def said_in(tx: Transaction, chat: int, kind: str, subject: int) -> int | None:
    """The row of the outbox in which something of a kind was last offered here about this subject."""
    row = tx.one(
        """SELECT outbox FROM offers
           WHERE chat = :chat AND kind = :kind AND subject = :subject AND outbox IS NOT NULL
           ORDER BY id DESC LIMIT 1""",
        chat=chat,
        kind=kind,
        subject=subject,
    )
    return row["outbox"] if row else None


def use(tx: Transaction, offer: int, choice: str, at: datetime) -> bool:
    """Uses the offer up; False where that happened before."""
    return (
        tx.run(
            "UPDATE offers SET used_at = :at, used = :choice WHERE id = :offer AND used_at IS NULL",
            offer=offer,
            choice=choice,
            at=stamp(at),
        )
        == 1
    )


def prune(tx: Transaction, before: datetime, limit: int) -> int:
    """Forgets offers that ended before a moment, some at a time. How many."""
    return tx.run(
        """DELETE FROM offers WHERE id IN (
               SELECT id FROM offers WHERE deadline < :before ORDER BY id LIMIT :limit)""",
        before=stamp(before),
        limit=limit,
    )


def ask(tx: Transaction, *, chat: int, person: int, kind: str, subject: int, at: datetime, deadline: datetime) -> None:
    """From now on the conversation waits for this; what it waited for before is dropped."""
    tx.run(
        """INSERT INTO questions (chat, person, kind, subject, deadline, asked_at, passed)
           VALUES (:chat, :person, :kind, :subject, :deadline, :at, 0)
           ON CONFLICT (chat, person) DO UPDATE SET kind = excluded.kind, subject = excluded.subject,
               deadline = excluded.deadline, asked_at = excluded.asked_at, passed = 0""",
        chat=chat,
        person=person,
        kind=kind,
        subject=subject,
        deadline=stamp(deadline),
        at=stamp(at),
    )


def question(tx: Transaction, chat: int, person: int, at: datetime) -> Question | None:
    """What the conversation waits for, where its time was not over at a moment: when something was said."""
    row = tx.one(
        """SELECT kind, subject, deadline, asked_at, passed FROM questions
           WHERE chat = :chat AND person = :person AND deadline >= :at""",
        chat=chat,
        person=person,
        at=stamp(at),
    )
    if row is None:
        return None
    return Question(row["kind"], row["subject"], moment(row["deadline"]), moment(row["asked_at"]), bool(row["passed"]))


def pass_by(tx: Transaction, chat: int, person: int, *, asked: datetime) -> None:
    """Something was said after what was asked at that moment: from now on only what is plainly an answer answers."""
    tx.run(
        "UPDATE questions SET passed = 1 WHERE chat = :chat AND person = :person AND asked_at <= :asked",
        chat=chat,
        person=person,
        asked=stamp(asked),
    )


def stop_asking(tx: Transaction, chat: int, person: int) -> None:
    """The conversation waits for nothing."""
    tx.run("DELETE FROM questions WHERE chat = :chat AND person = :person", chat=chat, person=person)
