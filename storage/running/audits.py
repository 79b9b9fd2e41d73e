"""Who changed what belongs to others, and who took data out: kept for good, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done. `by` None: at the command line by `operator`, or by the clock where there is none.

    `chat`: where; `subject`: the row of what it was done to, as `what` says; `before`, `after`: in words.
    """

    id: int
    at: datetime
    by: int | None
    what: str
    subject: int
    detail: str
    chat: int | None
    operator: str | None
    before: str
    after: str


def add(
    tx: Transaction,
    *,
    at: datetime,
    by: int | None,
    what: str,
    subject: int,
    detail: str = "",
    chat: int | None = None,
    operator: str | None = None,
    before: str = "",
    after: str = "",
) -> None:
    """Keeps one deed. Nothing in it names a resident; who is named is named by their row."""
    tx.run(
        """INSERT INTO audits (at, by, what, subject, detail, chat, operator, before, after)
           VALUES (:at, :by, :what, :subject, :detail, :chat, :operator, :before, :after)""",
        at=stamp(at),
        by=by,
        what=what,
        subject=subject,
        detail=detail,
        chat=chat,
        operator=operator,
        before=before,
        after=after,
    )


_DEED = "id, at, by, what, subject, detail, chat, operator, before, after"


def _deed(row: Row) -> Deed:
    return Deed(
        id=row["id"],
        at=moment(row["at"]),
        by=row["by"],
        what=row["what"],
        subject=row["subject"],
        detail=row["detail"],
        chat=row["chat"],
        operator=row["operator"],
        before=row["before"],
        after=row["after"],
    )


@dataclass(frozen=True, slots=True)
class Sought:
    """Which deeds are meant: somebody's, those of a span of time (its end is left out)."""

    by: int | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Sought()
_WHICH = """(:by IS NULL OR by = :by) AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until)"""


def _which(sought: Sought) -> dict[str, int | None]:
    return {
        "by": sought.by,
        "since": stamp(sought.since) if sought.since else None,
        "until": stamp(sought.until) if sought.until else None,
    }


def newest(tx: Transaction, sought: Sought, *, limit: int, offset: int = 0) -> list[Deed]:
    """A page of what is sought, the newest first."""
    rows = tx.all(
        f"SELECT {_DEED} FROM audits WHERE {_WHICH} ORDER BY id DESC LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **_which(sought),
    )
    return [_deed(row) for row in rows]


def every(tx: Transaction, sought: Sought) -> list[Deed]:
    """All that is sought, the oldest first."""
    return [_deed(row) for row in tx.all(f"SELECT {_DEED} FROM audits WHERE {_WHICH} ORDER BY id", **_which(sought))]


def count(tx: Transaction, sought: Sought) -> int:
    """How many deeds are sought."""
    row = tx.one(f"SELECT count(*) AS n FROM audits WHERE {_WHICH}", **_which(sought))
    return row["n"] if row else 0


def doers(tx: Transaction) -> list[int]:
    """Everybody who did anything that is on record."""
    return [row["by"] for row in tx.all("SELECT DISTINCT by FROM audits WHERE by IS NOT NULL ORDER BY by")]


def blank(tx: Transaction, ids: Sequence[int]) -> None:
    """The words of these deeds go, since they name somebody who is erased; that they were done stays."""
    tx.run_many("UPDATE audits SET detail = '', before = '', after = '' WHERE id = :id", [{"id": id} for id in ids])


def naming(tx: Transaction, name: str) -> list[int]:
    """The deeds whose words hold this name."""
    rows = tx.all(
        "SELECT id, detail, before, after FROM audits WHERE detail <> '' OR before <> '' OR after <> '' ORDER BY id"
    )
    return [row["id"] for row in rows if name in " · ".join((row["detail"], row["before"], row["after"]))]
