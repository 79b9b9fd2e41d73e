"""A roster as a spreadsheet: read as it is shown, and whatever a cell cannot say is named with its place."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.folder import reader
from bot.folder.cells import AS_TEXT, NO_VALUE, of_number
from bot.folder.tables import MOST_ROWS
from storage.campaign.people import Role
from storage.campaign.plan import CampaignError
from tests.folder.small import FILES, Folder

HEAD = ["id", "name", "role", "communes", "phases", "code", "address"]
ROWS: list[list[Any]] = [
    ["hv1", "Lê An", "lead", 451, "Đợt 1;Đợt 2"],
    ["hv2", "Vũ Bình", "student", "Xuân Thu", "Đợt 1", "fixed_code-1"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A campaign folder whose roster is to be a spreadsheet."""
    return Folder(tmp_path)


def sheet_of(book: Workbook, rows: list[list[Any]], name: str = "Sheet") -> Worksheet:
    """The sheet of a name, with rows in it."""
    sheet: Worksheet = book[name] if name in book.sheetnames else book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    return sheet


def put(folder: Folder, change: Callable[[Worksheet], None] = lambda sheet: None) -> Folder:
    """Writes roster.xlsx of two people, changed."""
    book = openpyxl.Workbook()
    change(sheet_of(book, [HEAD, *ROWS]))
    return save(folder, book)


def save(folder: Folder, book: Workbook) -> Folder:
    """Writes roster.xlsx in place of roster.csv."""
    (folder.path / "roster.csv").unlink(missing_ok=True)
    book.save(folder.path / "roster.xlsx")
    return folder


def rewrite(folder: Folder, part: str, change: Callable[[str], str]) -> Folder:
    """Changes a part of roster.xlsx as another program would have written it."""
    path = folder.path / "roster.xlsx"
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return folder


def cell(place: str, value: Any, form: str | None = None) -> Callable[[Worksheet], None]:
    """Sets a cell."""

    def change(sheet: Worksheet) -> None:
        sheet[place] = value
        sheet[place].number_format = form or sheet[place].number_format

    return change


ONE_FAULT = [
    (cell("B3", 12), "column name: '12' has no letters: write a name"),
    (cell("B3", True), "column name: is the truth value TRUE: write a text"),
    (cell("A3", False), "column id: is the truth value FALSE: write a text"),
    (cell("B3", date(2023, 5, 16)), f"column name: is the date 2023-05-16: {AS_TEXT}"),
    (cell("A3", datetime(2023, 2, 1, 8, 30), "d/m/yy h:mm"), f"column id: is the date 2023-02-01 08:30: {AS_TEXT}"),  # noqa: DTZ001 - as in a spreadsheet
    (cell("B3", "#N/A"), "column name: is the error #N/A: write the value itself"),
    (cell("D3", "#REF!"), "column communes: is the error #REF!: write the value itself"),
    (cell("B3", '="Vũ "&"Bình"'), f"column name: {NO_VALUE}"),
    (cell("E3", "=E2"), f"column phases: {NO_VALUE}"),
    (cell("A3", 0.5, "0%"), f"column id: is the number 0.5 in the format 0%: {AS_TEXT}"),
    (
        cell("A3", 1234567890123456),
        f"column id: is a number of more than 15 digits, the last of which are lost: {AS_TEXT}",
    ),
    (
        lambda sheet: sheet.merge_cells("B2:B3"),
        "column name: is part of the merged cells B2:B3: unmerge them and fill in each",
    ),
    (
        lambda sheet: sheet.merge_cells("A3:B3"),
        "column id: is part of the merged cells A3:B3: unmerge them and fill in each",
    ),
    (lambda sheet: sheet.merge_cells("A1:B1"), "the cells A1:B1 are merged: unmerge them"),
    (cell("J3", "x"), "has more cells than there are columns: put a cell with , or ; in quotes"),
    (cell("XFD3", "x"), "has more cells than there are columns: put a cell with , or ; in quotes"),
    (cell("C1", "=C2"), f"column C: {NO_VALUE}"),
]


@pytest.mark.parametrize(("change", "line"), ONE_FAULT)
def test_what_a_cell_cannot_say_is_named(folder: Folder, change: Callable[[Worksheet], None], line: str) -> None:
    """By file, row and column; one line for one fault, and nothing is loaded."""
    row = 1 if "A1" in line or "column C:" in line else 2 if "B2" in line else 3
    assert put(folder, change).refused() == [f"roster.xlsx:{row}: {line}"]
    assert folder.rows("SELECT * FROM campaign") == []


def test_all_faults_are_told_at_once(folder: Folder) -> None:
    """Of several cells, of the row's other mistakes, and of other files."""

    def change(sheet: Worksheet) -> None:
        sheet["B2"], sheet["D2"], sheet["C3"], sheet["B3"] = 5, "=1/0", "boss", True

    folder.change("communes.csv", "9.260", "viele")
    assert put(folder, change).refused() == [
        "communes.csv:2: column target: 'viele' is not a whole number of 0 or more: write it as 9260 or 9.260",
        "roster.xlsx:2: column name: '5' has no letters: write a name",
        f"roster.xlsx:2: column communes: {NO_VALUE}",
        "roster.xlsx:3: column role: 'boss' is unknown: use student, lead, officer, admin",
        "roster.xlsx:3: column name: is the truth value TRUE: write a text",
    ]


def test_the_command_says_so_and_ends_with_2(folder: Folder) -> None:
    """A line each on stderr, no traceback."""
    put(folder, cell("B3", True))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "load", str(folder.path)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={"BACUNG_STORAGE__PATH": str(folder.file), "PATH": "", "PYTHONUTF8": "1"},
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["roster.xlsx:3: column name: is the truth value TRUE: write a text"]


def test_ids_and_codes_are_what_is_shown(folder: Folder) -> None:
    """`001` by its format or as a text is the 001 of a .csv: the same roster as a spreadsheet changes nobody."""
    names = ("001,Lê An", "002,Vũ Bình", "010,Tạ Chi")
    text = FILES["roster.csv"]
    for old, new in zip(("hv1,Lê An", "hv2,Vũ Bình", "hv3,Tạ Chi"), names, strict=True):
        text = text.replace(old, new)
    text = text.replace("451", "0451").replace("fixed_code-1", "00012345")
    folder.write(**{"roster.csv": text, "communes.csv": FILES["communes.csv"].replace("451", "0451")})
    folder.write(**{"hamlets.csv": FILES["hamlets.csv"].replace("451", "0451")}).load()
    book = openpyxl.Workbook()
    sheet = sheet_of(book, [[part or None for part in line.split(",")] for line in text.splitlines()])
    for place, value, form in [("A2", 1, "000"), ("A4", 10, "000"), ("D2", 451, '"0"#'), ("F3", 12345, "00000000")]:
        cell(place, value, form)(sheet)
    assert save(folder, book).load() == []
    assert folder.rows("SELECT count(*) FROM people WHERE left_at IS NULL") == [(6,)]


def test_ids_that_lost_their_zeros_are_named(folder: Folder) -> None:
    """Beside others that kept them, and over a campaign that has them: nobody becomes another person."""

    def ids(*values: Any) -> Folder:
        def change(sheet: Worksheet) -> None:
            for row, value in enumerate(values, 2):
                cell(f"A{row}", value)(sheet)

        return put(folder, change)

    line = "roster.xlsx:3: column id: is the number 2 beside ids such as 001: write its zeros, as text"
    assert ids("001", 2).refused() == [line]
    ids("001", "002").load()
    ids(1, 2)
    assert folder.refused() == [
        "roster.xlsx:2: column id: '1' is loaded as '001': write its zeros, as text; so for 1 more",
    ]
    assert folder.rows("SELECT ref FROM people WHERE left_at IS NULL ORDER BY ref") == [("001",), ("002",)]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "000", "001"),
        (451, "General", "451"),
        (451.0, "@", "451"),
        (7, '"HV"000', "HV007"),
        (7, "\\H\\V00", "HV07"),
        (1234567, "000-0000", "123-4567"),
        (34, "000-0000", "000-0034"),
        (9260, "#,##0", "9260"),
        (2.5, "0.00", "2.50"),
        (2, "0.##", "2"),
        (5, "[Red]00;-00", "05"),
        (5, "_(00_)", "05"),
        (12.5, "General", "12.5"),
    ],
)
def test_numbers_are_read_in_their_format(number: float, form: str, shown: str) -> None:
    """As a spreadsheet program shows them, without signs between thousands."""
    assert of_number(number, form).text == shown


def test_texts_of_every_kind(folder: Folder) -> None:
    """Texts that cells share, some in parts, results of formulas and coded signs are texts."""
    folder.write(**{"roster.csv": None})
    with xlsxwriter.Workbook(folder.path / "roster.xlsx") as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for number, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(number, 0, row)
        sheet.write_rich_string("B2", "Lê", bold, " An")
        sheet.write_formula("C3", '="stu"&"dent"', value="student")
        sheet.write_string("B3", "Vũ\x0bBình")
        sheet.write_number("A3", 7, book.add_format({"num_format": "000"}))
    people = reader.read(folder.path).people
    assert [(person.ref, person.name, person.role) for person in people] == [
        ("hv1", "Lê An", Role.LEAD),
        ("007", "Vũ Bình", Role.STUDENT),
    ]


def test_a_formula_of_0_that_was_never_computed(folder: Folder) -> None:
    """Programs that compute nothing store 0 and ask for the formulas to be computed on opening."""
    folder.write(**{"roster.csv": None})
    with xlsxwriter.Workbook(folder.path / "roster.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(number, 0, row)
        sheet.write_formula("A3", "=1+1")
    assert folder.refused() == [f"roster.xlsx:3: column id: {NO_VALUE}"]
    rewrite(folder, "xl/workbook.xml", lambda text: text.replace('fullCalcOnLoad="1"', ""))
    assert reader.read(folder.path).people[1].ref == "0"


def test_a_hidden_sheet_is_never_the_roster(folder: Folder) -> None:
    """Not even where it is the first, or the only one whose head fits."""
    book = openpyxl.Workbook()
    sheet_of(book, [HEAD, ["old", "Người cũ", "admin"]]).sheet_state = "hidden"
    sheet_of(book, [HEAD, ["older", "Người cũ hơn", "admin"]], "older").sheet_state = "veryHidden"
    sheet_of(book, [HEAD, *ROWS], "people")
    assert [person.ref for person in reader.read(save(folder, book).path).people] == ["hv1", "hv2"]
    book.remove(book["people"])
    sheet_of(book, [], "empty")
    book.active = book["empty"]
    assert save(folder, book).refused() == [f"roster.xlsx: is empty: start it with the columns {', '.join(HEAD)}"]


def test_of_several_sheets_the_one_whose_head_fits(folder: Folder) -> None:
    """More than one that fit are named; so are all where none does."""
    book = openpyxl.Workbook()
    sheet_of(book, [["Ghi chú"], ["Danh sách ở trang sau"]])
    sheet_of(book, [HEAD, *ROWS], "people")
    assert [person.ref for person in reader.read(save(folder, book).path).people] == ["hv1", "hv2"]
    sheet_of(book, [HEAD, ROWS[0]], "copy")
    line = "the sheets 'people', 'copy' all have these columns: name one with --sheet, keep one, or hide the others"
    assert save(folder, book).refused() == [f"roster.xlsx: {line}"]
    assert [person.ref for person in reader.read(folder.path, sheet="Copy").people] == ["hv1"]
    with pytest.raises(CampaignError, match="has no sheet 'old': its sheets are 'Sheet', 'people', 'copy'"):
        reader.read(folder.path, sheet="old")
    book["people"]["A1"], book["copy"]["A1"] = "mã", "mã"
    line = "none of the sheets 'Sheet', 'people', 'copy' has the columns id, name, role, communes, phases"
    assert save(folder, book).refused() == [f"roster.xlsx: {line}"]


def test_only_the_columns_are_there(folder: Folder) -> None:
    """An empty list does not mean that everybody has left."""
    put(folder).load()
    line = "roster.xlsx:1: has only its columns: add a row below them for each person"
    assert put(folder, lambda sheet: sheet.delete_rows(2, 2)).refused() == [line]
    assert folder.rows("SELECT count(*) FROM people WHERE left_at IS NULL") == [(2,)]


def blank_rows(columns: int, rows: range) -> bytes:
    """Rows of blank cells with a format."""
    letters = [get_column_letter(column) for column in range(1, columns + 1)]
    return b"".join(
        f'<row r="{row}" spans="1:7" s="1" customFormat="1" ht="15">'.encode()
        + "".join(f'<c r="{name}{row}" s="1"/>' for name in letters).encode()
        + b"</row>"
        for row in rows
    )


@pytest.mark.parametrize(
    ("columns", "rows", "last"), [(7, 1_048_575, False), (16_384, 300, False), (7, 200_000, True), (16_384, 5, True)]
)
def test_blank_rows_cost_nothing(folder: Folder, columns: int, rows: int, last: bool) -> None:
    """However far down or out a format was given; a row below them is still read."""
    put(folder, lambda sheet: setattr(sheet["A4"], "fill", PatternFill("solid", "FFFF00")))
    with zipfile.ZipFile(folder.path / "roster.xlsx") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    before, after = re.split(rb'<row r="4".*?</row>', sheet)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        for name, part in parts.items():
            whole.writestr(name, part)
        with whole.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part_file:
            part_file.write(before)
            for start in range(4, rows, 2000):
                part_file.write(blank_rows(columns, range(start, min(start + 2000, rows))))
            row = f'<row r="{rows}"><c r="A{rows}" t="inlineStr"><is><t>x</t></is></c></row>'
            part_file.write((row.encode() if last else b"") + after)
    (folder.path / "roster.xlsx").write_bytes(data.getvalue())
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(folder.path)], capture_output=True, text=True, check=True
    )
    said, seconds, megabytes = done.stdout.strip().rsplit(" ", 2)
    assert (f"roster.xlsx:{rows}: column name: is missing: fill it in" in said) == last
    assert ("2 people" in said) != last
    assert float(seconds) < 8
    assert float(megabytes) < 40  # more than a small one takes


_MEASURED = """
import sys, time, resource, openpyxl
from pathlib import Path
from bot.folder import reader
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    said = f"{len(reader.read(Path(sys.argv[1])).people)} people"
except reader.CampaignError as error:
    said = error
print(said, time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def test_more_rows_than_anybody_needs(folder: Folder) -> None:
    """Are not read to their end."""
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(4, MOST_ROWS + 10))
    put(folder)
    rewrite(folder, "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", rows + "</sheetData>"))
    assert folder.refused() == [f"roster.xlsx:{MOST_ROWS + 2}: has more than {MOST_ROWS} rows: keep only those needed"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData><row r='x'>"),
        ("xl/worksheets/sheet1.xml", 't="inlineStr"', 't="s"'),
        ("xl/worksheets/sheet1.xml", "<v>451</v>", "<v>inf</v>"),
        ("xl/worksheets/sheet1.xml", "</worksheet>", ""),
        ("xl/worksheets/sheet1.xml", "<worksheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
        ("xl/workbook.xml", "r:id", "r:no"),
        ("xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml"),
        ("_rels/.rels", "officeDocument\"", "other\""),
    ],
)  # fmt: skip
def test_a_damaged_file_is_told(folder: Folder, part: str, old: str, new: str) -> None:
    """Whatever is broken inside: a line, never a traceback."""
    put(folder)
    rewrite(folder, part, lambda text: text.replace(old, new))
    known = (
        "roster.xlsx: cannot be read as a spreadsheet: save it again as .xlsx, or as roster.csv",
        f"roster.xlsx: is empty: start it with the columns {', '.join(HEAD)}",
    )
    assert folder.refused()[0] in known


def test_names_with_a_prefix_are_read(folder: Folder) -> None:
    """As some programs write all of a sheet's elements."""
    put(folder)
    rewrite(
        folder,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(r"<(/?)(\w)", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=").replace("<?x:xml", "<?xml"),
    )
    assert [person.ref for person in reader.read(folder.path).people] == ["hv1", "hv2"]
