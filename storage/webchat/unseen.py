"""What stands in somebody's rooms that no device of theirs has shown them yet."""

from dataclasses import dataclass

from storage.engine.transaction import Transaction
from storage.talk.outbox import Class

_MOST = 200  # posts that are looked at; of what is older somebody was told when it came


@dataclass(frozen=True, slots=True)
class Unseen:
    """A post of somebody else's. `urgency` and `key`: of the bot's line, where it is known.

    `mine`: in the person's private room; `answers`: it answers a post of theirs.
    """

    id: int
    mine: bool
    answers: bool
    text: str
    urgency: Class | None
    key: str | None


def newest(tx: Transaction) -> int:
    """The newest post of all; 0 before there is any."""
    row = tx.one("SELECT max(id) AS id FROM posts")
    return (row["id"] or 0) if row else 0


def by(tx: Transaction, person: int, upto: int) -> list[Unseen]:
    """What others, or the bot, have posted after `upto` in the rooms of a person, and they have not read."""
    rows = tx.all(
        """SELECT p.id, p.person, p.key, p.text, r.person AS owner, q.person AS answered
           FROM rooms r JOIN posts p ON p.room = r.id AND p.id > :upto
           LEFT JOIN posts q ON q.id = p.reply
           LEFT JOIN read_marks m ON m.room = r.id AND m.person = :person
           WHERE (r.person = :person OR r.team IN (SELECT team FROM members WHERE person = :person))
             AND (p.person IS NULL OR p.person <> :person) AND p.id > coalesce(m.upto, 0)
           ORDER BY p.id DESC LIMIT :most""",
        person=person,
        upto=upto,
        most=_MOST,
    )
    found = []
    for row in rows:
        line = _line(tx, row["key"]) if row["person"] is None else None
        found.append(
            Unseen(
                id=row["id"],
                mine=row["owner"] == person,
                answers=row["answered"] == person,
                text=row["text"],
                urgency=line[0] if line else None,
                key=line[1] if line else None,
            )
        )
    return found


def _line(tx: Transaction, key: str | None) -> tuple[Class, str | None] | None:
    """What the bot said it as: the row from which the post was made."""
    if key is None or not key.isdecimal():
        return None
    row = tx.one("SELECT class, key FROM outbox WHERE id = :id", id=int(key))
    return (Class(row["class"]), row["key"]) if row else None
