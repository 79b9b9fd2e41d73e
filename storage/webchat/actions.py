"""What people did in the web chat, in the order in which it came: the bot takes it from here, as updates of a platform.

Rule: an action is there until it is taken; its UUID stays for good, so that a browser that sends it again is told how
it stands, and it is done once.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storage.engine.transaction import Transaction


class Kind(StrEnum):
    """What was done. `JOIN`: the person came in with a browser that is new."""

    SAY = "say"
    EDIT = "edit"
    PRESS = "press"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done in a room. `at`: milliseconds since 1970; `name`: the person's."""

    id: int
    person: int
    name: str
    uuid: str
    kind: Kind
    room: int
    post: int | None
    at: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """An action that came before: its post, whether the bot has it, and whether it asked for the same."""

    post: int | None
    taken: bool
    same: bool


def digest(*parts: object) -> bytes:
    """What an action asks for, in 16 bytes."""
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).digest()


def known(tx: Transaction, person: int, uuid: str, asked: bytes) -> Known | None:
    """The action of this person and UUID; None where it is new."""
    row = tx.one(
        "SELECT post, body IS NULL AS taken, digest FROM actions WHERE person = :person AND uuid = :uuid",
        person=person,
        uuid=uuid,
    )
    return Known(row["post"], bool(row["taken"]), row["digest"] == asked) if row else None


def add(
    tx: Transaction,
    *,
    person: int,
    uuid: str,
    kind: Kind,
    room: int,
    post: int | None,
    at: int,
    body: Mapping[str, Any],
    asked: bytes,
) -> None:
    """Puts an action in line for the bot."""
    tx.run(
        """INSERT INTO actions (person, uuid, kind, room, post, at, body, digest)
           VALUES (:person, :uuid, :kind, :room, :post, :at, :body, :digest)""",
        person=person,
        uuid=uuid,
        kind=str(kind),
        room=room,
        post=post,
        at=at,
        body=json.dumps(body, ensure_ascii=False),
        digest=asked,
    )


def waiting(tx: Transaction, most: int) -> list[Action]:
    """What the bot does not have yet, the oldest first."""
    rows = tx.all(
        """SELECT a.id, a.person, p.name, a.uuid, a.kind, a.room, a.post, a.at, a.body
           FROM actions a JOIN people p ON p.id = a.person WHERE a.body IS NOT NULL ORDER BY a.id LIMIT :most""",
        most=most,
    )
    return [
        Action(
            id=row["id"],
            person=row["person"],
            name=row["name"],
            uuid=row["uuid"],
            kind=Kind(row["kind"]),
            room=row["room"],
            post=row["post"],
            at=row["at"],
            body=json.loads(row["body"]),
        )
        for row in rows
    ]


def take(tx: Transaction, taken: Sequence[Action]) -> None:
    """The bot has them."""
    tx.run_many("UPDATE actions SET body = NULL WHERE id = :id", [{"id": action.id} for action in taken])
