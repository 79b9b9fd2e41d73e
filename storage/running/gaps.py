"""Until when each platform brought what people wrote, and the gaps in which it may have lost something."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Gap:
    """Of what was written on a platform between these moments some may be lost."""

    id: int
    channel: str
    begun_at: datetime
    ended_at: datetime


_GAP = "id, channel, begun_at, ended_at"


def _gap(row: Row) -> Gap:
    return Gap(row["id"], row["channel"], moment(row["begun_at"]), moment(row["ended_at"]))


def last_contact(tx: Transaction, channel: str) -> datetime | None:
    """Until when the platform was there for sure; None: it never was."""
    row = tx.one("SELECT at FROM contacts WHERE channel = :channel", channel=channel)
    return moment(row["at"]) if row else None


def note_contact(tx: Transaction, channel: str, at: datetime) -> None:
    """The platform is there."""
    tx.run(
        """INSERT INTO contacts (channel, at) VALUES (:channel, :at)
           ON CONFLICT (channel) DO UPDATE SET at = excluded.at""",
        channel=channel,
        at=stamp(at),
    )


def note(tx: Transaction, channel: str, begun_at: datetime, ended_at: datetime) -> None:
    """There was a gap."""
    tx.run(
        """INSERT INTO gaps (channel, begun_at, ended_at) VALUES (:channel, :begun_at, :ended_at)
           ON CONFLICT (channel, begun_at) DO NOTHING""",
        channel=channel,
        begun_at=stamp(begun_at),
        ended_at=stamp(ended_at),
    )


def untold(tx: Transaction) -> list[Gap]:
    """Those of which nobody was told yet, the oldest first."""
    return [_gap(row) for row in tx.all(f"SELECT {_GAP} FROM gaps WHERE told = 0 ORDER BY id")]


def note_told(tx: Transaction, gap: int) -> None:
    """Whoever has to know of it was told."""
    tx.run("UPDATE gaps SET told = 1 WHERE id = :gap", gap=gap)


def between(tx: Transaction, first: datetime, last: datetime) -> list[Gap]:
    """Those that touch this span of time, the oldest first."""
    rows = tx.all(
        f"SELECT {_GAP} FROM gaps WHERE begun_at < :last AND ended_at > :first ORDER BY begun_at, id",
        first=stamp(first),
        last=stamp(last),
    )
    return [_gap(row) for row in rows]
