"""The tables of a campaign folder: the rows of a .csv or .xlsx file under their columns, or why they cannot be read."""

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.folder.cells import BLANK, Cell
from bot.folder.rows import COMMUNES, clean
from bot.folder.sheet import MOST_COLUMNS, BadSheet, Merged, TooLarge, letters_of
from bot.folder.workbook import Sheet, Workbook, opened
from storage.campaign.plan import CampaignError

HAMLETS, ROSTER, ROSTER_XLSX = "hamlets.csv", "roster.csv", "roster.xlsx"
MOST_ROWS = 50_000  # of people, communes or hamlets
MOST_MERGED = 200  # that are told one by one
_ROSTER_COLUMNS = ("id", "name", "role", "communes", "phases")
_REQUIRED = {
    COMMUNES: ("code", "name", "target"),
    HAMLETS: ("commune", "name"),
    ROSTER: _ROSTER_COLUMNS,
    ROSTER_XLSX: _ROSTER_COLUMNS,
}
_OPTIONAL = {
    COMMUNES: ("baseline",),
    HAMLETS: ("homes",),
    ROSTER: ("code", "address"),
    ROSTER_XLSX: ("code", "address"),
}
_NEVER_EMPTY = {COMMUNES: "commune", ROSTER: "person", ROSTER_XLSX: "person"}  # an empty one would end the campaign

Row = tuple[int, list[Cell]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its cells by column, empty ones left out; `too_long` where it has more than columns.

    `faults`: by column, why what stands there cannot be used; '' where another row's line says so.
    """

    number: int
    cells: dict[str, str]
    too_long: bool
    faults: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> list[Line]:
    """The rows of a file.

    Raises:
        CampaignError: there are none to be had.
    """
    rows, merged = _xlsx(path) if path.suffix == ".xlsx" else (_cut(path, _csv(path)), [])
    required, optional = _REQUIRED[path.name], _OPTIONAL[path.name]
    if not rows:
        raise CampaignError([f"{path.name}: is empty: start it with the columns {', '.join(required + optional)}"])
    (first, head), *rest = rows
    if at_head := [one.name for one in merged if first in one.rows and one.columns.start < len(head)]:
        raise CampaignError([f"{path.name}:{first}: the cells {', '.join(at_head[:9])} are merged: unmerge them"])
    columns = _columns(f"{path.name}:{first}", head, required, optional)
    if not rest and path.name in _NEVER_EMPTY:
        what = _NEVER_EMPTY[path.name]
        raise CampaignError([f"{path.name}:{first}: has only its columns: add a row below them for each {what}"])
    lines = [_line(number, cells, columns) for number, cells in rest]
    _mark_merged(path, lines, columns, merged)
    _mark_lost_zeros(lines, dict(rest), columns)
    return lines


def columns_wanted(name: str) -> str:
    """The columns that a file must have, to be told where it is missing; '' of what is no table."""
    return f" with the columns {', '.join(_REQUIRED[name])}" if name in _REQUIRED else ""


def decoded(path: Path) -> str:
    """The text of a file. Raises CampaignError where it cannot be read."""
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CampaignError([f"{path.name}:{line}: is not UTF-8: save the file as 'CSV UTF-8'"]) from None
    except OSError as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise CampaignError([f"{path.name}: {reason}: put it into {path.parent}{columns_wanted(path.name)}"]) from None


def _line(number: int, cells: list[Cell], columns: list[str]) -> Line:
    named = dict(zip(columns, cells, strict=False))
    return Line(
        number,
        {name: cell.text for name, cell in named.items() if cell.text},
        any(cell.filled for cell in cells[len(columns) :]),
        {name: cell.fault for name, cell in named.items() if cell.fault},
    )


def _mark_merged(path: Path, lines: list[Line], columns: list[str], merged: list[Merged]) -> None:
    """Merged cells hold one value, and nobody knows whether it is meant for each row; told in the first of them."""
    numbers = [line.number for line in lines]
    covered = [
        (one, found)
        for one in merged
        if one.columns.start < len(columns)
        and (found := range(bisect_left(numbers, one.rows.start), bisect_left(numbers, one.rows.stop)))
    ]
    if len(covered) > MOST_MERGED:
        some = f"{len(covered)} groups of cells are merged, such as {covered[0][0].name}"
        raise CampaignError([f"{path.name}: {some}: unmerge all and fill in each cell"])
    for one, found in covered:
        fault = f"is part of the merged cells {one.name}: unmerge them and fill in each"
        for line in (lines[i] for i in found):
            for name in columns[one.columns.start : one.columns.stop]:
                line.faults[name], fault = fault, ""
                line.cells.pop(name, None)


def _mark_lost_zeros(lines: list[Line], rows: dict[int, list[Cell]], columns: list[str]) -> None:
    """A number among ids such as 001 has lost its zeros: taken as it is, it would be another person."""
    ids = [line.cells.get("id", "") for line in lines]
    padded = next((said for said in ids if said.isdecimal() and said.startswith("0") and len(said) > 1), None)
    if padded is None:
        return
    place = columns.index("id")
    for line, said in zip(lines, ids, strict=True):
        if said.isdecimal() and len(said) < len(padded) and rows[line.number][place].bare:
            line.faults["id"] = f"is the number {said} beside ids such as {padded}: write its zeros, as text"
            del line.cells["id"]


def _columns(where: str, head: list[Cell], required: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    if faults := [f"{where}: column {letters_of(i)}: {cell.fault}" for i, cell in enumerate(head) if cell.fault]:
        raise CampaignError(faults)
    columns, known = _names(head), ", ".join(required + optional)
    if len(columns) > MOST_COLUMNS:
        raise CampaignError([f"{where}: has more than {MOST_COLUMNS} columns: the columns are {known}"])
    lines = [
        f"{where}: unknown column '{name}': the columns are {known}"
        for name in columns
        if name not in required + optional
    ]
    lines += [
        f"{where}: column '{name}' is missing: the columns are {known}" for name in required if name not in columns
    ]
    lines += [
        f"{where}: column '{name}' is there twice: keep one"
        for name in dict.fromkeys(columns)
        if columns.count(name) > 1
    ]
    if lines:
        raise CampaignError(lines)
    return columns


def _names(head: list[Cell]) -> list[str]:
    columns = [cell.text.lower() for cell in head]
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _cut(path: Path, rows: Iterable[Row]) -> list[Row]:
    """The rows that hold something. Raises CampaignError where there are more than anybody needs."""
    found: list[Row] = []
    for number, row in rows:
        cells = [Cell(clean(cell.text), cell.fault, cell.bare) if cell.filled else BLANK for cell in row]
        if any(cell.filled for cell in cells):
            if len(found) > MOST_ROWS:
                raise CampaignError([f"{path.name}:{number}: has more than {MOST_ROWS} rows: keep only those needed"])
            found.append((number, cells))
    return found


def _csv(path: Path) -> Iterator[Row]:
    """The rows of a file with the number of the line on which each starts."""
    text = decoded(path)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in rows:
            yield number, [Cell(text) for text in row]
            number = rows.line_num + 1
    except csv.Error:
        line = f"{path.name}:{number}: has a quote that does not end its cell: put the whole cell in quotes"
        raise CampaignError([line]) from None


def _xlsx(path: Path) -> tuple[list[Row], list[Merged]]:
    """The rows of the sheet that holds the table, and what is merged in it."""
    try:
        with opened(path) as book:
            sheet, merged = _sheet(path, book), list[Merged]()
            return (_cut(path, book.rows(sheet, merged)) if sheet else []), merged
    except TooLarge:
        line = f"{path.name}: is too large to be read: copy the list alone into a new file"
        raise CampaignError([line]) from None
    except BadSheet:
        line = f"{path.name}: cannot be read as a spreadsheet: save it again as .xlsx, or as {ROSTER}"
        raise CampaignError([line]) from None


def _sheet(path: Path, book: Workbook) -> Sheet | None:
    """The one that people see and whose head fits; where none does, the only one that holds anything."""
    heads = [(sheet, head) for sheet in book.sheets if (head := _head(book, sheet))]
    required = _REQUIRED[path.name]
    fitting = [sheet for sheet, head in heads if set(required) <= set(_names(head))]
    if len(fitting) > 1:
        names = ", ".join(f"'{sheet.name}'" for sheet in fitting)
        raise CampaignError([f"{path.name}: the sheets {names} all have these columns: keep one, or hide the others"])
    if not fitting and len(heads) > 1:
        names = ", ".join(f"'{sheet.name}'" for sheet, _ in heads)
        raise CampaignError([f"{path.name}: none of the sheets {names} starts with the columns {', '.join(required)}"])
    return fitting[0] if fitting else heads[0][0] if heads else None


def _head(book: Workbook, sheet: Sheet) -> list[Cell]:
    """The first row that holds something."""
    for _, row in book.rows(sheet, []):
        cells = [Cell(clean(cell.text), cell.fault) for cell in row]
        if any(cell.filled for cell in cells):
            return cells
    return []
