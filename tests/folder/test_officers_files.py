"""Rosters as officers keep them: titles above the head, merged cells, hidden rows, people in two phases."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.folder import reader
from storage.campaign.plan import CampaignError
from tests.folder.small import FILES, Folder

HEAD = ["id", "name", "role", "communes", "phases", "code", "address"]
TITLES: list[list[Any]] = [["HỌC VIỆN CẢNH SÁT", None, None, "CỘNG HÒA XÃ HỘI"], ["DANH SÁCH TỔ, ĐỢT 1"]]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A campaign folder whose roster is an officer's own."""
    return Folder(tmp_path)


def put(folder: Folder, rows: list[list[Any]], change: Callable[[Worksheet], None] = lambda sheet: None) -> Folder:
    """Writes roster.xlsx: two titles, the head in line 3, and rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [*TITLES, HEAD, *rows, [None], ["  "]]:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:G2")
    change(sheet)
    (folder.path / "roster.csv").unlink(missing_ok=True)
    book.save(folder.path / "roster.xlsx")
    return folder


TEAM: list[list[Any]] = [
    ["hv1", "Lê An", "lead", 451, "Đợt 1"],
    ["hv2", "Vũ Bình", "student", None, None],
    ["hv3", "Tạ Chi", None, None, None],
    [],
    ["hv4", "Đỗ Giang", "student", 397, "Đợt 2"],
]


def shared(sheet: Worksheet) -> None:
    """One tall cell for what the people beside it share."""
    sheet.merge_cells("C5:C6")
    sheet.merge_cells("D4:D6")
    sheet.merge_cells("E4:E7")


def test_a_head_in_line_3_and_tall_cells(folder: Folder) -> None:
    """What stands above the head is nothing; a tall cell of role, communes or phases counts for each row beside it."""
    people = reader.read(put(folder, TEAM, shared).path).people
    assert [(one.ref, one.role.value, one.teams) for one in people] == [
        ("hv1", "lead", (("451", "Đợt 1"),)),
        ("hv2", "student", (("451", "Đợt 1"),)),
        ("hv3", "student", (("451", "Đợt 1"),)),
        ("hv4", "student", (("397", "Đợt 2"),)),
    ]


def test_what_is_wrong_in_a_tall_cell_is_told_once(folder: Folder) -> None:
    """In its first row where the cell cannot be used; nothing is loaded."""

    def change(sheet: Worksheet) -> None:
        shared(sheet)
        sheet["D4"] = "=1/0"

    lines = put(folder, TEAM, change).refused()
    assert [line for line in lines if "communes" in line] == [lines[0]]
    assert lines[0].startswith("roster.xlsx:4: column communes: is a formula without a stored value")


def test_mistakes_stand_where_the_officer_sees_them(folder: Folder) -> None:
    """By the line numbers of the file, titles counted, all at once."""
    rows = [row[:] for row in TEAM]
    rows[0][2], rows[1][1], rows[4][3], rows[0][3] = "boss", True, "Phú Minh", 9
    rows.append(["hv4", "Đỗ Nam", "student", 397, "Đợt 3"])
    assert put(folder, rows, shared).refused() == [
        "roster.xlsx:4: column role: 'boss' is unknown: use student, lead, officer, admin",
        "roster.xlsx:4: column communes: '9' is not in communes.csv: use a code or name from that file",
        "roster.xlsx:5: column name: is the truth value TRUE: write a text",
        "roster.xlsx:8: column communes: 'Phú Minh' is not in communes.csv: use a code or name from that file",
        "roster.xlsx:9: column id: 'hv4' is in line 8 already: keep one of them",
        "roster.xlsx:9: column phases: 'Đợt 3' is not in campaign.toml: use 'Đợt 1', 'Đợt 2'",
    ]
    assert folder.rows("SELECT * FROM campaign") == []


def test_hidden_rows_are_read_and_told(folder: Folder) -> None:
    """A filter hides people who are meant: none of them leaves, and whoever loads hears of them."""

    def change(sheet: Worksheet) -> None:
        shared(sheet)
        sheet.row_dimensions[1].hidden = sheet.row_dimensions[6].hidden = True

    notes: list[str] = []
    people = reader.read(put(folder, TEAM, change).path, notes=notes).people
    assert len(people) == 4
    assert notes == ["roster.xlsx: row 6 is hidden and read like all others: delete those that are not meant"]


def test_a_head_in_other_words_is_shown_what_is_expected(folder: Folder) -> None:
    """Below merged titles, in Vietnamese: which line seems to be the head, and what must stand there."""
    own = ["STT", "Mã", "Họ và tên", "Vai trò", "Xã", "Đợt"]

    def change(sheet: Worksheet) -> None:
        for place in range(1, len(HEAD) + 1):
            sheet.cell(3, place).value = own[place - 1] if place <= len(own) else None

    expected = (
        "roster.xlsx:3: no row has the columns id, name, role, communes, phases: this one seems to be the head, with "
        "'STT', 'Mã', 'Họ và tên', 'Vai trò', 'Xã', 'Đợt': write there, one in a cell: id, name, role, communes, "
        "phases, code, address"
    )
    assert put(folder, TEAM, change).refused() == [expected]
    (folder.path / "roster.xlsx").unlink()
    lines = ["DANH SÁCH TỔ", ",".join(own[1:]), "hv1,Lê An,lead,451,Đợt 1"]
    (folder.path / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    assert folder.refused() == [expected.replace("xlsx:3", "csv:2").replace("'STT', ", "")]


def test_a_csv_with_titles(folder: Folder) -> None:
    """With commas in a title and semicolons between the columns, as spreadsheets write it."""
    rows = "\n".join(";".join(row) for row in [HEAD, ["hv1", "Lê An", "lead", "451", "Đợt 1", "", ""]])
    folder.write(**{"roster.csv": f"\ufeffDanh sách, đợt 1, tổ, xã, thôn, xóm, người;;;;;;\n;;;;;;\n{rows}\n;;;;;;\n"})
    assert [one.name for one in reader.read(folder.path).people] == ["Lê An"]


def test_lost_zeros_are_told_once_with_their_column(folder: Folder) -> None:
    """However many rows a spreadsheet spoiled."""
    for name in ("communes.csv", "hamlets.csv"):
        folder.write(**{name: FILES[name].replace("451", "0451").replace("Xuân Thu,Thôn", "0451,Thôn")})
    rows: list[list[Any]] = [["01", "Lê An", "lead", 451, "Đợt 1"]]
    rows += [[number, f"Vũ Bình {number}", "student", 451, "Đợt 1"] for number in range(2, 9)]
    assert put(folder, rows).refused() == [
        "roster.xlsx:4: column communes: '451' is not in communes.csv: write 0451 with its zeros, in a spreadsheet "
        "as text; in 7 more rows too",
        "roster.xlsx:5: column id: is the number 2 beside ids such as 01: write its zeros, as text; in 6 more rows too",
    ]


TWO: list[list[Any]] = [
    ["hv1", "Lê An", "student", 451, "Đợt 1", "MA-CUA-AN", None],
    ["hv1", "Lê An", "student", 397, "Đợt 2", None, "chị"],
]


def test_one_person_in_two_communes_over_two_phases(folder: Folder) -> None:
    """A row for each; one person with one code, in both teams."""
    put(folder, TWO).load()
    assert folder.rows("SELECT ref, code, address FROM people") == [("hv1", "MA-CUA-AN", "chị")]
    assert folder.rows(
        """SELECT c.code, f.name FROM members m JOIN teams t ON t.id = m.team
           JOIN communes c ON c.id = t.commune JOIN phases f ON f.id = t.phase ORDER BY f.name"""
    ) == [("451", "Đợt 1"), ("397", "Đợt 2")]


@pytest.mark.parametrize(
    ("column", "value", "line"),
    [
        (1, "Lê Ân", "column id: 'hv1' is in line 4 already: keep one of them"),
        (2, "lead", "column id: 'hv1' is in line 4 already as student: a person has one role in all phases"),
        (4, "Đợt 2; đợt 1", "column id: 'hv1' is in line 4 already: keep one of them"),
        (5, "MA-KHAC-01", "column code: is another than in roster.xlsx:4: write the same, or leave it empty"),
    ],
)
def test_rows_of_one_person_agree(folder: Folder, column: int, value: str, line: str) -> None:
    """Else nobody knows whether they are one person."""
    rows = [row[:] for row in TWO]
    rows[1][column] = value
    assert put(folder, rows).refused() == [f"roster.xlsx:5: {line}"]


def test_a_sheet_of_no_spreadsheet(folder: Folder) -> None:
    """Naming one beside a .csv is a mistake like others."""
    with pytest.raises(CampaignError) as caught:
        reader.read(folder.path, sheet="x")
    assert caught.value.lines == ["roster.xlsx: is missing, so there is no sheet 'x': leave --sheet out"]
