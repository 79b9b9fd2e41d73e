"""The tables of a campaign folder: the rows of a .csv or .xlsx file under their columns, or why they cannot be read.

Officers' files begin with titles: the head is the first row that has the columns, and what stands above it is nothing.
"""

import csv
import io
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot.folder.cells import BLANK, Cell
from bot.folder.rows import COMMUNES, clean
from bot.folder.sheet import MOST_COLUMNS, BadSheet, Layout, Merged, TooLarge, letters_of
from bot.folder.workbook import Sheet, Workbook, opened
from storage.campaign.plan import CampaignError

HAMLETS, ROSTER, ROSTER_XLSX = "hamlets.csv", "roster.csv", "roster.xlsx"
MOST_ROWS = 50_000  # of people, communes or hamlets
MOST_MERGED = 200  # that are told one by one
MOST_SEEN = 8  # cells of what seems to be the head
MOST_ABOVE = 30  # rows that hold something, among which the head is looked for
_ROSTER_COLUMNS = ("id", "name", "role", "communes", "phases")
_SHARED = ("role", "communes", "phases")  # may be merged down: one tall cell for each person beside it
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
    `shared`: by column, in which row the tall cell begins that this row is beside.
    """

    number: int
    cells: dict[str, str]
    too_long: bool
    faults: dict[str, str] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file. `notes` are lines about what was read and may surprise."""

    lines: list[Line]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read. `sheet` names a spreadsheet's; '' the one whose head fits. `step` is called for each row."""

    path: Path
    sheet: str = ""
    step: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        """The file's name, which says what must be in it."""
        return self.path.name


def read(source: Source) -> Table:
    """The rows of a file.

    Raises:
        CampaignError: there are none to be had.
    """
    path = source.path
    rows, layout = _xlsx(source) if path.suffix == ".xlsx" else (_cut(source, _csv(path)), Layout())
    required, optional = _REQUIRED[path.name], _OPTIONAL[path.name]
    if not rows:
        raise CampaignError([f"{path.name}: is empty: start it with the columns {', '.join(required + optional)}"])
    top = rows[:MOST_ABOVE]
    (first, head), *rest = rows[_head(path.name, [cells for _, cells in top]) :]
    if strangely := _other_head(path.name, first, head, top):
        raise CampaignError([strangely])
    below = [one for one in layout.merged if one.rows.stop > first]
    if at_head := [one.name for one in below if first in one.rows and one.columns.start < len(head)]:
        raise CampaignError([f"{path.name}:{first}: the cells {', '.join(at_head[:9])} are merged: unmerge them"])
    columns = _columns(f"{path.name}:{first}", head, required, optional)
    if not rest and path.name in _NEVER_EMPTY:
        what = _NEVER_EMPTY[path.name]
        raise CampaignError([f"{path.name}:{first}: has only its columns: add a row below them for each {what}"])
    lines = [_line(number, cells, columns) for number, cells in rest]
    _mark_merged(path, lines, columns, below)
    _mark_lost_zeros(lines, dict(rest), columns)
    return Table(lines, _hidden(path, [number for number in layout.hidden if number > first]))


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


def _head(name: str, rows: Sequence[Sequence[Cell]]) -> int:
    """Which of the first rows has the columns: all that are needed, else two of them at least; else the first."""
    named = [set(_names(row)) for row in rows]
    needed, known = set(_REQUIRED[name]), {*_REQUIRED[name], *_OPTIONAL[name]}
    whole = next((place for place, names in enumerate(named) if needed <= names), None)
    if whole is not None:
        return whole
    best = max(range(len(named)), key=lambda place: len(named[place] & known), default=0)
    return best if named and len(named[best] & known) > 1 else 0


def _other_head(name: str, first: int, head: Sequence[Cell], top: Sequence[Row]) -> str:
    """Where no row has the columns, which one seems to be meant for the head, below a title; '' where all is well."""
    known = _REQUIRED[name] + _OPTIONAL[name]
    if set(_names(head)) & set(known):
        return ""
    number, likely = max(top, key=lambda row: sum(cell.filled for cell in row[1]))  # of several the first
    if number == first:
        return ""
    seen = [f"'{cell.text}'" for cell in likely if cell.text]
    said = ", ".join(seen[:MOST_SEEN]) + (", …" if len(seen) > MOST_SEEN else "")
    return (
        f"{name}:{number}: no row has the columns {', '.join(_REQUIRED[name])}: this one seems to be the head, with "
        f"{said}: write there, one in a cell: {', '.join(known)}"
    )


def _line(number: int, cells: list[Cell], columns: list[str]) -> Line:
    named = dict(zip(columns, cells, strict=False))
    return Line(
        number,
        {name: cell.text for name, cell in named.items() if cell.text},
        any(cell.filled for cell in cells[len(columns) :]),
        {name: cell.fault for name, cell in named.items() if cell.fault},
    )


def _mark_merged(path: Path, lines: list[Line], columns: list[str], merged: list[Merged]) -> None:
    """Merged cells hold one value: what people share counts for each row; of all else nobody knows whose it is."""
    numbers = [line.number for line in lines]
    covered = [
        (one, lines[bisect_left(numbers, one.rows.start) : bisect_left(numbers, one.rows.stop)])
        for one in merged
        if one.columns.start < len(columns)
    ]
    unclear = [(one, found) for one, found in covered if found and not _is_shared(one, columns)]
    if len(unclear) > MOST_MERGED:
        some = f"{len(unclear)} groups of cells are merged, such as {unclear[0][0].name}"
        raise CampaignError([f"{path.name}: {some}: unmerge all and fill in each cell"])
    for one, found in unclear:
        fault = f"is part of the merged cells {one.name}: unmerge them and fill in each"
        for line in found:
            for name in columns[one.columns.start : one.columns.stop]:
                line.faults[name], fault = fault, ""
                line.cells.pop(name, None)
    for one, found in covered:
        if found and found[0].number == one.rows.start and _is_shared(one, columns):
            _fill_down(columns[one.columns.start], found)


def _is_shared(one: Merged, columns: list[str]) -> bool:
    return len(one.columns) == 1 and columns[one.columns.start] in _SHARED


def _fill_down(name: str, lines: list[Line]) -> None:
    top = lines[0]
    for line in lines:
        line.shared[name] = top.number
        if name in top.cells:
            line.cells[name] = top.cells[name]
        if name in top.faults and line is not top:
            line.faults[name] = ""  # told in the first row


def _mark_lost_zeros(lines: list[Line], rows: dict[int, list[Cell]], columns: list[str]) -> None:
    """A number among ids such as 001 has lost its zeros: taken as it is, it would be another person. Told once."""
    ids = [line.cells.get("id", "") for line in lines]
    padded = next((said for said in ids if said.isdecimal() and said.startswith("0") and len(said) > 1), None)
    if padded is None:
        return
    place = columns.index("id")
    lost = [
        (line, said)
        for line, said in zip(lines, ids, strict=True)
        if said.isdecimal() and len(said) < len(padded) and rows[line.number][place].bare
    ]
    for number, (line, said) in enumerate(lost):
        fault = f"is the number {said} beside ids such as {padded}: write its zeros, as text{_and_more(len(lost) - 1)}"
        line.faults["id"] = "" if number else fault
        del line.cells["id"]


def _and_more(rows: int) -> str:
    return f"; in {rows} more row{'s' if rows > 1 else ''} too" if rows else ""


def _hidden(path: Path, numbers: list[int]) -> list[str]:
    """Rows that nobody saw were read all the same: a filter hides people who are meant."""
    if not numbers:
        return []
    first, many = numbers[0], len(numbers)
    rows = f"row {first} is" if many == 1 else f"{many} rows are"
    where = "" if many == 1 else f", the first is {first}"
    return [f"{path.name}: {rows} hidden and read like all others{where}: delete those that are not meant"]


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


def _names(head: Sequence[Cell]) -> list[str]:
    columns = [cell.text.lower() for cell in head]
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _cut(source: Source, rows: Iterable[Row]) -> list[Row]:
    """The rows that hold something. Raises CampaignError where there are more than anybody needs."""
    found: list[Row] = []
    for number, row in rows:
        cells = _cleaned(row)
        if any(cell.filled for cell in cells):
            if len(found) > MOST_ROWS:
                line = f"{source.name}:{number}: has more than {MOST_ROWS} rows: keep only those needed"
                raise CampaignError([line])
            found.append((number, cells))
            source.step()
    return found


def _cleaned(row: Iterable[Cell]) -> list[Cell]:
    return [Cell(clean(cell.text), cell.fault, cell.bare) if cell.filled else BLANK for cell in row]


def _csv(path: Path) -> Iterator[Row]:
    """The rows of a file with the number of the line on which each starts."""
    text = decoded(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(path.name, text), strict=True)
    number = 1
    try:
        for row in rows:
            yield number, [Cell(text) for text in row]
            number = rows.line_num + 1
    except csv.Error:
        line = f"{path.name}:{number}: has a quote that does not end its cell: put the whole cell in quotes"
        raise CampaignError([line]) from None


def _delimiter(name: str, text: str) -> str:
    """What stands between the columns in the head; a title above it may have any sign."""
    filled = (line for line in io.StringIO(text) if line.strip())
    lines = [clean(line) for line in islice(filled, MOST_ABOVE)]
    heads = {sign: [[Cell(clean(one.strip('"'))) for one in line.split(sign)] for line in lines] for sign in ",;"}
    known = {*_REQUIRED[name], *_OPTIONAL[name]}
    fitting = {sign: max((len(known & set(_names(row))) for row in rows), default=0) for sign, rows in heads.items()}
    if fitting[","] == fitting[";"]:
        first = lines[0] if lines else ""
        return ";" if first.count(";") > first.count(",") else ","
    return max(fitting, key=lambda sign: fitting[sign])


def _xlsx(source: Source) -> tuple[list[Row], Layout]:
    """The rows of the sheet that holds the table, and its layout."""
    try:
        with opened(source.path) as book:
            sheet, layout = _sheet(source, book), Layout()
            return (_cut(source, book.rows(sheet, layout)) if sheet else []), layout
    except TooLarge:
        line = f"{source.name}: is too large to be read: copy the list alone into a new file"
        raise CampaignError([line]) from None
    except BadSheet:
        line = f"{source.name}: cannot be read as a spreadsheet: save it again as .xlsx, or as {ROSTER}"
        raise CampaignError([line]) from None


def _sheet(source: Source, book: Workbook) -> Sheet | None:
    """The one that was named; else the one that people see and whose head fits; else the only one with anything."""
    if source.sheet:
        return _named(source, book)
    tops = [(sheet, top) for sheet in book.sheets if (top := _top(book, sheet))]
    required = _REQUIRED[source.name]
    fitting = [sheet for sheet, top in tops if set(required) <= set(_names(top[_head(source.name, top)]))]
    if len(fitting) > 1:
        what = "name one with --sheet, keep one, or hide the others"
        raise CampaignError([f"{source.name}: the sheets {_quoted(fitting)} all have these columns: {what}"])
    if not fitting and len(tops) > 1:
        sheets = _quoted(sheet for sheet, _ in tops)
        raise CampaignError([f"{source.name}: none of the sheets {sheets} has the columns {', '.join(required)}"])
    return fitting[0] if fitting else tops[0][0] if tops else None


def _named(source: Source, book: Workbook) -> Sheet:
    wanted = clean(source.sheet)
    found = next((sheet for sheet in book.sheets if clean(sheet.name) == wanted), None) or next(
        (sheet for sheet in book.sheets if clean(sheet.name).casefold() == wanted.casefold()), None
    )
    if found is None:
        raise CampaignError([f"{source.name}: has no sheet '{wanted}': its sheets are {_quoted(book.sheets)}"])
    return found


def _quoted(sheets: Iterable[Sheet]) -> str:
    return ", ".join(f"'{sheet.name}'" for sheet in sheets)


def _top(book: Workbook, sheet: Sheet) -> list[list[Cell]]:
    """The first rows that hold something."""
    cleaned = (_cleaned(row) for _, row in book.rows(sheet, Layout()))
    return list(islice((cells for cells in cleaned if any(cell.filled for cell in cells)), MOST_ABOVE))
