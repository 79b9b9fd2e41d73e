"""`bacung export`: what /xuat sends, in a file for its owner alone; what is asked for wrongly is one line."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from docx import Document

from bot.csvs import BOM
from storage.reports.tallies import Line
from tests.commands.test_command_line import Shell
from tests.files import reading


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A campaign with two reports."""
    shell.out("load", str(shell.campaign))
    shell.report("hv1", Line(0, "activated", 3), Line(0, "absent", 1))
    shell.report("hv5", Line(0, "activated", 5))
    return shell


def test_its_numbers_are_those_of_totals(filled: Shell) -> None:
    """To the last phone, by commune and by person; only its owner may read it, and that it was taken is on record."""
    file = filled.folder / "so-lieu.xlsx"
    said = filled.out("export", str(file))
    totals = json.loads(filled.out("totals", "--json"))
    assert f"done {totals['done']} of {totals['target']}, 2 reports" in said
    assert file.stat().st_mode & 0o777 == 0o600
    top = reading.sums(file, "Theo xã")
    assert (top["Đã xong"], top["Chỉ tiêu"]) == (totals["done"], totals["target"])
    found = reading.sheets(file)
    by_commune = {row["id"]: row["outcomes"].get("activated") for row in totals["rows"]}
    assert {row["Mã"]: row["Máy"] or None for row in found["Theo xã"]} == by_commune
    people = json.loads(filled.out("totals", "--by", "person", "--json"))["rows"]
    assert {row["Mã"]: row["Máy"] for row in found["Theo học viên"]} == {
        row["id"]: row["outcomes"].get("activated") for row in people
    }
    assert "lấy ra số liệu (xlsx)" in filled.out("audit")


def test_one_commune_as_csv(filled: Shell) -> None:
    """By name or code; the older file of that name is replaced."""
    file = filled.folder / "so-lieu.csv"
    filled.out("export", str(file))
    filled.out("export", str(file), "--commune", "xuân thu")
    rows = list(csv.DictReader(StringIO(file.read_text("utf-8").removeprefix(BOM))))
    assert [(row["Học viên"], row["Máy"], row["Vắng"]) for row in rows] == [("An", "3", "1")]


def test_the_report_on_one_page(filled: Shell) -> None:
    """With the campaign folder's own template, where the settings name the folder."""
    file = filled.folder / "bao-cao.docx"
    filled.out("export", str(file))
    assert "Đã kích hoạt 8.108/30.940 máy" in _text(file.read_bytes())
    own = Document()
    own.add_paragraph("Đã xong {{ da_song }}")
    own.save(str(filled.campaign / "letter.docx"))
    line = filled.refused("export", str(file), BACUNG_CAMPAIGN__FOLDER=str(filled.campaign))
    assert line == "letter.docx: has the name 'da_song', which the bot does not know: see docs/operators.vi.md"
    line = filled.refused("load", str(filled.campaign), "--dry-run")
    assert line.startswith("letter.docx: has the name 'da_song'")
    own = Document()
    own.add_paragraph("Đã xong {{ da_xong }}, {% for hang in bang %}{{ hang.trai.ten }}{% endfor %}")
    own.save(str(filled.campaign / "letter.docx"))
    filled.out("load", str(filled.campaign))


def _text(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def test_what_is_asked_for_wrongly(filled: Shell, tmp_path: Path) -> None:
    """One line each; a file of another kind, the database and a folder stay what they are."""
    other = tmp_path / "note.xlsx"
    other.write_text("mine")
    for arguments, line in [
        ((str(tmp_path / "a.pdf"),), "end its name with .xlsx or .csv"),
        ((str(other),), "is there already and is no .xlsx"),
        ((str(tmp_path / "no" / "a.xlsx"),), "No such file or directory"),
        ((str(tmp_path / "a.csv"), "--commune", "Sao Hỏa"), "no commune is called 'Sao Hỏa'"),
    ]:
        assert line in filled.refused("export", *arguments)
    assert other.read_text() == "mine"
    assert "no such database" in filled.refused("export", "a.xlsx", BACUNG_STORAGE__PATH=str(tmp_path / "none.db"))
    link = tmp_path / "link.csv"
    link.symlink_to(filled.database)
    assert "is the database" in filled.refused("export", str(link))
