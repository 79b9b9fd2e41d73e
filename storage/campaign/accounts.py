"""By which accounts people are known on each platform: join codes, and how one comes in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.campaign.people import Role
from storage.engine.times import day_number, moment, stamp
from storage.engine.transaction import Transaction


def join(tx: Transaction, person: int, *, channel: str, sender: str, chat: int, at: datetime) -> None:
    """From now on this account is this person; `chat` is its private chat."""
    tx.run(
        """INSERT INTO identities (channel, sender, person, chat, joined_at)
           VALUES (:channel, :sender, :person, :chat, :at)
           ON CONFLICT (channel, sender) DO UPDATE SET person = excluded.person, chat = excluded.chat,
               joined_at = excluded.joined_at, earlier_code = 0""",
        channel=channel,
        sender=sender,
        person=person,
        chat=chat,
        at=stamp(at),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """How a person is known on a platform; `chat` is its private chat.

    `earlier_code`: it came in by a code that is no more.
    """

    channel: str
    chat: int
    joined_at: datetime
    earlier_code: bool


def of_person(tx: Transaction, person: int) -> list[Account]:
    """The accounts of a person, the one joined first first."""
    rows = tx.all(
        """SELECT channel, chat, joined_at, earlier_code FROM identities
           WHERE person = :person ORDER BY joined_at, channel, sender""",
        person=person,
    )
    return [Account(row["channel"], row["chat"], moment(row["joined_at"]), bool(row["earlier_code"])) for row in rows]


def came_by_earlier_code(tx: Transaction, person: int) -> None:
    """The code by which this person's accounts came in is no more."""
    tx.run("UPDATE identities SET earlier_code = 1 WHERE person = :person", person=person)


def end(tx: Transaction, person: int, chat: int) -> str | None:
    """The account of this private chat is this person's no more; its channel, None where it was not."""
    row = tx.one(
        "DELETE FROM identities WHERE person = :person AND chat = :chat RETURNING channel", person=person, chat=chat
    )
    return row["channel"] if row else None


def forget(tx: Transaction, person: int, chat: int) -> None:
    """The account of this private chat is gone, with the wrong codes it gave."""
    tx.run(
        """DELETE FROM code_failures WHERE EXISTS (
               SELECT 1 FROM identities i WHERE i.person = :person AND i.chat = :chat
                 AND i.channel = code_failures.channel AND i.sender = code_failures.sender)""",
        person=person,
        chat=chat,
    )
    tx.run("DELETE FROM identities WHERE person = :person AND chat = :chat", person=person, chat=chat)


def private_chats(tx: Transaction, person: int) -> list[int]:
    """The chats in which the bot can write to this person alone, the one joined last first."""
    rows = tx.all(
        """SELECT i.chat FROM identities i JOIN chats c ON c.id = i.chat
           WHERE i.person = :person AND c.gone_at IS NULL ORDER BY i.joined_at DESC, i.channel, i.sender""",
        person=person,
    )
    return [row["chat"] for row in rows]


def of_chat(tx: Transaction, chat: int) -> int | None:
    """Whose private chat with the bot this is; None: nobody's who joined."""
    row = tx.one("SELECT person FROM identities WHERE chat = :chat ORDER BY joined_at DESC LIMIT 1", chat=chat)
    return row["person"] if row else None


def sender_of(tx: Transaction, person: int, chat: int) -> tuple[str, str] | None:
    """Channel and sender of the person's account of this private chat; None where it is not theirs."""
    row = tx.one(
        "SELECT channel, sender FROM identities WHERE person = :person AND chat = :chat", person=person, chat=chat
    )
    return (row["channel"], row["sender"]) if row else None


def is_of(tx: Transaction, person: int, chat: int) -> bool:
    """Whether this is a private chat of somebody who takes part: by now it may be another's, or its person locked."""
    row = tx.one(
        """SELECT 1 FROM identities i JOIN people p ON p.id = i.person
           WHERE i.chat = :chat AND i.person = :person AND p.locked_at IS NULL AND p.left_at IS NULL""",
        chat=chat,
        person=person,
    )
    return row is not None


def has_joined(tx: Transaction, person: int) -> bool:
    """Whether any account is this person's, reachable or not."""
    return tx.one("SELECT 1 FROM identities WHERE person = :person LIMIT 1", person=person) is not None


def came_by_todays_code(tx: Transaction, *, channel: str, sender: str) -> None:
    """This account gave the code that is its person's now: nobody takes its place by that."""
    tx.run(
        "UPDATE identities SET earlier_code = 0 WHERE channel = :channel AND sender = :sender AND earlier_code = 1",
        channel=channel,
        sender=sender,
    )


def not_joined(tx: Transaction, team: int) -> set[int]:
    """Who of the team has no account yet."""
    rows = tx.all(
        """SELECT m.person FROM members m LEFT JOIN identities i ON i.person = m.person
           WHERE m.team = :team AND i.person IS NULL""",
        team=team,
    )
    return {row["person"] for row in rows}


def channels_of(tx: Transaction, team: int) -> set[str]:
    """The platforms on which anybody of the team has an account."""
    rows = tx.all(
        """SELECT DISTINCT i.channel FROM members m JOIN people p ON p.id = m.person AND p.left_at IS NULL
           JOIN identities i ON i.person = m.person WHERE m.team = :team""",
        team=team,
    )
    return {row["channel"] for row in rows}


def any_joined(tx: Transaction) -> bool:
    """Whether anybody has come in on any platform."""
    return tx.one("SELECT 1 FROM identities LIMIT 1") is not None


def note_wrong_code(tx: Transaction, *, channel: str, sender: str, at: datetime) -> None:
    """Remembers a wrong code; those of days ago are forgotten."""
    tx.run("DELETE FROM code_failures WHERE at < :day_ago", day_ago=stamp(at - timedelta(days=1)))
    tx.run(
        "INSERT INTO code_failures (channel, sender, at) VALUES (:channel, :sender, :at)",
        channel=channel,
        sender=sender,
        at=stamp(at),
    )


def wrong_codes(tx: Transaction, *, channel: str, sender: str, since: datetime) -> list[int]:
    """When this account gave wrong codes, oldest first, as stamps."""
    rows = tx.all(
        "SELECT at FROM code_failures WHERE channel = :channel AND sender = :sender AND at > :since ORDER BY at",
        channel=channel,
        sender=sender,
        since=stamp(since),
    )
    return [row["at"] for row in rows]


@dataclass(frozen=True, slots=True)
class Coded:
    """A person with the code that lets them in; `communes` by name, for people to read.

    `phase`: of the team in which they work; '' for those who are in none. `joined`: on any platform.
    """

    ref: str
    name: str
    role: Role
    communes: str
    code: str
    phase: str
    joined: bool


def with_codes(tx: Transaction, day: date) -> list[Coded]:
    """Everybody who may join, by role and commune: that of the team in which they work on this day, or will."""
    scopes, own = _scopes(tx), _own_teams(tx, day)
    rows = tx.all(
        """SELECT p.id, p.ref, p.name, p.role, p.code,
                  EXISTS (SELECT 1 FROM identities i WHERE i.person = p.id) AS joined
           FROM people p WHERE p.left_at IS NULL AND p.locked_at IS NULL"""
    )
    everybody = []
    for row in rows:
        commune, phase = own.get(row["id"], ("", ""))
        communes = "; ".join(scopes.get(row["id"], ())) or commune
        joined = bool(row["joined"])
        everybody.append(Coded(row["ref"], row["name"], Role(row["role"]), communes, row["code"], phase, joined))
    return sorted(everybody, key=lambda one: (_FIRST.get(one.role, len(_FIRST)), one.communes, one.ref))


_FIRST = {Role.ADMIN: 0, Role.OFFICER: 1}


def _own_teams(tx: Transaction, day: date) -> dict[int, tuple[str, str]]:
    """Commune and phase of everybody's team, by person, as `teams.team_of` chooses it."""
    number = day_number(day)
    rows = tx.all(
        """SELECT m.person, c.name AS commune, f.name AS phase, f.first_day FROM members m
           JOIN teams t ON t.id = m.team JOIN communes c ON c.id = t.commune JOIN phases f ON f.id = t.phase"""
    )
    nearest = sorted(rows, key=lambda row: (row["first_day"] > number, abs(row["first_day"] - number)), reverse=True)
    return {row["person"]: (row["commune"], row["phase"]) for row in nearest}


def _scopes(tx: Transaction) -> dict[int, list[str]]:
    """The names of the communes that officers answer for, by person."""
    named: dict[int, list[str]] = {}
    for row in tx.all(
        "SELECT s.person, c.name FROM scopes s JOIN communes c ON c.id = s.commune ORDER BY s.person, c.id"
    ):
        named.setdefault(row["person"], []).append(row["name"])
    return named
