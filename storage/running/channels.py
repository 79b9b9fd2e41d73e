"""How each way to reach people is doing, for `bacung status` and links."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel's bot name there, and whether it works."""

    name: str
    username: str
    up: bool
    detail: str
    at: datetime


def note(tx: Transaction, name: str, *, username: str, up: bool, detail: str, at: datetime) -> None:
    """Keeps how the channel is doing; an empty username keeps the known one."""
    tx.run(
        """INSERT INTO channels (name, username, state, detail, at) VALUES (:name, :username, :state, :detail, :at)
           ON CONFLICT (name) DO UPDATE SET state = excluded.state, detail = excluded.detail, at = excluded.at,
               username = CASE WHEN excluded.username = '' THEN channels.username ELSE excluded.username END""",
        name=name,
        username=username,
        state="up" if up else "down",
        detail=detail,
        at=stamp(at),
    )


def all_of(tx: Transaction) -> list[ChannelState]:
    """All channels, by name."""
    rows = tx.all("SELECT name, username, state, detail, at FROM channels ORDER BY name")
    return [
        ChannelState(row["name"], row["username"], row["state"] == "up", row["detail"], moment(row["at"]))
        for row in rows
    ]
