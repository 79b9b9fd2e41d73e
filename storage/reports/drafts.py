"""Messages about work whose number is still open: none of them vanishes before it is settled or dropped."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Row, Transaction

# Why a draft is kept that was never open.
ANSWER = "answer"  # what its message said went into another one's report
WITHDRAWAL = "withdrawal"  # it took back another one's report


@dataclass(frozen=True, slots=True)
class Draft:
    """One such message. `holes` is JSON: what was understood and where the number is missing."""

    id: int
    person: int
    day: date
    at: datetime
    chat: int
    message: str
    why: str
    holes: str
    text: str | None
    settled_at: datetime | None
    report: int | None

    @property
    def settled(self) -> bool:
        """Whether it stands open no more."""
        return self.settled_at is not None


_DRAFT = "id, person, day, at, chat, message, why, holes, text, settled_at, report"


def _draft(row: Row) -> Draft:
    return Draft(
        id=row["id"],
        person=row["person"],
        day=day_of(row["day"]),
        at=moment(row["at"]),
        chat=row["chat"],
        message=row["message"],
        why=row["why"],
        holes=row["holes"],
        text=row["text"],
        settled_at=moment(row["settled_at"]) if row["settled_at"] is not None else None,
        report=row["report"],
    )


def keep(
    tx: Transaction,
    *,
    person: int,
    day: date,
    at: datetime,
    chat: int,
    message: str,
    why: str,
    holes: str,
    text: str,
) -> Draft:
    """Keeps a message whose number is open. `text` is masked."""
    row = tx.one(
        f"""INSERT INTO drafts (person, day, at, chat, message, why, holes, text)
            VALUES (:person, :day, :at, :chat, :message, :why, :holes, :text) RETURNING {_DRAFT}""",
        person=person,
        day=day_number(day),
        at=stamp(at),
        chat=chat,
        message=message,
        why=why,
        holes=holes,
        text=text,
    )
    assert row is not None
    return _draft(row)


def by_id(tx: Transaction, draft: int) -> Draft | None:
    """The draft of this row."""
    row = tx.one(f"SELECT {_DRAFT} FROM drafts WHERE id = :draft", draft=draft)
    return _draft(row) if row else None


def of_message(tx: Transaction, chat: int, message: str) -> Draft | None:
    """The open draft that this message made."""
    row = tx.one(
        f"""SELECT {_DRAFT} FROM drafts WHERE chat = :chat AND message = :message AND settled_at IS NULL
            ORDER BY id DESC LIMIT 1""",
        chat=chat,
        message=message,
    )
    return _draft(row) if row else None


def of_answer(tx: Transaction, chat: int, message: str) -> Draft | None:
    """What a message said about the report of another message: the number that was asked for, or a correction."""
    row = tx.one(
        f"""SELECT {_DRAFT} FROM drafts WHERE chat = :chat AND message = :message AND settled_at IS NOT NULL
            AND (why = :answer OR report IS NOT NULL) ORDER BY id DESC LIMIT 1""",
        chat=chat,
        message=message,
        answer=ANSWER,
    )
    return _draft(row) if row else None


def open_of(tx: Transaction, person: int, day: date) -> list[Draft]:
    """The person's open drafts of a work day, in the order of sending."""
    rows = tx.all(
        f"SELECT {_DRAFT} FROM drafts WHERE person = :person AND day = :day AND settled_at IS NULL ORDER BY at, id",
        person=person,
        day=day_number(day),
    )
    return [_draft(row) for row in rows]


def open_since(tx: Transaction, person: int, day: date) -> list[Draft]:
    """The person's open drafts of this work day and later ones, in the order of sending."""
    rows = tx.all(
        f"SELECT {_DRAFT} FROM drafts WHERE person = :person AND day >= :day AND settled_at IS NULL ORDER BY at, id",
        person=person,
        day=day_number(day),
    )
    return [_draft(row) for row in rows]


def open_in_team(tx: Transaction, team: int, day: date) -> list[Draft]:
    """The open drafts of the team's students of a work day, in the order of sending."""
    rows = tx.all(
        f"""SELECT {_DRAFT} FROM drafts WHERE day = :day AND settled_at IS NULL AND person IN (
                SELECT m.person FROM members m JOIN people p ON p.id = m.person
                WHERE m.team = :team AND p.left_at IS NULL)
            ORDER BY at, id""",
        team=team,
        day=day_number(day),
    )
    return [_draft(row) for row in rows]


def settle(tx: Transaction, draft: int, at: datetime, *, report: int | None) -> bool:
    """The draft became a report, or was dropped (None); False where that happened before."""
    return (
        tx.run(
            "UPDATE drafts SET settled_at = :at, report = :report WHERE id = :draft AND settled_at IS NULL",
            draft=draft,
            at=stamp(at),
            report=report,
        )
        == 1
    )


def reopen(tx: Transaction, draft: int) -> bool:
    """What was dropped is open again; False where it is none that was, or its message says something else by now."""
    return (
        tx.run(
            """UPDATE drafts SET settled_at = NULL
               WHERE id = :draft AND settled_at IS NOT NULL AND report IS NULL AND text IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM drafts later WHERE later.chat = drafts.chat
                     AND later.message = drafts.message AND later.id > drafts.id)
                 AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.chat = drafts.chat AND r.message = drafts.message)""",
            draft=draft,
        )
        == 1
    )
