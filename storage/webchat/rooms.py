"""Rooms of the web chat: everybody's private chat with the bot, and a room for each team."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.engine.transaction import Row, Transaction
from storage.talk import chats

CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Room:
    """A room. `title`: the team's commune; '' where it is private. `commands`: the bot's menu, (name, what it does)."""

    id: int
    person: int | None
    team: int | None
    title: str
    commands: tuple[tuple[str, str], ...]

    @property
    def private(self) -> bool:
        """Whether only one person and the bot are in it."""
        return self.person is not None


_ROOM = """SELECT r.id, r.person, r.team, r.commands, coalesce(c.name, '') AS title
    FROM rooms r LEFT JOIN teams t ON t.id = r.team LEFT JOIN communes c ON c.id = t.commune"""


def _room(row: Row) -> Room:
    commands = tuple((name, text) for name, text in json.loads(row["commands"]))
    return Room(row["id"], row["person"], row["team"], row["title"], commands)


def by_id(tx: Transaction, room: int) -> Room | None:
    """The room of this row."""
    row = tx.one(f"{_ROOM} WHERE r.id = :room", room=room)
    return _room(row) if row else None


def of_person(tx: Transaction, person: int, now: datetime) -> list[Room]:
    """The rooms somebody is in, the private one first; those that are missing are made."""
    tx.run("INSERT INTO rooms (person) VALUES (:person) ON CONFLICT (person) DO NOTHING", person=person)
    for row in tx.all(
        """SELECT m.team FROM members m LEFT JOIN rooms r ON r.team = m.team
           WHERE m.person = :person AND r.id IS NULL""",
        person=person,
    ):
        _open_for_team(tx, row["team"], by=person, now=now)
    return in_which(tx, person)


def in_which(tx: Transaction, person: int) -> list[Room]:
    """The rooms that were made for somebody, the private one first, then the newest team's."""
    rows = tx.all(
        f"""{_ROOM} WHERE r.person = :person OR r.team IN (SELECT team FROM members WHERE person = :person)
            ORDER BY r.person IS NULL, r.team DESC""",
        person=person,
    )
    return [_room(row) for row in rows]


def _open_for_team(tx: Transaction, team: int, *, by: int, now: datetime) -> None:
    """A room for a team. It is the team's by its very making, so nobody has to bind it with a command."""
    row = tx.one("INSERT INTO rooms (team) VALUES (:team) RETURNING id", team=team)
    assert row is not None
    room = by_id(tx, row["id"])
    assert room is not None
    chat = chats.at(tx, CHANNEL, str(room.id), private=False, title=room.title)
    chats.bind_team(tx, chat.id, team, by=by, when=now)


def members(tx: Transaction, room: int) -> set[int]:
    """Who is in a room, and hears what is said there: nobody who is locked out or left the roster."""
    rows = tx.all(
        """SELECT p.id AS person FROM people p
           WHERE p.locked_at IS NULL AND p.left_at IS NULL AND p.id IN (
               SELECT person FROM rooms WHERE id = :room AND person IS NOT NULL
               UNION SELECT m.person FROM rooms r JOIN members m ON m.team = r.team WHERE r.id = :room)""",
        room=room,
    )
    return {row["person"] for row in rows}


def set_commands(tx: Transaction, room: int, commands: Iterable[tuple[str, str]]) -> None:
    """What the bot's menu offers in a room."""
    tx.run(
        "UPDATE rooms SET commands = :commands WHERE id = :room",
        room=room,
        commands=json.dumps(list(commands), ensure_ascii=False),
    )


def mark_read(tx: Transaction, room: int, person: int, upto: int) -> int | None:
    """Somebody has read so far, at most all that there is. Up to which post; None where they had read further."""
    row = tx.one(
        """INSERT INTO read_marks (room, person, upto)
           SELECT :room, :person, newest FROM (
               SELECT max(id) AS newest FROM posts WHERE room = :room AND id <= :upto) AS known
           WHERE newest IS NOT NULL
           ON CONFLICT (room, person) DO UPDATE SET upto = excluded.upto WHERE excluded.upto > read_marks.upto
           RETURNING upto""",
        room=room,
        person=person,
        upto=upto,
    )
    return int(row["upto"]) if row else None


def read_upto(tx: Transaction, room: int, person: int) -> int:
    """How far somebody has read; 0: nothing."""
    row = tx.one("SELECT upto FROM read_marks WHERE room = :room AND person = :person", room=room, person=person)
    return row["upto"] if row else 0
