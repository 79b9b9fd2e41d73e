"""Who takes part: people of the roster, their roles, and by which accounts they are known on each platform."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.database import Row, Transaction
from storage.times import stamp


class Role(StrEnum):
    """What a person is in the campaign."""

    STUDENT = "student"
    LEAD = "lead"
    OFFICER = "officer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster. `address` is how the roster wants the bot to address them."""

    id: int
    ref: str
    name: str
    role: Role
    address: str | None


_PERSON = "p.id, p.ref, p.name, p.role, p.address"


def _person(row: Row) -> Person:
    return Person(row["id"], row["ref"], row["name"], Role(row["role"]), row["address"])


def of_sender(tx: Transaction, channel: str, sender: str) -> Person | None:
    """Who joined with this account; None for strangers, locked people and those who left the roster."""
    row = tx.one(
        f"""SELECT {_PERSON} FROM identities i JOIN people p ON p.id = i.person
            WHERE i.channel = :channel AND i.sender = :sender AND p.locked_at IS NULL AND p.left_at IS NULL""",
        channel=channel,
        sender=sender,
    )
    return _person(row) if row else None


def by_id(tx: Transaction, person: int) -> Person | None:
    """The person of this row."""
    row = tx.one(f"SELECT {_PERSON} FROM people p WHERE p.id = :person", person=person)
    return _person(row) if row else None


def by_ref(tx: Transaction, ref: str) -> Person | None:
    """The person of this id in the roster, in whatever case; None for those who left."""
    row = tx.one(
        f"""SELECT {_PERSON} FROM people p WHERE (p.ref = :ref OR upper(p.ref) = :upper) AND p.left_at IS NULL
            ORDER BY p.ref = :ref DESC LIMIT 1""",
        ref=ref,
        upper=ref.upper(),
    )
    return _person(row) if row else None


def by_code(tx: Transaction, code: str) -> Person | None:
    """Whom this code lets in, in whatever case; None where it is wrong, locked, or the person left."""
    row = tx.one(
        f"SELECT {_PERSON} FROM people p WHERE upper(p.code) = :code AND p.locked_at IS NULL AND p.left_at IS NULL",
        code=code.upper(),
    )
    return _person(row) if row else None


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


def of_team(tx: Transaction, team: int) -> list[Person]:
    """The team's students, leads among them, by name."""
    rows = tx.all(
        f"""SELECT {_PERSON} FROM members m JOIN people p ON p.id = m.person
            WHERE m.team = :team AND p.left_at IS NULL AND p.role IN ('student', 'lead') ORDER BY p.name, p.id""",
        team=team,
    )
    return [_person(row) for row in rows]


def leads_of(tx: Transaction, team: int) -> list[Person]:
    """Who leads the team."""
    return [person for person in of_team(tx, team) if person.role == Role.LEAD]


def officers_of(tx: Transaction, commune: int) -> list[Person]:
    """The officers whose scope names this commune; those of the whole campaign are not among them."""
    rows = tx.all(
        f"""SELECT {_PERSON} FROM scopes s JOIN people p ON p.id = s.person
            WHERE s.commune = :commune AND p.role = 'officer' AND p.left_at IS NULL AND p.locked_at IS NULL
            ORDER BY p.id""",
        commune=commune,
    )
    return [_person(row) for row in rows]


def campaign_officers(tx: Transaction) -> list[Person]:
    """The officers who see the whole campaign."""
    rows = tx.all(
        f"""SELECT {_PERSON} FROM people p
            WHERE p.role = 'officer' AND p.left_at IS NULL AND p.locked_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM scopes s WHERE s.person = p.id)
            ORDER BY p.id"""
    )
    return [_person(row) for row in rows]


def admins(tx: Transaction) -> list[Person]:
    """Who runs the bot."""
    rows = tx.all(
        f"""SELECT {_PERSON} FROM people p
            WHERE p.role = 'admin' AND p.left_at IS NULL AND p.locked_at IS NULL ORDER BY p.id"""
    )
    return [_person(row) for row in rows]


def scope_of(tx: Transaction, person: int) -> list[int]:
    """The communes named for this person; an officer without any sees the whole campaign."""
    rows = tx.all("SELECT commune FROM scopes WHERE person = :person ORDER BY commune", person=person)
    return [row["commune"] for row in rows]


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


def set_day_off(tx: Transaction, person: int, day: int) -> None:
    """The person is not on duty on this day (a day number)."""
    tx.run("INSERT INTO days_off (person, day) VALUES (:person, :day) ON CONFLICT DO NOTHING", person=person, day=day)


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
    rows = tx.all(
        """SELECT p.ref, p.name, p.role, p.code,
                  coalesce((SELECT group_concat(c.name, '; ') FROM scopes s JOIN communes c ON c.id = s.commune
                            WHERE s.person = p.id),
                           (SELECT min(c.name) FROM members m JOIN teams t ON t.id = m.team
                            JOIN communes c ON c.id = t.commune WHERE m.person = p.id), '') AS communes
           FROM people p WHERE p.left_at IS NULL AND p.locked_at IS NULL
           ORDER BY CASE p.role WHEN 'admin' THEN 0 WHEN 'officer' THEN 1 ELSE 2 END, communes, p.ref"""
    )
    return [Coded(row["ref"], row["name"], Role(row["role"]), row["communes"], row["code"]) for row in rows]
