"""What each quarter of an hour changed: as it stood then, and what was changed of a day afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.campaign.hamlets import NO_HAMLET
from storage.engine.database import session
from storage.engine.format import MIGRATIONS
from storage.engine.transaction import Row
from storage.reports import quarters, reports, totals
from storage.reports.tallies import Line
from tests.figures.world import World, at, day, world
from tests.storage.test_migrations import _of_version


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def test_a_day_as_it_stood_and_what_became_of_it(w: World) -> None:
    """Reports count from when they were sent, corrections and withdrawals from when they were made."""
    team = w.team("451").id
    first = w.report("an", day(17), 5, sent=at(day(17), 18, 3))
    second = w.report("binh", day(17), 7, sent=at(day(17), 18, 50), absent=2)
    fixed = reports.correct(
        w.tx, first, [Line(NO_HAMLET, "activated", 4)], by=first.person, at=at(day(17), 19, 1), text=None
    )
    reports.withdraw(w.tx, second, by=second.person, at=at(day(18), 9, 30))
    late = w.report("an", day(17), 2, sent=at(day(18), 9, 40))
    asked = [(at(day(17), 18), 0), (at(day(17), 18, 20), 5), (at(day(17), 19), 12), (at(day(17), 19, 20), 11)]
    for moment, n in asked:
        assert quarters.until(w.tx, day(17), moment).get(team, 0) == n
    assert quarters.changed_since(w.tx, at(day(18), 4), day(18)) == {team: {day(17): -5}}
    assert quarters.changed_since(w.tx, at(day(18), 9, 45), day(18)) == {}
    assert quarters.until(w.tx, day(17), at(day(19), 0)) == {team: 6}
    assert quarters.until(w.tx, day(17), at(day(19), 0), commune=w.commune("397").id) == {}
    assert list(quarters.of_day(w.tx, day(17))[team].values()) == [5, 7, -1, -5]
    assert quarters.begun(at(day(17), 18, 59)) == at(day(17), 18, 45)
    assert (fixed.version, late.version) == (2, 1)
    assert totals.differences(w.tx) == []


def test_the_recount_finds_what_is_wrong(w: World) -> None:
    """A share or a quarter that is not what the reports say is named."""
    w.report("an", day(17), 5)
    w.tx.run("UPDATE shares SET n = 6")
    w.tx.run("UPDATE quarters SET n = n - 1")
    assert [(one.scope, one.kept, one.counted) for one in totals.differences(w.tx)] == [
        ("share", 6, 5),
        ("quarter", 4, 5),
    ]


def test_a_database_of_before_gets_them(tmp_path: Path) -> None:
    """Counted from all versions that there are: the sums are as if they had always been kept."""
    before = [file.name for file in sorted(MIGRATIONS.glob("[0-9]*.sql"))].index("0029_figures.sql")
    with world(tmp_path) as w:
        report = w.report("an", day(17), 5, absent=1)
        w.report("binh", day(17), 7, sent=at(day(17), 18))
        reports.correct(
            w.tx, report, [Line(NO_HAMLET, "activated", 3)], by=report.person, at=at(day(17), 21), text=None
        )
        gone = w.report("binh", day(18), 2)
        reports.withdraw(w.tx, gone, by=gone.person, at=gone.at + timedelta(hours=1))
        tables = ("reports", "versions", "counts", "sums", "hamlets", "teams")
        rows = {table: w.tx.all(f"SELECT * FROM {table}") for table in tables}
        kept = {table: _kept(w.tx.all(f"SELECT * FROM {table} WHERE n <> 0")) for table in ("shares", "quarters")}
    path = tmp_path / "older.db"
    filling = [
        f"INSERT OR REPLACE INTO {table} ({', '.join(dict(row))}) VALUES ({', '.join(map(_sql, tuple(row)))})"
        for table, several in rows.items()
        for row in several
    ]
    _of_version(before, path, *filling)
    with session(path) as tx:
        assert totals.differences(tx) == []
        assert {table: _kept(tx.all(f"SELECT * FROM {table} WHERE n <> 0")) for table in kept} == kept


def _kept(rows: list[Row]) -> list[tuple[object, ...]]:
    return sorted(tuple(row) for row in rows)


def _sql(value: object) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"
