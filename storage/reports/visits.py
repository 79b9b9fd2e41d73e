"""Promised return visits, as reports say them; what becomes of them is in storage/field/appointments.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.engine.times import day_number, moment, stamp
from storage.engine.transaction import Row, Transaction

_Key = tuple[str | None, int, int]


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was promised. `home` as it was said, where it was and is not blanked; `hamlet` 0: none named.

    `id`: its row; 0 where it is not kept yet. `person`: who goes, where several people's are listed; else 0.
    """

    home: str | None
    hamlet: int
    at: datetime
    id: int = field(default=0, compare=False)
    person: int = field(default=0, compare=False)


def keep(
    tx: Transaction, report: int, visits: Sequence[Visit], *, at: datetime, day_of: Callable[[datetime], date]
) -> None:
    """What the report promises from now on; what it promised before and does not now is taken back.

    A visit that was put off, done or called off since stays what it has become, while the report promises it as it was.
    """
    rows = tx.all(
        "SELECT id, home, hamlet, at, dropped_at, moved_from FROM visits WHERE report = :report", report=report
    )
    by_id = {row["id"]: row for row in rows}
    known = {row["id"]: _keys(row, by_id) for row in rows if row["dropped_at"] is None}
    wanted = {(visit.home, visit.hamlet, stamp(visit.at)): visit for visit in visits}
    for id, keys in known.items():
        if not keys & wanted.keys():
            tx.run("UPDATE visits SET dropped_at = :at WHERE id = :id", id=id, at=stamp(at))
    new = wanted.keys() - {key for keys in known.values() for key in keys}
    for key in sorted(new, key=lambda key: key[2]):
        _insert(tx, report, key, at, day_of)


def called_off(tx: Transaction, report: int, visits: Sequence[Visit]) -> list[datetime]:
    """When those of these were called off that a report has promised."""
    rows = tx.all(
        "SELECT id, home, hamlet, at, called_off_at, dropped_at, moved_from FROM visits WHERE report = :report",
        report=report,
    )
    by_id = {row["id"]: row for row in rows}
    wanted = {(visit.home, visit.hamlet, stamp(visit.at)) for visit in visits}
    off = [row for row in rows if row["called_off_at"] is not None and row["dropped_at"] is None]
    return [moment(row["called_off_at"]) for row in off if _keys(row, by_id) & wanted]


def add(tx: Transaction, report: int, visit: Visit, *, at: datetime, day_of: Callable[[datetime], date]) -> None:
    """The report promises one more; one that was just so and was called off, or done, stands again."""
    found = tx.one(
        """SELECT id FROM visits WHERE report = :report AND home = :home AND at = :then AND dropped_at IS NULL
           ORDER BY id DESC LIMIT 1""",
        report=report,
        home=visit.home,
        then=stamp(visit.at),
    )
    if found is not None:
        tx.run(
            """UPDATE visits SET called_off_at = NULL, done_at = NULL, result = NULL, made_at = :at, reminded_at = NULL
               WHERE id = :id""",
            id=found["id"],
            at=stamp(at),
        )
        return
    _insert(tx, report, (visit.home, visit.hamlet, stamp(visit.at)), at, day_of)


def _insert(tx: Transaction, report: int, key: _Key, at: datetime, day_of: Callable[[datetime], date]) -> None:
    home, hamlet, then = key
    tx.run(
        """INSERT INTO visits (report, hamlet, home, at, day, made_at, goes)
           SELECT id, :hamlet, :home, :then, :day, :made_at, person FROM reports WHERE id = :report""",
        report=report,
        hamlet=hamlet,
        home=home,
        then=then,
        day=day_number(day_of(moment(then))),
        made_at=stamp(at),
    )


def drop(tx: Transaction, several: Sequence[Visit], at: datetime) -> None:
    """These are promised no more."""
    rows = [{"id": one.id, "at": stamp(at)} for one in several]
    tx.run_many("UPDATE visits SET dropped_at = :at WHERE id = :id", rows)


def bring_back(tx: Transaction, report: int, dropped: datetime) -> None:
    """What the report stopped to promise at this moment it promises again."""
    tx.run(
        "UPDATE visits SET dropped_at = NULL WHERE report = :report AND dropped_at = :dropped",
        report=report,
        dropped=stamp(dropped),
    )


def _keys(row: Row, by_id: dict[int, Row]) -> set[_Key]:
    """A visit as it is, and as it was each time before it was put off."""
    found: set[_Key] = set()
    while True:
        found.add((row["home"], row["hamlet"], row["at"]))
        if row["moved_from"] not in by_id:
            return found
        row = by_id[row["moved_from"]]


# Of visits v: neither taken back, called off nor done; a result that was withdrawn is none.
STANDS = """v.dropped_at IS NULL AND v.called_off_at IS NULL AND (v.done_at IS NULL OR (v.result IS NOT NULL
    AND (SELECT change FROM versions n WHERE n.report = v.result ORDER BY number DESC LIMIT 1) = 'withdrawn'))"""
# Of reports r.
COUNTS = "(SELECT change FROM versions n WHERE n.report = r.id ORDER BY number DESC LIMIT 1) <> 'withdrawn'"


def _visits(rows: Sequence[Row]) -> list[Visit]:
    return [Visit(row["home"], row["hamlet"], moment(row["at"]), row["id"]) for row in rows]


def of_report(tx: Transaction, report: int) -> list[Visit]:
    """What a report promises and still stands, the earliest first."""
    rows = tx.all(
        f"SELECT v.id, v.home, v.hamlet, v.at FROM visits v WHERE v.report = :report AND {STANDS} ORDER BY v.at, v.id",
        report=report,
    )
    return _visits(rows)


def of_team(tx: Transaction, team: int, first: datetime, last: datetime) -> list[Visit]:
    """What a team has promised for a span of time in reports that count, the earliest first."""
    rows = tx.all(
        f"""SELECT v.id, v.home, coalesce(h.merged_into, v.hamlet) AS hamlet, v.at, v.goes
            FROM visits v JOIN reports r ON r.id = v.report JOIN hamlets h ON h.id = v.hamlet
            WHERE r.team = :team AND {STANDS} AND v.at >= :first AND v.at < :last AND {COUNTS}
            ORDER BY v.at, v.id""",
        team=team,
        first=stamp(first),
        last=stamp(last),
    )
    return [Visit(row["home"], row["hamlet"], moment(row["at"]), row["id"], row["goes"] or 0) for row in rows]


def of_person(tx: Transaction, person: int, since: date) -> list[Visit]:
    """What a person has promised in reports that count, of work days since `since`, the earliest first."""
    rows = tx.all(
        f"""SELECT v.id, v.home, v.hamlet, v.at FROM reports r JOIN visits v ON v.report = r.id
            WHERE r.person = :person AND r.day >= :since AND {STANDS} AND {COUNTS}
            ORDER BY v.at, v.id""",
        person=person,
        since=day_number(since),
    )
    return _visits(rows)
