"""person, forget and audit on the command line, without a running bot."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

from bot.backups import aged
from bot.config import Storage
from bot.csvs import BOM
from storage.engine.database import session
from storage.reports.tallies import Line
from tests.commands.test_command_line import Shell


def test_a_person_is_erased_once_the_name_is_typed(shell: Shell) -> None:
    """Another name erases nobody; sums stay; roster and older backup bring nobody back; all of it is on record."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3))
    copy = shell.folder / "copy.db"
    shell.out("backup", str(copy))
    assert "nobody has the id" in shell.refused("person", "erase", "hv99", "--yes")
    assert "nothing was erased" in shell.refused("person", "erase", "hv1", stdin="Bình\n")
    assert json.loads(shell.out("person", "show", "hv1", "--json"))["totals"] == {"activated": 3}
    assert "hv1 is erased" in shell.out("person", "erase", "hv1", stdin="An\n")
    assert "nobody has the id" in shell.refused("person", "erase", "hv1", "--yes")
    assert "hv1: is erased and stays so" in shell.out("load", str(shell.campaign))
    assert "they are erased again" in shell.out("restore", str(copy))
    people = json.loads(shell.out("totals", "--json", "--by", "person"))["rows"]
    assert {row["id"]: (row["name"], row["outcomes"]) for row in people}["đã-xóa-1"] == ("đã xóa", {"activated": 3})
    assert "MA-CUA-AN" not in shell.out("codes")
    assert "agree" in shell.out("check")
    rows = list(csv.DictReader(shell.out("audit", "--csv").removeprefix(BOM).splitlines()))
    assert [row["what"] for row in rows] == ["campaign loaded", "backup restored", "codes exported"]
    assert "lấy ra mã tham gia của 8 người" in shell.out("audit")
    with session(shell.database) as tx:
        assert not [row for row in tx.all("SELECT name FROM people") if row["name"] == "An"]


def test_what_a_load_changes_is_on_record(shell: Shell) -> None:
    """From what to what."""
    shell.out("load", str(shell.campaign))
    communes = shell.campaign / "communes.csv"
    communes.write_text(communes.read_text(encoding="utf-8").replace("9260", "9300"), encoding="utf-8")
    shell.out("load", str(shell.campaign))
    assert "nạp chiến dịch, đổi xã 451 Xã Xuân Thu: chỉ tiêu 9.260 → chỉ tiêu 9.300" in shell.out("audit")


def test_a_dry_run_forgets_nothing(shell: Shell) -> None:
    """It says how much would go; without it that much goes, and the sums stay."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(1, "activated", 3))
    assert "Of days until 2023-06-05: 1 messages would go" in shell.out("forget", "--dry-run")
    assert "Of days until 2023-06-05: 1 messages gone" in shell.out("forget")
    assert "Of days until 2023-06-05: nothing gone" in shell.out("forget")
    assert "agree" in shell.out("check")
    assert shell.out("audit").count("đến hết ngày 05/06/2023") == 1


def test_copies_age_out_and_other_files_never(tmp_path: Path) -> None:
    """By the date in their name; what a restore put aside by its age."""
    folder, database = tmp_path / "backups", tmp_path / "bacung.db"
    folder.mkdir()
    names = ["bacung-2023-04-19.db", "bacung-2023-04-20.db", "bacung-2023-05-20.db", "bacung-old.db", "notes.txt"]
    for file in (*(folder / name for name in names), database.with_name("bacung.db.before-restore")):
        file.touch()
    now = datetime(2023, 5, 20, 5, tzinfo=UTC)
    settings = Storage(backups=folder, backup_days=30)
    assert {file.name for file in aged(settings, database, now.date(), now)} == {"bacung-2023-04-19.db"}
    later = datetime(2123, 5, 20, 5, tzinfo=UTC)
    found = {file.name for file in aged(settings, database, later.date(), later)}
    assert found == {*names[:3], "bacung.db.before-restore"}
