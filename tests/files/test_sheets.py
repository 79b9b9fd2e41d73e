"""The file of numbers: opened again, every number is what storage sums up, and no name is worked out."""

import csv
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.csvs import BOM
from bot.drawing import files, sheets
from bot.drawing.work import ENDINGS, Made, Work
from handlers.figures.gathered import facts
from handlers.language import Outcome
from handlers.texts import plain
from storage.campaign import communes
from storage.reports import breakdown, reports, tallies, totals
from tests.figures.world import FIRST, HOUSE, World, at, world
from tests.files import reading
from tests.files.reading import HEAD

LAST = FIRST + timedelta(days=3)
NOW = at(LAST, 21)
HEADS = dict(zip(map(str, Outcome), plain("export.outcomes").split("|"), strict=True))
HOSTILE = ("=1+1", '=HYPERLINK("http://x","y")', "+84", "-5", "@SUM(A1)", "<b>&", "' OR 1", "a\tb")


def busy(w: World) -> None:
    """Some evenings with all that may happen to reports."""
    w.report("an", FIRST, 3, hamlet="Xóm 4", absent=1)
    w.report("binh", FIRST, 5, failed=2)
    w.report("an", FIRST + timedelta(days=1), 0, refused=1)
    corrected = w.report("binh", LAST, 7, hamlet="Xóm 4")
    line = tallies.Line(w.hamlet("Xóm 4"), "activated", 4)
    reports.correct(w.tx, corrected, [line], by=w.person("binh").id, at=at(LAST, 20), text="")
    gone = w.report("an", LAST, 9)
    reports.withdraw(w.tx, gone, by=w.person("an").id, at=at(LAST, 20))
    w.report("dung", LAST, 11, sent=at(LAST + timedelta(days=1), 0))  # after midnight it is still that evening


def made(path: Path, w: World, kind: str = "sheet", *, codes: tuple[str, ...] = ()) -> tuple[Made, Path]:
    """The file of some communes, or of all."""
    ids = tuple(place.id for place in communes.every(w.tx) if not codes or place.code in codes)
    into = path / f"out{ENDINGS[kind]}"
    w.tx.run("COMMIT")
    done = files.make(Work(kind, path / "bacung.db", ids, NOW, HOUSE.calendar.day_start, into))
    w.tx.run("BEGIN IMMEDIATE")
    return done, into


def counted(row: dict[str, Any]) -> dict[str, int]:
    """What a row counts, by outcome."""
    return {outcome: row[head] for outcome, head in HEADS.items() if row.get(head)}


def test_every_number_is_what_storage_sums_up(tmp_path: Path) -> None:
    """By day, commune, student and report, and the sums above them; all sheets agree."""
    with world(tmp_path) as w:
        busy(w)
        done, file = made(tmp_path, w)
        found = reading.sheets(file)
        ids = [place.id for place in communes.every(w.tx)]
        whole = facts.board(w.tx, communes.every(w.tx), LAST, finished=False).whole
        by_day = {date.fromisoformat(row.id): row.counts for row in breakdown.rows(w.tx, "day", ids, None)}
        by_commune = {row.id: row.counts for row in breakdown.rows(w.tx, "commune", ids, None)}
        by_person = {row.id: row.counts for row in breakdown.rows(w.tx, "person", ids, None)}
    assert {row["Ngày"].date(): counted(row) for row in found["Theo ngày"]} == by_day
    assert {str(row["Mã"]): counted(row) for row in found["Theo xã"]} == by_commune
    assert {row["Mã"]: counted(row) for row in found["Theo học viên"]} == by_person
    assert tallies.merged(counted(row) for row in found["Báo cáo"]) == whole.counts
    for sheet in ("Theo ngày", "Theo xã", "Theo học viên", "Báo cáo"):
        assert counted(reading.sums(file, sheet)) == whole.counts, sheet
    assert (done.done, done.target, done.today, done.reports) == (whole.done, whole.target, whole.phones_today, 6)
    top = reading.sums(file, "Theo xã")
    assert (top["Chỉ tiêu"], top["Đã xong"], top["Hôm nay"]) == (whole.target, whole.done, whole.phones_today)
    assert top["Còn lại"] == whole.left
    assert top["Tỷ lệ"] == pytest.approx(whole.done / whole.target)


def test_the_first_sheet_says_it_all(tmp_path: Path) -> None:
    """Target, done, today, the phase, each result; as formulas over the others, with what comes out of them."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
        whole = facts.board(w.tx, communes.every(w.tx), LAST, finished=False).whole
    values = {row[0].value: row[1].value for row in load_workbook(file, data_only=True)["Tổng hợp"].iter_rows()}
    formulas = {row[0].value: row[1].value for row in load_workbook(file)["Tổng hợp"].iter_rows()}
    assert (values["Chỉ tiêu"], values["Đã xong"], values["Còn lại"]) == (whole.target, whole.done, whole.left)
    assert (values["Hôm nay"], values["Bot ghi"]) == (whole.phones_today, whole.bot)
    assert {outcome: values[head] for outcome, head in HEADS.items() if values[head]} == whole.counts
    assert str(formulas["Đã xong"]).startswith("=SUM('Theo xã'!F5:F")
    assert formulas["Tỷ lệ"] == '=IF(B4=0,"",B7/B4)'


def test_what_a_report_row_says(tmp_path: Path) -> None:
    """Day, local time, place, who; that it was corrected or withdrawn; after midnight it stands with its evening."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
    rows = reading.sheets(file)["Báo cáo"]
    assert [(row["Ngày"].date(), f"{row['Lúc']:%H:%M}") for row in rows[:1]] == [(FIRST, "20:00")]
    assert [row["Ghi chú"] for row in rows] == [None, None, None, "đã sửa", "đã rút", None]
    assert (rows[3]["Máy"], rows[3]["Thôn"]) == (4, "Xóm 4")
    assert counted(rows[4]) == {}
    late = rows[5]
    assert (late["Ngày"].date(), f"{late['Lúc']:%H:%M}", late["Máy"]) == (LAST, "00:00", 11)


def test_one_commune_alone(tmp_path: Path) -> None:
    """Nothing of another, neither names nor numbers."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w, codes=("451",))
        own = facts.board(w.tx, [w.commune("451")], LAST, finished=False).whole
    found = reading.sheets(file)
    assert {row["Mã"] for row in found["Theo xã"]} == {"451"}
    assert {row["Xã"] for row in found["Báo cáo"]} == {"Xuân Thu"}
    assert tallies.merged(counted(row) for row in found["Báo cáo"]) == own.counts
    assert "Minh Phú" not in str(found)


@pytest.mark.parametrize("kind", ["sheet", "csv"])
def test_a_name_is_never_worked_out(tmp_path: Path, kind: str) -> None:
    """Whatever people and places are called: a text is a text, in Excel and in what is made of a CSV."""
    with world(tmp_path) as w:
        for name, ref in zip(HOSTILE, ["an", "binh"] * 4, strict=True):
            w.tx.run("UPDATE people SET name = :name WHERE ref = :ref", name=name, ref=ref)
            w.tx.run("UPDATE hamlets SET name = :name WHERE name <> '' AND commune IS NOT NULL", name=name)
            w.report(ref, FIRST, 1)
            w.tx.run("UPDATE communes SET name = :name WHERE code = '451'", name=name)
            _, file = made(tmp_path, w, kind)
            if kind == "csv":
                cells = [
                    cell for row in csv.reader(StringIO(file.read_text("utf-8").removeprefix(BOM))) for cell in row
                ]
                assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
                assert any(name in cell for cell in cells)
                continue
            book = load_workbook(file)
            pages = [page for page in book.worksheets if page.title != "Tổng hợp"]
            rows = [row for page in pages for row in page.iter_rows(min_row=HEAD + 1)]
            named = [cell for row in rows for cell in row if cell.value == name]
            assert named, name
            assert {cell.data_type for cell in named} == {"s"}


def test_a_sheet_is_a_table_to_filter_and_to_print(tmp_path: Path) -> None:
    """Named, with filters, a head that stays and comes again on each page of A4, the width of one."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
    book = load_workbook(file)
    tables = {table.name: (page.title, table.ref) for page in book.worksheets for table in page.tables.values()}
    assert tables["BaoCao"] == ("Báo cáo", f"A4:R{HEAD + 6}")
    assert set(tables) == {"TheoNgay", "TheoXa", "TheoHocVien", "BaoCao"}
    for name, _ in tables.values():
        page = book[name]
        assert page.freeze_panes is not None
        assert page.freeze_panes.endswith(str(HEAD + 1))
        assert page.print_title_rows == f"${HEAD}:${HEAD}"
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0  # as many pages as it takes; of the width, one
        assert all(table.autoFilter is not None for table in page.tables.values())
    formulas = [cell.value for cell in book["Báo cáo"][HEAD - 1]]
    assert formulas[8] == f"=SUBTOTAL(109,'Báo cáo'!I5:I{HEAD + 6})"


def test_numbers_are_numbers_in_the_readers_own_writing(tmp_path: Path) -> None:
    """Days, times, shares and counts have formats by which Excel writes them as its reader is used to."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
    book = load_workbook(file)
    number, day, clock = (book["Báo cáo"].cell(HEAD + 1, column) for column in (9, 2, 3))
    assert (number.number_format, day.number_format, clock.number_format) == ("#,##0", "dd/mm/yyyy", "hh:mm")
    assert book["Theo xã"].cell(HEAD + 1, 7).number_format == "0.0%"
    commune = book["Báo cáo"].cell(HEAD + 1, 4)
    assert (clock.alignment.horizontal, commune.alignment.indent) == ("center", 1)  # `17:03` touches no name


def test_more_rows_than_a_sheet_takes_go_on_upon_the_next(tmp_path: Path) -> None:
    """The sums of all of them stand above the first, and the names of the tables differ."""
    with world(tmp_path) as w:
        busy(w)
        book, lines = _book(w)
        sheets.write(tmp_path / "out.xlsx", book, lines, rows_most=4)
        whole = book.counts
    found = reading.sheets(tmp_path / "out.xlsx")
    assert [len(found[name]) for name in ("Báo cáo", "Báo cáo 2")] == [4, 2]
    assert counted(reading.sums(tmp_path / "out.xlsx", "Báo cáo")) == whole
    formula = str(load_workbook(tmp_path / "out.xlsx")["Báo cáo"].cell(HEAD - 1, 9).value)
    assert formula == "=SUBTOTAL(109,'Báo cáo'!I5:I8)+SUBTOTAL(109,'Báo cáo 2'!I5:I6)"


def _book(w: World) -> tuple[Any, Any]:
    from handlers.figures.files import exported  # noqa: PLC0415

    chosen = communes.every(w.tx)
    return exported.book(w.tx, chosen, HOUSE.calendar, NOW), exported.Reports(
        w.tx, chosen, HOUSE.calendar, LAST
    ).lines()


def test_before_anybody_reports(tmp_path: Path) -> None:
    """A whole file all the same: Excel takes no table without a row."""
    with world(tmp_path) as w:
        done, file = made(tmp_path, w)
    book = load_workbook(file)
    assert done.reports == 0
    assert book["Báo cáo"].tables["BaoCao"].ref == "A4:R5"
    assert reading.sums(file, "Báo cáo")["Máy"] == 0


def test_who_left_a_team_is_counted_where_the_work_was_done(tmp_path: Path) -> None:
    """Each commune's students add up to the commune, also when one of them is no longer in the list."""
    with world(tmp_path) as w:
        busy(w)
        w.tx.run("DELETE FROM members WHERE person = :an", an=w.person("an").id)
        _, file = made(tmp_path, w)
        own = totals.of_teams(w.tx)[w.team("451").id]
    rows = [row for row in reading.sheets(file)["Theo học viên"] if row["Xã"] == "Xuân Thu"]
    assert tallies.merged(counted(row) for row in rows) == own
    assert [row["Học viên"] for row in rows][-1] == "(không còn trong tổ)"


def test_a_csv_has_the_rows_of_the_sheet(tmp_path: Path) -> None:
    """The same reports with the same numbers, known as UTF-8 by Excel."""
    with world(tmp_path) as w:
        busy(w)
        _, as_csv = made(tmp_path, w, "csv")
        _, as_sheet = made(tmp_path, w)
    text = as_csv.read_text("utf-8")
    assert text.startswith(BOM)
    rows = list(csv.DictReader(StringIO(text.removeprefix(BOM), newline="")))
    found = reading.sheets(as_sheet)["Báo cáo"]
    assert [(row["Ngày"], row["Lúc"]) for row in rows] == [
        (f"{row['Ngày'].date()}", f"{row['Lúc']:%H:%M}") for row in found
    ]
    for head in HEADS.values():
        assert [row[head] for row in rows] == ["" if row[head] is None else str(row[head]) for row in found], head


def test_only_its_owner_reads_a_file_and_half_a_file_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is written nothing stands under its name; what goes wrong leaves nothing behind."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
        assert file.stat().st_mode & 0o777 == 0o600
        file.unlink()

        def failing(*_: Any, **__: Any) -> None:
            assert not file.exists()
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(sheets, "write", failing)
        with pytest.raises(OSError, match="No space"):
            made(tmp_path, w)
        w.tx.run("BEGIN IMMEDIATE")
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("bacung.db")] == []


def test_the_same_book_is_the_same_file(tmp_path: Path) -> None:
    """Its time is that of its numbers."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
    assert load_workbook(file).properties.created == NOW.replace(tzinfo=None)
    with ZipFile(file) as parts:
        assert parts.testzip() is None


def test_the_pictures_are_the_charts_of_the_chat(tmp_path: Path) -> None:
    """Course, communes and days of the same moment, with words for who does not see them; of one commune its course."""
    with world(tmp_path) as w:
        busy(w)
        _, file = made(tmp_path, w)
        with ZipFile(file) as parts:
            shown = [parts.read(name) for name in parts.namelist() if name.startswith("xl/media/")]
            drawing = parts.read("xl/drawings/drawing1.xml").decode()
        _, one = made(tmp_path, w, codes=("451",))
    assert [content[:8] for content in shown] == [b"\x89PNG\r\n\x1a\n"] * 3
    assert drawing.count('descr="') == 3
    with ZipFile(one) as parts:
        assert len([name for name in parts.namelist() if name.startswith("xl/media/")]) == 1
