"""Official numbers of phones, as officers state them, beside what the bot counts."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Stated:
    """Phones in all at a work day, of a commune (None: of the campaign), officially; `at`: when that was stated."""

    id: int
    commune: int | None
    day: date
    n: int
    at: datetime


def _stated(row: Row) -> Stated:
    return Stated(row["id"], row["commune"], day_of(row["day"]), row["n"], moment(row["at"]))


def state(tx: Transaction, commune: int | None, day: date, n: int, *, by: int, at: datetime) -> Stated:
    """Keeps an official number; what was stated of the same day before counts no more."""
    return Stated(_add(tx, commune, day, n, None, by=by, at=at), commune, day, n, at)


def take_back(tx: Transaction, stated: Stated, *, by: int, at: datetime) -> None:
    """It counts no more; what was stated of that day before it does again."""
    _add(tx, stated.commune, stated.day, stated.n, stated.id, by=by, at=at)


def _add(
    tx: Transaction, commune: int | None, day: date, n: int, takes_back: int | None, *, by: int, at: datetime
) -> int:
    row = tx.one(
        """INSERT INTO official (commune, day, n, takes_back, at, by) VALUES (:commune, :day, :n, :takes_back, :at, :by)
           RETURNING id""",
        commune=commune,
        day=day_number(day),
        n=n,
        takes_back=takes_back,
        at=stamp(at),
        by=by,
    )
    assert row is not None
    id: int = row["id"]
    return id


def of(tx: Transaction, commune: int | None) -> list[Stated]:
    """What counts as stated of a commune, or of the campaign: a number a day, the first day first."""
    rows = tx.all(
        """SELECT o.id, o.commune, o.day, o.n, o.at FROM official o
           WHERE (o.commune = :commune OR (:commune IS NULL AND o.commune IS NULL)) AND o.takes_back IS NULL
             AND NOT EXISTS (SELECT 1 FROM official back WHERE back.takes_back = o.id)
           ORDER BY o.day, o.id""",
        commune=commune,
    )
    return list({row["day"]: _stated(row) for row in rows}.values())


def by_id(tx: Transaction, id: int) -> Stated | None:
    """The statement of this row, where it still counts."""
    row = tx.one("SELECT id, commune, day, n, at FROM official WHERE id = :id AND takes_back IS NULL", id=id)
    if row is None:
        return None
    return next((one for one in of(tx, row["commune"]) if one.id == id), None)
