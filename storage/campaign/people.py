"""Who takes part: people of the roster, their roles, and by which accounts they are known on each platform."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.engine.times import stamp
from storage.engine.transaction import Row, Transaction


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


def every(tx: Transaction) -> list[Person]:
    """Everybody, also those who left, by id of the roster."""
    return [_person(row) for row in tx.all(f"SELECT {_PERSON} FROM people p ORDER BY p.ref")]


def by_ref_ever(tx: Transaction, ref: str) -> Person | None:
    """The person of this id in the roster, in whatever case, also one who left it."""
    row = tx.one(
        f"""SELECT {_PERSON} FROM people p WHERE p.ref = :ref OR upper(p.ref) = :upper
            ORDER BY p.ref = :ref DESC LIMIT 1""",
        ref=ref,
        upper=ref.upper(),
    )
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


def lock(tx: Transaction, person: int, at: datetime) -> None:
    """Neither codes nor accounts of this person work any more."""
    tx.run("UPDATE people SET locked_at = :at WHERE id = :person", person=person, at=stamp(at))


def unlock(tx: Transaction, person: int) -> None:
    """The person may come in again."""
    tx.run("UPDATE people SET locked_at = NULL WHERE id = :person", person=person)


def is_locked(tx: Transaction, person: int) -> bool:
    """Whether the person was locked out."""
    return tx.one("SELECT 1 FROM people WHERE id = :person AND locked_at IS NOT NULL", person=person) is not None


def takes_part(tx: Transaction, person: int) -> bool:
    """Whether the person is in the roster, and was not locked out."""
    row = tx.one("SELECT 1 FROM people WHERE id = :person AND locked_at IS NULL AND left_at IS NULL", person=person)
    return row is not None


def names(tx: Transaction) -> dict[int, str]:
    """What everybody of the roster is called, by row, in the order of their ids."""
    rows = tx.all("SELECT id, name FROM people WHERE left_at IS NULL ORDER BY ref")
    return {row["id"]: row["name"] for row in rows}


def codes_among(tx: Transaction, words: Collection[str]) -> set[str]:
    """Which of these words let somebody in, in whatever case."""
    named = {f"w{place}": word.upper() for place, word in enumerate(words)}
    if not named:
        return set()
    rows = tx.all(
        f"""SELECT upper(p.code) AS code FROM people p
            WHERE upper(p.code) IN ({", ".join(f":{name}" for name in named)})
              AND p.locked_at IS NULL AND p.left_at IS NULL""",
        **named,
    )
    known = {row["code"] for row in rows}
    return {word for word in words if word.upper() in known}


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
