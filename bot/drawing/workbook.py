"""An .xlsx of plain rows: each sheet is a real table with a frozen head, filters, and sums as formulas; A4 to print."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

import xlsxwriter
from xlsxwriter.image import Image
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from bot.drawing.streamed import Column, Form, Spooled, StreamedSheet, Value, day_number, spooled

Rows = Iterable[Sequence[Value]]
TITLE, ABOUT, SUMS, HEAD, FIRST = 0, 1, 2, 3, 4  # rows, from 0
ROWS_MOST = 1_048_576 - FIRST  # that Excel takes below the head
_A4 = 9
_PICTURE = (640, 800)  # pixels at most, so that one with its name fits a page
_DPI = 96  # at which Excel shows what a picture does not say of itself
_ROW_HEIGHT = 21  # pixels: not Excel's own, so that it is written down and every program places pictures alike
_HEAD_HEIGHT = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet but its rows; `table`: the name by which formulas know it.

    `shares`: above the head, of what is no sum: with `{A}` as in a column's formula, and what comes out.
    """

    name: str
    table: str
    title: str
    columns: Sequence[Column]
    shares: Mapping[int, tuple[str, float | str]]


@dataclass(frozen=True, slots=True)
class Words:
    """What is said on every sheet: under its title, before its sums, and at the foot of a printed page."""

    about: str
    sums: str
    page: str


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell works out, and what comes out, for whoever shows the file without working anything out."""

    text: str
    value: float | str
    share: bool = False


# Numbers stand at the right of their column: without some room the words of the next would be a part of them.
_BESIDE_NUMBERS = {"align": "left", "indent": 1}


def _look(form: Form) -> dict[str, Any]:
    """How a cell looks: `17:03` does not touch the name beside it."""
    match form:
        case Form.TEXT:
            return {"num_format": form.value, **_BESIDE_NUMBERS}
        case Form.DAY | Form.CLOCK:
            return {"num_format": form.value, "align": "center"}
    return {"num_format": form.value}


class Workbook:
    """An .xlsx that is being written; what it needs meanwhile stands beside it."""

    def __init__(self, file: Path, words: Words, *, title: str, at: datetime) -> None:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(file.parent),  # private, as the file itself
        }
        self._book = xlsxwriter.Workbook(str(file), options)
        self._book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        self._folder = file.parent
        self._words = words
        self._spools = ExitStack()
        self._looks = {form: self._book.add_format(_look(form)) for form in Form}
        self._bold = {form: self._book.add_format({**_look(form), "bold": True}) for form in Form}
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._grey = self._book.add_format({"font_color": "#595959"})
        head = {"bold": True, "text_wrap": True, "valign": "vcenter"}
        self._head = self._book.add_format({**head, **_BESIDE_NUMBERS})
        self._head_of_numbers = self._book.add_format({**head, "align": "center"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._spools:
            if kind is None:
                self._book.close()

    # Sheets of rows

    def rows(self, sheet: Sheet, rows: Rows, *, rows_most: int = ROWS_MOST) -> None:
        """A sheet with these rows, and where one does not take them all further ones; the first has the sums."""
        parts = self._spooled(sheet, rows, rows_most)
        names = [sheet.name, *(f"{sheet.name} {part}" for part in range(2, len(parts) + 1))]
        for place, (name, part) in enumerate(zip(names, parts, strict=True)):
            page = self._begun(name, sheet.title)
            if place == 0:
                self._sums(page, sheet, names, parts)
            self._table(page, sheet, part, f"{sheet.table}{place + 1 if place else ''}")

    def _spooled(self, sheet: Sheet, rows: Rows, most: int) -> list[Spooled]:
        looks = {form: look._get_xf_index() for form, look in self._looks.items()}
        coming, parts = iter(rows), list[Spooled]()
        text = self._book.str_table._get_shared_string_index
        while not parts or parts[-1].rows == most:
            file = self._spools.enter_context(TemporaryFile("w+", encoding="utf-8", dir=self._folder))  # noqa: SIM115
            part = spooled(file, sheet.columns, coming, first=FIRST, most=most, looks=looks, text=text)
            if part.rows or not parts:
                parts.append(part)
            else:
                break
        return parts

    def _table(self, page: Any, sheet: Sheet, part: Spooled, name: str) -> None:
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
        heads = [
            {
                "header": column.head,
                "header_format": self._head if column.form is Form.TEXT else self._head_of_numbers,
            }
            for column in sheet.columns
        ]
        look = {"name": name, "style": "Table Style Medium 2", "columns": heads}
        page.add_table_of(HEAD, part, len(sheet.columns), look)
        page.set_row_pixels(HEAD, _HEAD_HEIGHT)
        page.freeze_panes(FIRST, _frozen(sheet.columns))
        page.repeat_rows(HEAD)

    def _sums(self, page: Any, sheet: Sheet, names: Sequence[str], parts: Sequence[Spooled]) -> None:
        """Above the head: what is filtered out is not added up."""
        cells = {xl_col_to_name(place): xl_rowcol_to_cell(SUMS, place) for place in range(len(sheet.columns))}
        page.write_string(SUMS, 0, self._words.sums, self._bold[Form.TEXT])
        for place, column in enumerate(sheet.columns):
            bold = self._bold[column.form]
            if column.summed:
                letter = xl_col_to_name(place)
                ranges = [
                    f"'{name}'!{letter}{FIRST + 1}:{letter}{FIRST + max(part.rows, 1)}"
                    for name, part in zip(names, parts, strict=True)
                ]
                added = "+".join(f"SUBTOTAL(109,{one})" for one in ranges)
                page.write_formula(SUMS, place, f"={added}", bold, sum(part.sums[place] for part in parts))
            elif place in sheet.shares:
                formula, value = sheet.shares[place]
                page.write_formula(SUMS, place, formula.format_map(cells), bold, value)

    # Sheets of other things

    def summary(self, name: str, title: str, groups: Iterable[Sequence[Sequence[Value | Formula]]]) -> None:
        """A sheet of a few lines, with an empty one between groups: a name, and what there is to it."""
        page = self._begun(name, title)
        page.set_column(0, 0, 38)
        page.set_column(1, 4, 16)
        row = HEAD
        for group in groups:
            for line in group:
                for place, value in enumerate(line):
                    self._cell(page, row, place, value, bold=all(isinstance(one, str) for one in line))
                row += 1
            row += 1

    def _cell(self, page: Any, row: int, place: int, value: Value | Formula, *, bold: bool) -> None:
        looks = self._bold if bold else self._looks
        if isinstance(value, Formula):
            form = Form.SHARE if value.share else Form.NUMBER
            page.write_formula(row, place, value.text, looks[form], value.value)
        elif isinstance(value, str):
            page.write_string(row, place, value, looks[Form.TEXT])
        elif isinstance(value, date):
            page.write_number(row, place, day_number(value), looks[Form.DAY])
        elif value is not None:
            form = Form.SHARE if isinstance(value, float) else Form.NUMBER
            page.write_number(row, place, value, looks[form])

    def pictures(self, name: str, title: str, pictures: Sequence[tuple[str, bytes]]) -> None:
        """A sheet of PNGs, one a page; each has its name to be read aloud."""
        page = self._begun(name, title)
        page.set_portrait()
        page.set_print_scale(100)  # fitted to a width, Excel keeps no breaks
        page.set_column_pixels(0, 0, _PICTURE[0] + 4)  # a picture that ends with it is stretched where it is wider
        page.set_default_row(_ROW_HEIGHT * 72 / _DPI)
        row, breaks = HEAD, list[int]()
        for words, content in pictures:
            image = Image(BytesIO(content))
            width, height = image.width * _DPI / image.x_dpi, image.height * _DPI / image.y_dpi
            scale = min(1.0, _PICTURE[0] / width, _PICTURE[1] / height)
            page.insert_image(row, 0, image, {"x_scale": scale, "y_scale": scale, "description": words})
            row += 2 + ceil(height * scale / _ROW_HEIGHT)
            breaks.append(row)
        page.set_h_pagebreaks(breaks[:-1])

    def _begun(self, name: str, title: str) -> Any:
        page = self._book.add_worksheet(name, StreamedSheet)
        page.set_paper(_A4)
        page.set_landscape()
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{title.replace('&', '&&')}&R{self._words.page}")
        page.write_string(TITLE, 0, title, self._title)
        page.write_string(ABOUT, 0, self._words.about, self._grey)
        return page


def _frozen(columns: Sequence[Column]) -> int:
    """How many columns stay in sight: those of names and days before the first number, two at most."""
    named = [column.form in (Form.TEXT, Form.DAY) for column in columns]
    return min(named.index(False) if False in named else len(named), 2)
