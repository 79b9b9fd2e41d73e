"""Browsers that joined the web chat with a code: a few a person, each of which can be ended."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction

MOST = 5  # of one person at a time


@dataclass(frozen=True, slots=True)
class Device:
    """A browser of a person. `nonce` is what its cookie is signed over."""

    id: int
    person: int
    nonce: str
    name: str
    joined_at: datetime
    seen_at: datetime


_DEVICE = "d.id, d.person, d.nonce, d.name, d.joined_at, d.seen_at"
_ALIVE = "d.ended_at IS NULL AND d.expires_at > :now"
USABLE = f"{_ALIVE} AND p.locked_at IS NULL AND p.left_at IS NULL"  # of devices d and their people p


def _device(row: Row) -> Device:
    return Device(row["id"], row["person"], row["nonce"], row["name"], moment(row["joined_at"]), moment(row["seen_at"]))


def add(tx: Transaction, person: int, *, nonce: str, name: str, at: datetime, expires_at: datetime) -> int:
    """A person joined with a new browser; its id."""
    row = tx.one(
        """INSERT INTO devices (person, nonce, name, joined_at, seen_at, expires_at)
           VALUES (:person, :nonce, :name, :at, :at, :expires_at) RETURNING id""",
        person=person,
        nonce=nonce,
        name=name,
        at=stamp(at),
        expires_at=stamp(expires_at),
    )
    assert row is not None
    id: int = row["id"]
    return id


def alive(tx: Transaction, device: int, now: datetime) -> Device | None:
    """The device, where it may still be used: not ended, not expired, its person neither locked nor gone."""
    row = tx.one(
        f"SELECT {_DEVICE} FROM devices d JOIN people p ON p.id = d.person WHERE d.id = :device AND {USABLE}",
        device=device,
        now=stamp(now),
    )
    return _device(row) if row else None


def of_person(tx: Transaction, person: int, now: datetime) -> list[Device]:
    """The devices with which somebody is in, the newest first."""
    rows = tx.all(
        f"SELECT {_DEVICE} FROM devices d WHERE d.person = :person AND {_ALIVE} ORDER BY d.id DESC",
        person=person,
        now=stamp(now),
    )
    return [_device(row) for row in rows]


def by_id(tx: Transaction, device: int) -> Device | None:
    """The device of this row, usable or not."""
    row = tx.one(f"SELECT {_DEVICE} FROM devices d WHERE d.id = :device", device=device)
    return _device(row) if row else None


def saw(tx: Transaction, device: int, at: datetime, *, until: datetime) -> None:
    """The device was used just now; it works `until` then, or longer: phases may have come since it joined."""
    tx.run(
        """UPDATE devices SET seen_at = :at,
               expires_at = CASE WHEN expires_at < :until THEN :until ELSE expires_at END WHERE id = :device""",
        device=device,
        at=stamp(at),
        until=stamp(until),
    )


def end(tx: Transaction, device: int, at: datetime) -> bool:
    """The device can no longer be used, nor reached; False where it could not before."""
    tx.run("DELETE FROM push_endpoints WHERE device = :device", device=device)
    return (
        tx.run("UPDATE devices SET ended_at = :at WHERE id = :device AND ended_at IS NULL", device=device, at=stamp(at))
        > 0
    )
