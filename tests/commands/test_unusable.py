"""A database that cannot be used: one line, exit code 2, whatever the command."""

import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.commands.test_command_line import Shell

READING = (["totals"], ["check"], ["status"], ["codes"], ["backup", "{folder}/new.db"])
WRITING = (["run"], ["run", "--demo"], ["load", "{campaign}"], ["restore", "{folder}/copy.db"])


def _said(shell: Shell, command: list[str]) -> str:
    words = [word.format(folder=shell.folder, campaign=shell.campaign) for word in command]
    return shell.refused(*words, BACUNG_WEB__PORT="0")


@pytest.fixture
def loaded(shell: Shell) -> Shell:
    """A command line over a campaign, and a copy of its database."""
    shell.out("load", str(shell.campaign))
    shell.out("backup", str(shell.folder / "copy.db"))
    return shell


@pytest.mark.parametrize("command", [*READING, *WRITING, ["load", "{campaign}", "--dry-run"]])
def test_a_folder_is_no_database(loaded: Shell, command: list[str]) -> None:
    """Nothing is put into it or beside it."""
    loaded.database = loaded.folder / "folder"
    loaded.database.mkdir()
    assert _said(loaded, command).startswith(f"{loaded.database} is a folder: set BACUNG_STORAGE__PATH to a file")
    assert list(loaded.database.iterdir()) == []
    assert not loaded.folder.joinpath("folder.lock").exists()


def _said_by_all(shell: Shell, commands: Iterable[list[str]]) -> set[str]:
    """What each says, tried side by side, since each waits for a while."""
    with ThreadPoolExecutor(len(READING) + len(WRITING)) as pool:
        return set(pool.map(lambda command: _said(shell, command), commands))


LOCKED = {"another program holds the database (BACUNG_STORAGE__PATH) locked: close it there, then try again"}


def test_a_database_that_another_program_holds(loaded: Shell) -> None:
    """Whoever holds all of it keeps everybody out."""
    with closing(sqlite3.connect(loaded.database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE meta SET value = value")
        assert _said_by_all(loaded, READING) == LOCKED
        for command in WRITING:  # of those only one at a time gets so far
            assert {_said(loaded, command)} == LOCKED


def test_a_database_that_another_program_writes_to(loaded: Shell) -> None:
    """Whoever is writing keeps those out that would write, too; the others read."""
    with closing(sqlite3.connect(loaded.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for command in WRITING:
            assert {_said(loaded, command)} == LOCKED
        assert "Nothing was stored" in loaded.out("load", str(loaded.campaign), "--dry-run")
    loaded.out("check")
