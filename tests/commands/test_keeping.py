"""Where a database stands: nobody else reads it, no second bot gets in by a link, and none is begun over a lost one."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engine.database import held, session
from storage.engine.errors import StorageInUse
from tests.commands.test_command_line import ROOT, Shell


def _mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_only_the_owner_reads_what_holds_codes(shell: Shell) -> None:
    """The database, what stands beside it, backups and what a restore puts aside: whoever made them."""
    shell.out("load", str(shell.campaign))
    copy = shell.folder / "copy.db"
    copy.touch(0o644)
    shell.out("backup", "--force", str(copy))
    shell.out("restore", str(copy))
    shell.out("backup", str(shell.folder / "new.db"))
    with session(shell.database):
        found = {file.name: oct(_mode(file)) for file in shell.folder.iterdir() if file.is_file()}
    assert set(found) >= {"bacung.db", "bacung.db-wal", "bacung.db-shm", "copy.db", "new.db", "bacung.db.kept"}
    assert set(found.values()) == {"0o600"}, found


def test_a_database_that_others_could_read_is_closed_to_them(shell: Shell) -> None:
    """Made by an older version, or by a careless copy."""
    shell.out("load", str(shell.campaign))
    shell.database.chmod(0o644)
    shell.out("load", str(shell.campaign))
    assert _mode(shell.database) == 0o600


@pytest.mark.parametrize("how", [[], ["--csv"]])
def test_only_the_owner_reads_a_sheet_of_codes(shell: Shell, how: list[str]) -> None:
    """Where codes are written into a file, also one that others could read before."""
    shell.out("load", str(shell.campaign))
    sheet = shell.folder / "codes.csv"
    with sheet.open("w") as file:
        sheet.chmod(0o644)
        command = [sys.executable, "-m", "bot", "codes", *how]
        subprocess.run(command, cwd=ROOT, env={"BACUNG_STORAGE__PATH": str(shell.database)}, stdout=file, check=True)
    assert "MA-CUA-AN" in sheet.read_text(encoding="utf-8")
    assert _mode(sheet) == 0o600


def _of_the_file(database: Path) -> Path:
    link = database.with_name("link.db")
    link.symlink_to(database)
    return link


def _of_the_folder(database: Path) -> Path:
    folder = database.parent / "elsewhere"
    folder.symlink_to(database.parent)
    return folder / database.name


@pytest.mark.parametrize("link", [_of_the_file, _of_the_folder])
def test_a_link_lets_no_second_bot_in(shell: Shell, link: Callable[[Path], Path]) -> None:
    """One file, one bot, whatever it is called; neither by the link first, nor by the link second."""
    shell.out("load", str(shell.campaign))
    named = link(shell.database)
    with held(shell.database):
        assert "another bot" in shell.refused("run", BACUNG_STORAGE__PATH=str(named), BACUNG_WEB__PORT="0")
    with held(named), pytest.raises(StorageInUse), held(shell.database):
        pass
    assert not named.with_name("link.db.lock").exists()


def test_a_file_with_two_names_is_used_by_no_bot(shell: Shell) -> None:
    """A hard link would have a WAL and a lock of its own."""
    shell.out("load", str(shell.campaign))
    other = shell.folder / "other.db"
    other.hardlink_to(shell.database)
    for path in (shell.database, other):
        assert "hard link" in shell.refused("run", BACUNG_STORAGE__PATH=str(path), BACUNG_WEB__PORT="0")
    other.unlink()
    assert "agree" in shell.out("check")


@pytest.mark.parametrize("left", ["the mark", "a WAL"])
@pytest.mark.parametrize("empty", [False, True])
def test_a_lost_database_is_no_new_campaign(shell: Shell, left: str, empty: bool) -> None:
    """One line that says what to do, whatever is asked; nothing is made in its place, until that is wanted."""
    shell.out("load", str(shell.campaign))
    mark = shell.database.with_name("bacung.db.kept")
    shell.database.write_bytes(b"") if empty else shell.database.unlink()
    if left == "a WAL":
        mark.unlink()
        mark = shell.database.with_name("bacung.db-wal")
        mark.write_bytes(b"what was committed last")
    folder = str(shell.campaign)
    asked = [["run"], ["load", folder], ["load", "--dry-run", folder], ["totals"], ["check"], ["backup", "copy.db"]]
    for command in asked:
        said = shell.refused(*command, BACUNG_CAMPAIGN__FOLDER=folder, BACUNG_WEB__PORT="0")
        assert f"is {'empty' if empty else 'missing'}, though a campaign was kept there" in said
        assert str(mark) in said
        assert "bacung restore" in said
    assert shell.database.exists() == empty
    mark.unlink()
    shell.out("load", folder)
    assert "agree" in shell.out("check")
