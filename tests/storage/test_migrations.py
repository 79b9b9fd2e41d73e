"""Databases of older versions: brought up to date with everything that they hold."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.engine.database import session
from storage.engine.format import APPLICATION_ID, MIGRATIONS
from storage.reports import totals
from storage.running import epoch
from storage.talk import lines, unsaid
from storage.talk.passage import State


def _of_version(number: int, path: Path, *filling: str) -> None:
    """A database as version `number` left it."""
    with closing(sqlite3.connect(path)) as connection:
        for file in sorted(MIGRATIONS.glob("[0-9]*.sql"))[:number]:
            connection.executescript(file.read_text(encoding="utf-8"))
        for statement in filling:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()


def test_homes_keep_their_reports(tmp_path: Path) -> None:
    """Version 5 files homes by evening; blanked ones stay blanked."""
    path = tmp_path / "bot.db"
    _of_version(
        4,
        path,
        "INSERT INTO reports (id, person, team, day, at, chat, message) VALUES (7, 1, 1, 19497, 1684584000, 1, 'm')",
        """INSERT INTO homes (report, hamlet, label, counts) VALUES (7, 0, 'ba lan', '{"activated": 3}')""",
        """INSERT INTO homes (report, hamlet, label, counts) VALUES (7, 4, NULL, '{"absent": 1}')""",
    )
    with session(path) as tx:
        rows = tx.all("SELECT report, hamlet, label, day, counts FROM homes")
    assert [tuple(row) for row in rows] == [(7, 0, "ba lan", 19497, '{"activated": 3}')]


def test_what_waits_keeps_whether_it_speaks(tmp_path: Path) -> None:
    """Version 7 no longer looks into what is said: a sign that waits stays one, all else is a message."""
    path = tmp_path / "bot.db"
    _of_version(
        6,
        path,
        *(
            f"INSERT INTO outbox (id, chat, class, state, meant_at, due_at) VALUES ({id}, 1, 0, '{state}', 0, 0)"
            for id, state in ((1, "sent"), (2, "due"), (3, "due"))
        ),
        """INSERT INTO bodies (outbox, body) VALUES (2, '{"react":"👍","on":"5","text":"✅"}')""",
        """INSERT INTO bodies (outbox, body) VALUES (3, '{"text":"✅","quotes":"5"}')""",
    )
    with session(path) as tx:
        rows = tx.all("SELECT id, words FROM outbox ORDER BY id")
    assert [tuple(row) for row in rows] == [(1, 1), (2, 0), (3, 1)]


def test_what_ended_before_is_history(tmp_path: Path) -> None:
    """Version 10 tells of what ends unsaid from then on; what may have been said stays marked, whyever it was."""
    path = tmp_path / "bot.db"
    rows = ((1, "failed", 0), (2, "unknown", 2), (3, "due", 0), (4, "due", 1), (5, "due", 2), (6, "sending", 0))
    chat = "INSERT INTO chats (id, channel, address, kind) VALUES ({0}, 'telegram', '{0}', 'private')"
    said = "INSERT INTO outbox (id, chat, class, state, again, meant_at, due_at) VALUES ({0}, {0}, 0, '{1}', {2}, 0, 0)"
    body = "INSERT INTO bodies (outbox, body) VALUES ({0}, '{{}}')"
    _of_version(9, path, *(statement.format(*row) for row in rows for statement in (chat, said, body)))
    with session(path) as tx:
        assert unsaid.untold(tx) == []
        waiting = lines.heads(tx, "telegram", datetime(2023, 5, 20, tzinfo=UTC), words=True)
        found = {one.id: one.state for one in waiting}
    assert found == {3: State.DUE, 4: State.DOUBTFUL, 5: State.DOUBTFUL}


def test_each_begins_an_epoch_of_its_own(tmp_path: Path) -> None:
    """Version 11 knows which life of the database it is in; opened again it is the same."""
    known = []
    for name in ("one.db", "other.db", "one.db"):
        if not (tmp_path / name).exists():
            _of_version(10, tmp_path / name)
        with session(tmp_path / name) as tx:
            known.append(epoch.current(tx))
    assert known[0] == known[2] != known[1]


def test_targets_are_those_of_the_folder(tmp_path: Path) -> None:
    """Version 17 knows what the folder said last: what stood there before it is taken for that."""
    path = tmp_path / "bot.db"
    commune = "INSERT INTO communes (id, code, name, folded, target) VALUES (1, '451', 'Xã Xuân Thu', 'xuan thu', 9260)"
    _of_version(12, path, commune)
    with session(path) as tx:
        row = tx.one("SELECT target, listed_target FROM communes")
    assert row is not None
    assert tuple(row) == (9260, 9260)


def test_who_did_what_where_is_summed_up(tmp_path: Path) -> None:
    """Sums by person and hamlet are those of the newest versions, of the hamlet that each turned out to be."""
    path = tmp_path / "bot.db"
    before = next(n for n, file in enumerate(sorted(MIGRATIONS.glob("[0-9]*.sql"))) if "dashboards" in file.name)
    report = "INSERT INTO reports (id, person, team, day, at, chat, message) VALUES ({0}, 1, 1, 19497, 9, 1, '{0}')"
    hamlet = "INSERT INTO hamlets (id, name, folded, listed, merged_into) VALUES ({0}, '{0}', '{0}', 1, {1})"
    version = "INSERT INTO versions (report, number, change, at, by) VALUES ({0}, {1}, '{2}', 9, 1)"
    counts = "INSERT INTO counts (report, number, hamlet, outcome, n) VALUES ({0}, {1}, {2}, '{3}', {4})"
    _of_version(
        before,
        path,
        *(hamlet.format(*row) for row in ((4, "NULL"), (5, 4), (6, "NULL"))),
        *(report.format(id) for id in (7, 8)),
        *(version.format(*row) for row in ((7, 1, "said"), (7, 2, "corrected"), (8, 1, "said"), (8, 2, "withdrawn"))),
        *(counts.format(7, *row) for row in ((1, 4, "activated", 9), (2, 4, "activated", 3), (2, 5, "activated", 2))),
        *(counts.format(7, *row) for row in ((2, 6, "absent", 1), (2, 0, "activated", 4))),
        counts.format(8, 1, 6, "activated", 8),
    )
    with session(path) as tx:
        assert [tuple(row) for row in tx.all("SELECT person, hamlet, day, n FROM spots")] == [(1, 4, 19497, 5)]
        assert [one for one in totals.differences(tx) if one.scope == "spot"] == []


def test_offers_keep_their_numbers(tmp_path: Path) -> None:
    """From then on it gives no number of an offer twice; those that stand under messages are what they were."""
    path = tmp_path / "bot.db"
    before = next(n for n, file in enumerate(sorted(MIGRATIONS.glob("[0-9]*.sql"))) if "numbers" in file.name)
    chat = "INSERT INTO chats (id, channel, address, kind) VALUES (1, 'telegram', '1', 'private')"
    person = "INSERT INTO people (id, ref, name, role, code) VALUES (1, 'hv1', 'An', 'student', 'MA')"
    offer = """INSERT INTO offers (id, chat, person, kind, subject, version, deadline, outbox)
               VALUES (216, 1, 1, 'x', 7, 2, 9, 5)"""
    _of_version(before, path, chat, person, offer)
    with session(path) as tx:
        row = tx.one("SELECT id, kind, subject, version, deadline, outbox FROM offers")
        assert row is not None
        assert tuple(row) == (216, "x", 7, 2, 9, 5)
        tx.run("DELETE FROM offers")
        row = tx.one(offer.replace("(id, ", "(").replace("(216, ", "(") + " RETURNING id")
        assert row is not None
        assert row["id"] == 217
