"""Claims: accounts that gave a code in use on their platform, and wait for its owner's word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.engine.times import stamp
from storage.engine.transaction import Row, Transaction

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who would be this person on a platform. `chat`: the private one of the account that waits."""

    id: int
    person: int
    channel: str
    sender: str
    chat: int


_CLAIM = "id, person, channel, sender, chat"


def _claim(row: Row) -> Claim:
    return Claim(row["id"], row["person"], row["channel"], row["sender"], row["chat"])


def make(tx: Transaction, person: int, *, channel: str, sender: str, chat: int, at: datetime) -> int | None:
    """The account waits for this person's word; None where it does already. What it waited for before is dropped."""
    tx.run("DELETE FROM claims WHERE at <= :before", before=stamp(at - LASTS))
    drop(tx, channel=channel, sender=sender, but=person)
    row = tx.one(
        """INSERT INTO claims (person, channel, sender, chat, at) VALUES (:person, :channel, :sender, :chat, :at)
           ON CONFLICT (channel, sender) DO NOTHING RETURNING id""",
        person=person,
        channel=channel,
        sender=sender,
        chat=chat,
        at=stamp(at),
    )
    return row["id"] if row else None


def drop(tx: Transaction, *, channel: str, sender: str, but: int = 0) -> None:
    """The account waits for nobody's word any more, `but` for this person's."""
    tx.run(
        "DELETE FROM claims WHERE channel = :channel AND sender = :sender AND person <> :but",
        channel=channel,
        sender=sender,
        but=but,
    )


def of_person(tx: Transaction, person: int, now: datetime) -> list[Claim]:
    """Who waits for this person's word, the first first."""
    rows = tx.all(
        f"SELECT {_CLAIM} FROM claims WHERE person = :person AND at > :since ORDER BY id",
        person=person,
        since=stamp(now - LASTS),
    )
    return [_claim(row) for row in rows]


def end_for(tx: Transaction, person: int) -> None:
    """Nobody waits for this person's word any more."""
    tx.run("DELETE FROM claims WHERE person = :person", person=person)


def end_from(tx: Transaction, chat: int) -> None:
    """The account of this private chat waits for nobody's word any more."""
    tx.run("DELETE FROM claims WHERE chat = :chat", chat=chat)
