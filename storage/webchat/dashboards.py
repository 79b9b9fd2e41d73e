"""Dashboards: links that open one once, and the browsers in which they are open; both known by digests alone."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction

OPENS = timedelta(minutes=15)  # a link
SHOWN = timedelta(hours=12)  # a dashboard, in one browser
_KEPT = timedelta(days=30)  # who opened what, for `bacung person show`
_BYTES = 16  # of what makes a link or a cookie: nobody guesses them
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A link, or what it opened. `chat`: where it was asked for; `name`: the browser's."""

    id: int
    person: int
    chat: int
    name: str
    opened_at: datetime | None
    shown_until: datetime | None


_DASHBOARD = "b.id, b.person, b.chat, b.name, b.opened_at, b.shown_until"
# Of dashboards b and their people p: whoever is locked out, gone or no officer any more has none.
_THEIRS = "b.ended_at IS NULL AND p.locked_at IS NULL AND p.left_at IS NULL AND p.role IN ('officer', 'admin')"
_SHOWN = f"{_THEIRS} AND b.opened_at IS NOT NULL AND b.shown_until > :now"
_OPENS = f"{_THEIRS} AND b.opened_at IS NULL AND b.opens_until > :now"


def _dashboard(row: Row) -> Dashboard:
    opened, until = row["opened_at"], row["shown_until"]
    return Dashboard(
        row["id"],
        row["person"],
        row["chat"],
        row["name"],
        moment(opened) if opened is not None else None,
        moment(until) if until is not None else None,
    )


def ask(tx: Transaction, person: int, chat: int, at: datetime) -> str:
    """A new link's last part, known to nobody else; those of this person that were not opened yet end with it."""
    tx.run(
        "UPDATE dashboards SET ended_at = :at WHERE person = :person AND opened_at IS NULL AND ended_at IS NULL",
        person=person,
        at=stamp(at),
    )
    tx.run("DELETE FROM dashboards WHERE made_at < :before", before=stamp(at - _KEPT))
    secret = secrets.token_hex(_BYTES)  # letters and figures alone: apps cut other signs off a link
    row = tx.one(
        """INSERT INTO dashboards (person, chat, link, made_at, opens_until)
           VALUES (:person, :chat, :link, :at, :until) RETURNING id""",
        person=person,
        chat=chat,
        link=_digest(secret),
        at=stamp(at),
        until=stamp(at + OPENS),
    )
    assert row is not None
    return f"{row['id']}-{secret}"


def of_link(tx: Transaction, given: str, now: datetime) -> Dashboard | None:
    """What a link would open; None where it is forged, was opened before, is over, or its person may not."""
    return _found(tx, given, "-", "link", _OPENS, now)


def open_here(tx: Transaction, link: Dashboard, *, name: str, at: datetime) -> str:
    """The link is used up by a browser of this name; what that browser is given to keep."""
    secret = secrets.token_hex(_BYTES)  # letters and figures alone: apps cut other signs off a link
    tx.run(
        "UPDATE dashboards SET opened_at = :at, cookie = :cookie, name = :name, shown_until = :until WHERE id = :id",
        id=link.id,
        at=stamp(at),
        cookie=_digest(secret),
        name=name,
        until=stamp(at + SHOWN),
    )
    return f"{link.id}.{secret}"


def of_cookie(tx: Transaction, given: str | None, now: datetime) -> Dashboard | None:
    """The dashboard that is open in a browser; None where it is forged, ended or over, or its person may not."""
    return _found(tx, given or "", ".", "cookie", _SHOWN, now)


def of_person(tx: Transaction, person: int, now: datetime) -> list[Dashboard]:
    """What somebody has open, the newest first."""
    rows = tx.all(
        f"""SELECT {_DASHBOARD} FROM dashboards b JOIN people p ON p.id = b.person
            WHERE b.person = :person AND {_SHOWN} ORDER BY b.id DESC""",
        person=person,
        now=stamp(now),
    )
    return [_dashboard(row) for row in rows]


def end(tx: Transaction, dashboard: int, at: datetime) -> None:
    """It is open in that browser no more."""
    tx.run("UPDATE dashboards SET ended_at = :at WHERE id = :id AND ended_at IS NULL", id=dashboard, at=stamp(at))


def end_all(tx: Transaction, person: int, at: datetime) -> None:
    """No link of this person opens anything, and no browser shows anything."""
    tx.run(
        "UPDATE dashboards SET ended_at = :at WHERE person = :person AND ended_at IS NULL", person=person, at=stamp(at)
    )


def _found(tx: Transaction, given: str, parting: str, column: str, which: str, now: datetime) -> Dashboard | None:
    number, parted, secret = given.partition(parting)
    if not (parted and number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        return None
    row = tx.one(
        f"""SELECT {_DASHBOARD}, b.{column} AS digest FROM dashboards b JOIN people p ON p.id = b.person
            WHERE b.id = :id AND {which}""",
        id=int(number),
        now=stamp(now),
    )
    if row is None or not hmac.compare_digest(row["digest"], _digest(secret)):
        return None
    return _dashboard(row)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
