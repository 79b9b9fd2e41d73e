"""Copies: they never take the place of what nobody wanted gone, and they come back."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.reports.tallies import Line
from tests.commands.test_command_line import Shell


def _spelled(database: Path) -> Path:
    return database.parent / "campaign" / ".." / database.name


def _symlink(database: Path) -> Path:
    link = database.with_name("link.db")
    link.symlink_to(database)
    return link


def _hard_link(database: Path) -> Path:
    link = database.with_name("hard.db")
    os.link(database, link)
    return link


def _in_linked_folder(database: Path) -> Path:
    folder = database.parent / "elsewhere"
    folder.symlink_to(database.parent)
    return folder / database.name


def _beside(suffix: str) -> Callable[[Path], Path]:
    return lambda database: database.with_name(database.name + suffix)


@pytest.mark.parametrize(
    "place",
    [
        lambda database: database,
        _spelled,
        _symlink,
        _hard_link,
        _in_linked_folder,
        *map(_beside, ("-wal", "-shm", "-journal", ".lock")),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_a_backup_never_takes_the_databases_place(shell: Shell, place: Callable[[Path], Path], force: bool) -> None:
    """Whatever path or link leads there, forced or not; the database stays as it was."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3))
    before = shell.database.read_bytes()
    file = place(shell.database)
    assert "is the database itself" in shell.refused("backup", str(file), *(["--force"] if force else []))
    assert shell.database.read_bytes() == before
    assert json.loads(shell.out("totals", "--json"))["outcomes"] == {"activated": 3}


def test_a_database_behind_a_link_is_known(shell: Shell) -> None:
    """Where the setting itself is a link, what stands beside the file that it leads to is refused as well."""
    shell.out("load", str(shell.campaign))
    link = _symlink(shell.database)
    for place in (shell.database, _beside("-wal")(shell.database), _beside("-wal")(link)):
        assert "is the database itself" in shell.refused("backup", str(place), BACUNG_STORAGE__PATH=str(link))


def test_an_older_backup_stays(shell: Shell) -> None:
    """It is replaced only where that is asked for."""
    shell.out("load", str(shell.campaign))
    copy = shell.folder / "copy.db"
    shell.out("backup", str(copy))
    before = copy.read_bytes()
    shell.report("hv1", Line(1, "activated", 3))
    assert "is there already" in shell.refused("backup", str(copy))
    assert copy.read_bytes() == before
    assert "verified" in shell.out("backup", str(copy), "--force")
    assert json.loads(shell.run("totals", "--json", BACUNG_STORAGE__PATH=str(copy)).stdout)["outcomes"] == {
        "activated": 3
    }


def test_a_backup_replaces_no_database_in_use(shell: Shell) -> None:
    """Another one that is open keeps its place, and so does a folder."""
    shell.out("load", str(shell.campaign))
    other = shell.folder / "other.db"
    shell.out("backup", str(other))
    other.with_name("other.db-wal").touch()
    assert "another program uses" in shell.refused("backup", str(other), "--force")
    assert "is a folder" in shell.refused("backup", str(shell.campaign), "--force")


def test_a_backup_touches_no_other_file(shell: Shell) -> None:
    """Not even one whose name is like that of a copy in the making."""
    shell.out("load", str(shell.campaign))
    other = shell.folder / "copy.db.part"
    other.write_text("mine", encoding="utf-8")
    shell.out("backup", str(shell.folder / "copy.db"))
    assert other.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in shell.folder.glob("copy*")) == ["copy.db", "copy.db.part"]


def test_a_database_is_not_restored_from_itself(shell: Shell) -> None:
    """One line, and it stays."""
    shell.out("load", str(shell.campaign))
    assert "is the database itself" in shell.refused("restore", str(_symlink(shell.database)))
