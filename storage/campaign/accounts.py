"""By which accounts people are known on each platform: join codes, and how one comes in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.campaign.people import Role
from storage.engine.times import stamp
from storage.engine.transaction import Transaction


def join(tx: Transaction, person: int, *, channel: str, sender: str, chat: int, at: datetime) -> None:
    """From now on this account is this person; `chat` is its private chat."""
    tx.run(
        """INSERT INTO identities (channel, sender, person, chat, joined_at)
           VALUES (:channel, :sender, :person, :chat, :at)
           ON CONFLICT (channel, sender) DO UPDATE SET person = excluded.person, chat = excluded.chat,
               joined_at = excluded.joined_at""",
        channel=channel,
        sender=sender,
        person=person,
        chat=chat,
        at=stamp(at),
    )


def private_chats(tx: Transaction, person: int) -> list[int]:
    """The chats in which the bot can write to this person alone, the one joined last first."""
    rows = tx.all(
        """SELECT i.chat FROM identities i JOIN chats c ON c.id = i.chat
           WHERE i.person = :person AND c.gone_at IS NULL ORDER BY i.joined_at DESC, i.channel, i.sender""",
        person=person,
    )
    return [row["chat"] for row in rows]


def has_joined(tx: Transaction, person: int) -> bool:
    """Whether any account is this person's, reachable or not."""
    return tx.one("SELECT 1 FROM identities WHERE person = :person LIMIT 1", person=person) is not None


def any_joined(tx: Transaction) -> bool:
    """Whether anybody has come in on any platform."""
    return tx.one("SELECT 1 FROM identities LIMIT 1") is not None


def note_wrong_code(tx: Transaction, *, channel: str, sender: str, at: datetime) -> None:
    """Remembers a wrong code."""
    tx.run(
        "INSERT INTO code_failures (channel, sender, at) VALUES (:channel, :sender, :at)",
        channel=channel,
        sender=sender,
        at=stamp(at),
    )


def wrong_codes(tx: Transaction, *, channel: str, sender: str, since: datetime) -> list[int]:
    """When this account gave wrong codes, oldest first, as stamps; older ones are forgotten."""
    tx.run("DELETE FROM code_failures WHERE at < :day_ago", day_ago=stamp(since - timedelta(days=1)))
    rows = tx.all(
        "SELECT at FROM code_failures WHERE channel = :channel AND sender = :sender AND at > :since ORDER BY at",
        channel=channel,
        sender=sender,
        since=stamp(since),
    )
    return [row["at"] for row in rows]


@dataclass(frozen=True, slots=True)
class Coded:
    """A person with the code that lets them in; `communes` by name, for people to read."""

    ref: str
    name: str
    role: Role
    communes: str
    code: str


def with_codes(tx: Transaction) -> list[Coded]:
    """Everybody who may join, by role and commune."""
    scopes = _scopes(tx)
    rows = tx.all(
        """SELECT p.id, p.ref, p.name, p.role, p.code,
                  (SELECT min(c.name) FROM members m JOIN teams t ON t.id = m.team
                   JOIN communes c ON c.id = t.commune WHERE m.person = p.id) AS own
           FROM people p WHERE p.left_at IS NULL AND p.locked_at IS NULL"""
    )
    everybody = [
        Coded(
            row["ref"],
            row["name"],
            Role(row["role"]),
            "; ".join(scopes.get(row["id"], ())) or row["own"] or "",
            row["code"],
        )
        for row in rows
    ]
    return sorted(everybody, key=lambda one: (_FIRST.get(one.role, len(_FIRST)), one.communes, one.ref))


_FIRST = {Role.ADMIN: 0, Role.OFFICER: 1}


def _scopes(tx: Transaction) -> dict[int, list[str]]:
    """The names of the communes that officers answer for, by person."""
    named: dict[int, list[str]] = {}
    for row in tx.all(
        "SELECT s.person, c.name FROM scopes s JOIN communes c ON c.id = s.commune ORDER BY s.person, c.id"
    ):
        named.setdefault(row["person"], []).append(row["name"])
    return named
