"""Databases of older versions: brought up to date with everything that they hold."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.engine.database import session
from storage.engine.format import APPLICATION_ID, MIGRATIONS


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
