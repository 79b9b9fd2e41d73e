"""Rows of a spreadsheet as the XML that Excel reads, written as they come and never held: a million need no memory.

XlsxWriter holds every cell of a table (369 MB of 100,000 reports), or streams and then makes no tables; this does both.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import partial
from itertools import islice
from typing import IO, Any, cast

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | date | datetime | None
_EPOCH = date(1899, 12, 30)  # of Excel's days
_DAY = 24 * 60  # minutes


class Form(Enum):
    """How a column shows its values: the number format of Excel, which shows it as the reader's own settings say."""

    TEXT = "@"
    NUMBER = "#,##0"
    SHARE = "0.0%"
    DAY = "dd/mm/yyyy"
    CLOCK = "hh:mm"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `formula`: with `{A}` for the cell of column A in the same row; its values are kept beside it.

    `summed`: its sum stands above the head.
    """

    head: str
    width: int
    form: Form = Form.NUMBER
    summed: bool = False
    formula: str = ""


@dataclass(slots=True)
class Spooled:
    """Rows that were written: how many, and the sums of the columns that have some."""

    file: IO[str]
    rows: int = 0
    sums: dict[int, int] = field(default_factory=dict)


class StreamedSheet(Worksheet):  # type: ignore[misc] # XlsxWriter ships no types
    """A worksheet whose rows below its head were written before it is put together."""

    def __init__(self) -> None:
        super().__init__()
        self.dim_rowmax: int | None
        self._spooled: Spooled | None = None
        self._head = 0

    def add_table_of(self, head: int, spooled: Spooled, columns: int, look: Mapping[str, Any]) -> None:
        """A table of these rows; `head`: the row of its head, which `look` describes as `add_table` takes it."""
        last = head + max(spooled.rows, 1)
        self._head, self._spooled = head, spooled
        self.add_table(head, 0, head + 1, columns - 1, look)  # which keeps a note of each cell: of few, then
        self.tables[-1]["range"] = self.tables[-1]["a_range"] = xl_range(head, 0, last, columns - 1)
        self._check_dimensions(last, columns - 1)

    def _write_sheet_data(self) -> None:
        if self._spooled is None:
            super()._write_sheet_data()
            return
        self._xml_start_tag("sheetData")
        last, self.dim_rowmax = self.dim_rowmax, self._head
        self._write_rows()
        self.dim_rowmax = last
        self._spooled.file.seek(0)
        shutil.copyfileobj(self._spooled.file, self.fh, 1 << 20)
        self._xml_end_tag("sheetData")


def spooled(
    file: IO[str],
    columns: Sequence[Column],
    rows: Iterator[Sequence[Value]],
    *,
    first: int,
    most: int,
    looks: Mapping[Form, int],
    text: Callable[[str], int],
) -> Spooled:
    """Writes so many rows at most; `first`: from this row on, counted from 0. `looks`: the number of each format.

    `text`: the number under which the workbook keeps a text, so that one that comes often is kept once.
    """
    done = Spooled(file)
    cells = [_cell(place, column, looks[column.form], text) for place, column in enumerate(columns)]
    summed = [place for place, column in enumerate(columns) if column.summed]
    sums = dict.fromkeys(summed, 0)
    for number, values in enumerate(islice(rows, most), first + 1):
        row = str(number)
        inside = "".join([cell(row, value) for cell, value in zip(cells, values, strict=True) if value is not None])
        file.write(f'<row r="{row}">{inside}</row>')
        for place in summed:
            sums[place] += cast(int, values[place] or 0)
        done.rows += 1
    done.sums = sums
    return done


Cell = Callable[[str, Any], str]


def _cell(place: int, column: Column, look: int, text: Callable[[str], int]) -> Cell:
    """What writes the values of a column: a text is a text, whatever it begins with."""
    head, tail = f'<c r="{xl_col_to_name(place)}', f'" s="{look}"'
    if column.formula:
        return partial(_formula, head, tail, _in_row(column.formula))
    match column.form:
        case Form.TEXT:
            return lambda row, value: f'{head}{row}{tail} t="s"><v>{text(value)}</v></c>' if value else ""
        case Form.DAY:
            return lambda row, value: f"{head}{row}{tail}><v>{(value - _EPOCH).days}</v></c>"
        case Form.CLOCK:
            return lambda row, value: f"{head}{row}{tail}><v>{(value.hour * 60 + value.minute) / _DAY:.10f}</v></c>"
    return lambda row, value: f"{head}{row}{tail}><v>{value}</v></c>"


def _in_row(formula: str) -> Callable[[str], str]:
    """The formula in a row: `={D}+{E}` → `D5+E5`."""
    letters = {letter: f"{letter}%s" for letter in map(xl_col_to_name, range(26))}
    known = formula.removeprefix("=").replace("%", "%%").format_map(letters)
    return lambda row: known.replace("%s", row)


def _formula(head: str, tail: str, formula: Callable[[str], str], row: str, value: float | str) -> str:
    """A formula with what comes out of it: nothing, a text, or a number."""
    if isinstance(value, str):
        return f'{head}{row}{tail} t="str"><f>{formula(row)}</f><v>{value}</v></c>'
    return f"{head}{row}{tail}><f>{formula(row)}</f><v>{value}</v></c>"


def day_number(day: date) -> int:
    """A day as Excel counts it."""
    return (day - _EPOCH).days
