"""Practice: when somebody tries out what counts nothing, in which chat, and what was written there."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction
from storage.reports.became import Became, Kind

# The offers of each practice have numbers of their own, so that no button of it is ever taken for another; those in
# earnest stay below, also where a restore lets them go on with the clock's (storage/running/epoch.py).
_FIRST_OFFER = 10**12
_OFFERS_EACH = 10**5


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice in a private chat; it has a book while it is not ended."""

    id: int
    person: int
    chat: int
    begun_at: datetime
    until: datetime
    ended_at: datetime | None

    def had(self, at: datetime) -> bool:
        """Whether what was said at this moment was said in it."""
        return self.begun_at <= at < (self.ended_at or self.until)


@dataclass(frozen=True, slots=True)
class Practised:
    """A message that made or changed a report there. `about`: the message that made that report."""

    id: int
    message: str
    about: str
    at: datetime
    text: str
    counted: bool


_PRACTICE = "id, person, chat, begun_at, until, ended_at"


def _practice(row: Row) -> Practice:
    return Practice(
        id=row["id"],
        person=row["person"],
        chat=row["chat"],
        begun_at=moment(row["begun_at"]),
        until=moment(row["until"]),
        ended_at=moment(row["ended_at"]) if row["ended_at"] is not None else None,
    )


def begin(tx: Transaction, *, person: int, chat: int, at: datetime, until: datetime) -> Practice:
    """A practice begins; its book is kept at once."""
    row = tx.one(
        f"""INSERT INTO practices (person, chat, begun_at, until) VALUES (:person, :chat, :at, :until)
            RETURNING {_PRACTICE}""",
        person=person,
        chat=chat,
        at=stamp(at),
        until=stamp(until),
    )
    assert row is not None
    return _practice(row)


def near(tx: Transaction, chat: int, at: datetime) -> list[Practice]:
    """The practices of a chat that are not ended, or were not at this moment; nearly always none."""
    rows = tx.all(
        f"SELECT {_PRACTICE} FROM practices WHERE chat = :chat AND (ended_at IS NULL OR ended_at > :at) ORDER BY id",
        chat=chat,
        at=stamp(at),
    )
    return [_practice(row) for row in rows]


def of_person(tx: Transaction, person: int, at: datetime) -> Practice | None:
    """The practice in which somebody is at this moment, in whichever chat."""
    rows = tx.all(
        f"""SELECT {_PRACTICE} FROM practices
            WHERE person = :person AND until > :at AND (ended_at IS NULL OR ended_at > :at) ORDER BY id""",
        person=person,
        at=stamp(at),
    )
    return next((one for one in map(_practice, rows) if one.had(at)), None)


def over(tx: Transaction, now: datetime) -> list[Practice]:
    """Those whose time is over, and which were not ended yet."""
    rows = tx.all(
        f"SELECT {_PRACTICE} FROM practices WHERE ended_at IS NULL AND until <= :now ORDER BY until", now=stamp(now)
    )
    return [_practice(row) for row in rows]


def next_end(tx: Transaction) -> datetime | None:
    """When the next one is over; None: there is none."""
    row = tx.one("SELECT min(until) AS until FROM practices WHERE ended_at IS NULL")
    return moment(row["until"]) if row and row["until"] is not None else None


def end(tx: Transaction, practice: int, at: datetime) -> None:
    """It has ended, and its book is gone."""
    tx.run(
        "UPDATE practices SET ended_at = :at, book = NULL WHERE id = :practice AND ended_at IS NULL",
        practice=practice,
        at=stamp(at),
    )


def book(tx: Transaction, practice: int) -> bytes | None:
    """The book of a practice, as it was kept last."""
    row = tx.one("SELECT book FROM practices WHERE id = :practice", practice=practice)
    return bytes(row["book"]) if row and row["book"] is not None else None


def keep(tx: Transaction, practice: int, book: bytes) -> None:
    """Its book is this from now on."""
    tx.run("UPDATE practices SET book = :book WHERE id = :practice", practice=practice, book=book)


# What was written there


def _practised(row: Row) -> Practised:
    return Practised(
        row["id"], row["message"], row["about"], moment(row["at"]), row["text"], row["counted_at"] is not None
    )


_PRACTISED = "id, message, about, at, text, counted_at"


def note(tx: Transaction, practice: int, *, message: str, about: str, at: datetime, text: str) -> None:
    """Notes a message that made a report or changed the one of another; edited, it says something else."""
    tx.run(
        """INSERT INTO practised (practice, message, about, at, text) VALUES (:practice, :message, :about, :at, :text)
           ON CONFLICT (practice, message) DO UPDATE SET about = excluded.about, text = excluded.text""",
        practice=practice,
        message=message,
        about=about,
        at=stamp(at),
        text=text,
    )


def noted(tx: Transaction, practice: int, message: str) -> Practised | None:
    """The message as it was noted."""
    row = tx.one(
        f"SELECT {_PRACTISED} FROM practised WHERE practice = :practice AND message = :message",
        practice=practice,
        message=message,
    )
    return _practised(row) if row else None


def became(tx: Transaction, chat: int, messages: Sequence[str]) -> dict[str, Became]:
    """Which of these messages of a chat reported in practice, and were not said to count."""
    marks = ", ".join(f":m{place}" for place in range(len(messages)))
    rows = tx.all(
        f"""SELECT m.message, p.person FROM practices p JOIN practised m ON m.practice = p.id
            WHERE p.chat = :chat AND m.counted_at IS NULL AND m.message IN ({marks or "NULL"})""",
        chat=chat,
        **{f"m{place}": message for place, message in enumerate(messages)},
    )
    return {row["message"]: Became(Kind.PRACTISED, row["person"], {}) for row in rows}


def take_for_real(tx: Transaction, id: int, at: datetime) -> tuple[int, list[Practised]]:
    """A message that made a report there, and those that changed it, count from now on.

    Its practice, and the messages in order; none of them where that was said before.
    """
    where = """practice = (SELECT practice FROM practised WHERE id = :id)
               AND about = (SELECT about FROM practised WHERE id = :id) AND counted_at IS NULL"""
    rows = tx.all(f"SELECT {_PRACTISED}, practice FROM practised WHERE {where} ORDER BY at, id", id=id)
    tx.run(f"UPDATE practised SET counted_at = :at WHERE {where}", id=id, at=stamp(at))
    return (rows[0]["practice"] if rows else 0), [_practised(row) for row in rows]


def counted(tx: Transaction, practice: int) -> int:
    """How many reports of it were said to count."""
    row = tx.one(
        "SELECT count(DISTINCT about) AS n FROM practised WHERE practice = :practice AND counted_at IS NOT NULL",
        practice=practice,
    )
    return row["n"] if row else 0


# What was answered there


def first_offer(practice: int) -> int:
    """The number before the first offer of its book."""
    return _FIRST_OFFER + practice * _OFFERS_EACH


def of_offer(offer: int) -> int | None:
    """The practice in whose book this offer is; None: it is one in earnest."""
    return (offer - _FIRST_OFFER) // _OFFERS_EACH if offer > _FIRST_OFFER else None


def answered(tx: Transaction, outbox: int, practice: int, *, report: int | None, offers: Collection[int]) -> None:
    """A row of the outbox answers there, about a report and with offers of that book."""
    tx.run(
        """INSERT INTO practice_answers (outbox, practice, report, offers)
           VALUES (:outbox, :practice, :report, :offers)""",
        outbox=outbox,
        practice=practice,
        report=report,
        offers=json.dumps(sorted(offers)),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said there: the row of the outbox, what it is about, and the platform's id where it has arrived."""

    outbox: int
    report: int | None
    offers: Sequence[int]
    meant_at: datetime
    sent_id: str | None


def answers(tx: Transaction, practice: int) -> list[Answer]:
    """What was answered there, in order."""
    rows = tx.all(
        """SELECT a.outbox, a.report, a.offers, o.meant_at, o.sent_id
           FROM practice_answers a JOIN outbox o ON o.id = a.outbox WHERE a.practice = :practice ORDER BY a.outbox""",
        practice=practice,
    )
    return [
        Answer(row["outbox"], row["report"], json.loads(row["offers"]), moment(row["meant_at"]), row["sent_id"])
        for row in rows
    ]


def prune(tx: Transaction, before: datetime) -> int:
    """Forgets the practices that ended before a moment, with all that was written there. How many."""
    which = "SELECT id FROM practices WHERE ended_at < :before"
    for table in ("practised", "practice_answers"):
        tx.run(f"DELETE FROM {table} WHERE practice IN ({which})", before=stamp(before))
    return tx.run("DELETE FROM practices WHERE ended_at < :before", before=stamp(before))
