"""Where a browser of the web chat is reached while no page of it is open: its endpoint at a push service.

Rule: an endpoint lives as long as its device; it is forgotten with it, or when the push service no longer knows it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import stamp
from storage.engine.transaction import Row, Transaction
from storage.webchat.devices import USABLE


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One browser's. `p256dh` and `auth` are its keys, as it gave them; `upto`: the newest post that is settled."""

    device: int
    person: int
    url: str
    p256dh: str
    auth: str
    upto: int


_ENDPOINT = """SELECT e.device, d.person, e.url, e.p256dh, e.auth, e.upto
    FROM push_endpoints e JOIN devices d ON d.id = e.device JOIN people p ON p.id = d.person"""


def _endpoint(row: Row) -> Endpoint:
    return Endpoint(row["device"], row["person"], row["url"], row["p256dh"], row["auth"], row["upto"])


def keep(tx: Transaction, device: int, *, url: str, p256dh: str, auth: str, at: datetime) -> None:
    """The device is reached there from now on, and nobody else is; what stands in its rooms by now is not pushed."""
    tx.run("DELETE FROM push_endpoints WHERE url = :url AND device <> :device", url=url, device=device)
    tx.run(
        """INSERT INTO push_endpoints (device, url, p256dh, auth, at, upto)
           VALUES (:device, :url, :p256dh, :auth, :at, (SELECT coalesce(max(id), 0) FROM posts))
           ON CONFLICT (device) DO UPDATE SET url = excluded.url, p256dh = excluded.p256dh, auth = excluded.auth""",
        device=device,
        url=url,
        p256dh=p256dh,
        auth=auth,
        at=stamp(at),
    )


def of_device(tx: Transaction, device: int) -> Endpoint | None:
    """Where this device is reached; None: nowhere."""
    row = tx.one(f"{_ENDPOINT} WHERE e.device = :device", device=device)
    return _endpoint(row) if row else None


def of_people(tx: Transaction, people: Collection[int], now: datetime) -> list[Endpoint]:
    """Where these people are reached, on devices that may still be used."""
    some = ", ".join(str(int(person)) for person in people) or "NULL"
    rows = tx.all(
        f"{_ENDPOINT} WHERE d.person IN ({some}) AND {USABLE} ORDER BY e.device",
        now=stamp(now),
    )
    return [_endpoint(row) for row in rows]


def people(tx: Transaction) -> set[int]:
    """Everybody who is reached somewhere."""
    rows = tx.all("SELECT DISTINCT d.person FROM push_endpoints e JOIN devices d ON d.id = e.device")
    return {row["person"] for row in rows}


def settle(tx: Transaction, device: int, url: str, upto: int) -> None:
    """Of what was posted until this one, nothing has to be pushed there any more."""
    tx.run(
        "UPDATE push_endpoints SET upto = :upto WHERE device = :device AND url = :url AND upto < :upto",
        device=device,
        url=url,
        upto=upto,
    )


def forget(tx: Transaction, device: int, url: str | None = None) -> None:
    """The device is reached there no more; `url` None: wherever that was."""
    tx.run(
        "DELETE FROM push_endpoints WHERE device = :device AND url = coalesce(:url, url)",
        device=device,
        url=url,
    )


def forget_dead(tx: Transaction, now: datetime) -> int:
    """Endpoints of devices that can no longer be used are forgotten. How many."""
    return tx.run(
        f"""DELETE FROM push_endpoints WHERE device NOT IN (
                SELECT d.id FROM devices d JOIN people p ON p.id = d.person WHERE {USABLE})""",
        now=stamp(now),
    )
