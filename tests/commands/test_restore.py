"""Backups put back over whatever is there, and killed in the middle: one of both is whole, nothing is overwritten."""

import json
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.database import session
from storage.reports.tallies import Line
from storage.running import epoch
from tests.commands.test_command_line import Shell
from tests.crash import program
from tests.crash.supervisor import nursery


def _garbled(database: Path) -> None:
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def _no_database(database: Path) -> None:
    database.write_bytes(b"\xa5" * 20_000)


def _truncated(database: Path) -> None:
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])


def _empty(database: Path) -> None:
    database.write_bytes(b"")


def _foreign(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")


def _left_by_the_dead(database: Path) -> None:
    """Damaged, and with a WAL and a journal that nobody can read."""
    _garbled(database)
    database.with_name("bacung.db-wal").write_bytes(b"wal" * 5000)
    database.with_name("bacung.db-journal").write_bytes(b"journal" * 1000)


def _backed_up(shell: Shell) -> Path:
    """A backup in which An has done three."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3))
    copy = shell.folder / "copy.db"
    shell.out("backup", str(copy))
    return copy


def _done(shell: Shell, **environment: str) -> dict[str, int]:
    done = shell.run("totals", "--json", **environment)
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = json.loads(done.stdout)["outcomes"]
    return counts


def _as_it_is(database: Path) -> dict[str, bytes]:
    files = {suffix: database.with_name(database.name + suffix) for suffix in ("", "-wal", "-journal")}
    return {suffix: file.read_bytes() for suffix, file in files.items() if file.exists()}


@pytest.mark.parametrize(
    "damage", [_garbled, _no_database, _truncated, _empty, _foreign, _left_by_the_dead], ids=lambda one: one.__name__
)
def test_whatever_is_there_is_put_aside_as_it_is(shell: Shell, damage: Callable[[Path], None]) -> None:
    """A restore is needed most where the database cannot be read: it works, and the remains stand beside it."""
    copy = _backed_up(shell)
    shell.report("hv1", Line(1, "activated", 40))
    damage(shell.database)
    before = _as_it_is(shell.database)
    said = shell.out("restore", str(copy))
    assert _done(shell) == {"activated": 3}
    aside = shell.folder / "bacung.db.before-restore"
    assert f"kept as {aside}" in said
    assert _as_it_is(aside) == before
    assert "agree" in shell.out("check")


def test_a_missing_database_is_restored(shell: Shell) -> None:
    """There is nothing to put aside, but for the WAL that was left."""
    copy = _backed_up(shell)
    shell.database.unlink()
    assert "kept as" not in shell.out("restore", str(copy))
    assert _done(shell) == {"activated": 3}
    shell.database.unlink()
    shell.database.with_name("bacung.db-wal").write_bytes(b"all that is left")
    shell.out("restore", str(copy))
    assert _done(shell) == {"activated": 3}
    assert shell.database.with_name("bacung.db.before-restore-wal").read_bytes() == b"all that is left"


def test_what_was_put_aside_earlier_stays(shell: Shell) -> None:
    """Each restore has a name of its own for what it finds, and each comes back by its name."""
    copy = _backed_up(shell)
    for n in (10, 20):
        shell.report("hv1", Line(1, "activated", n))
        shell.out("restore", str(copy))
        assert _done(shell) == {"activated": 3}
    first, second = (shell.folder / f"bacung.db.before-restore{suffix}" for suffix in ("", "-2"))
    assert _done(shell, BACUNG_STORAGE__PATH=str(first)) == {"activated": 13}
    assert _done(shell, BACUNG_STORAGE__PATH=str(second)) == {"activated": 23}
    shell.out("restore", str(first))
    assert _done(shell) == {"activated": 13}
    assert (shell.folder / "bacung.db.before-restore-3").exists()


def _killed_with_a_wal(shell: Shell) -> None:
    """The bot died: what it committed last stands in the WAL alone."""
    files = [shell.database.with_name(shell.database.name + suffix) for suffix in ("", "-wal")]
    with closing(sqlite3.connect(shell.database)) as reader:
        reader.execute("SELECT 1 FROM meta").fetchone()  # while one reads, none takes the WAL away
        shell.report("hv1", Line(1, "activated", 40))
        left = [file.read_bytes() for file in files]
    for file, content in zip(files, left, strict=True):
        file.write_bytes(content)
    assert files[1].stat().st_size > 0


@pytest.mark.parametrize("step", ["restore:copied", "restore:aside", "restore:alone", "restore:put"])
def test_killed_in_the_middle(shell: Shell, step: str) -> None:
    """The old database stands there, with all that its WAL held, or the new one; and the next restore goes through."""
    copy = _backed_up(shell)
    _killed_with_a_wal(shell)
    dying = nursery.Process(
        target=program.restore, args=({"BACUNG_STORAGE__PATH": str(shell.database)}, copy, step), daemon=True
    )
    dying.start()
    dying.join(60)
    assert dying.exitcode == -signal.SIGKILL
    assert _done(shell) == ({"activated": 3} if step == "restore:put" else {"activated": 43})
    assert "agree" in shell.out("check")
    shell.out("restore", str(copy))
    assert _done(shell) == {"activated": 3}
    assert not list(shell.folder.glob("*.restoring*"))
    asides = [shell.folder / f"bacung.db.before-restore{n}" for n in ("", "-2") if step != "restore:copied" or not n]
    whole = [_done(shell, BACUNG_STORAGE__PATH=str(aside)) for aside in asides]
    assert whole[0] == {"activated": 43}


def test_every_restore_begins_another_epoch(shell: Shell) -> None:
    """As the making of a database does; a restart and a load begin none."""
    copy = _backed_up(shell)

    def known(path: Path) -> str:
        with session(path) as tx:
            return epoch.current(tx)

    first = known(shell.database)
    shell.out("load", str(shell.campaign))
    assert known(shell.database) == known(copy) == first
    shell.out("restore", str(copy))
    second = known(shell.database)
    shell.out("restore", str(copy))
    assert len({first, second, known(shell.database), known(shell.folder / "new.db")}) == 4
