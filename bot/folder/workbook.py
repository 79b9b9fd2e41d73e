"""An .xlsx file: its visible sheets, and their rows as a spreadsheet program shows them. Bounded in time and memory.

Read here and not by openpyxl, which keeps no merged cells and no difference between a blank cell and a formula without
a value where it reads without keeping all cells, and keeps all of a million blank ones where it does.
"""

import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.folder.cells import BLANK, NO_VALUE, Cell, date_fault, error_fault, of_number, truth_fault
from bot.folder.sheet import BadSheet, Gatherer, Layout, Raw, TooLarge, feed, parser_of, rows_of

MOST_SHEET = 1 << 29  # bytes unpacked: a million blank rows of a roster have about 0.2 GB
_MOST_STRINGS = 1 << 26
_MOST_OTHER = 1 << 24
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - of dates in a spreadsheet, which have no zone
_DAYS_TO_1904 = 1462
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how signs are written that XML cannot hold


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that people see, and its part of the file."""

    name: str
    part: str


@dataclass(slots=True)
class _Elements:
    """Gathers elements of some names with their attributes."""

    wanted: frozenset[str]
    found: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.wanted:
            self.found.append((name, attributes))

    def text(self, data: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


@dataclass(slots=True)
class _Strings:
    """Gathers the texts that cells share; how they are pronounced is no part of them."""

    found: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _inside: bool = False
    _phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._phonetic |= name == "rPh"
        self._inside = name == "t" and not self._phonetic

    def text(self, data: str) -> None:
        if self._inside:
            self._parts.append(data)

    def end(self, name: str) -> None:
        self._inside = False
        self._phonetic &= name != "rPh"
        if name == "si":
            self.found.append("".join(self._parts))
            self._parts.clear()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What its sheets share: texts, number formats, where days are counted from, and whether formulas are stale."""

    sheets: list[Sheet]
    _archive: zipfile.ZipFile
    _strings: list[str]
    _formats: list[str]
    _from_1904: bool
    _stale: bool  # the program that wrote it asks for its formulas to be computed, and may have stored 0 for each

    def rows(self, sheet: Sheet, layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that hold something, with their numbers; `layout` is complete after the last.

        Raises:
            BadSheet: the file is damaged.
        """
        with self._archive.open(sheet.part) as source:
            for number, row in rows_of(source, layout):
                cells = [BLANK] * (max(row) + 1)
                for column, raw in row.items():
                    cells[column] = self._shown(raw)
                yield number, cells

    def _shown(self, raw: Raw) -> Cell:
        value = raw.value or ""
        if raw.formula and self._without_value(raw):
            return Cell(fault=NO_VALUE)
        match raw.kind:
            case "s":
                return Cell(_decoded(self._strings[_index(value, len(self._strings))]))
            case "inlineStr" | "str":
                return Cell(_decoded(value))
            case "b":
                return Cell(fault=truth_fault("FALSE" if value == "0" else "TRUE"))
            case "e":
                return Cell(fault=error_fault(value))
            case "d":
                return Cell(fault=date_fault(value))
        return self._number(value, self._formats[raw.style] if raw.style < len(self._formats) else "General")

    def _without_value(self, raw: Raw) -> bool:
        return raw.kind == "n" and (not raw.value or (self._stale and raw.value == "0"))

    def _number(self, value: str, form: str) -> Cell:
        from openpyxl.styles.numbers import is_date_format  # noqa: PLC0415 - slow to import, and few have spreadsheets

        number = _float(value)
        if not is_date_format(form):
            return of_number(number, form)
        try:
            day = _FIRST_DAY + timedelta(self._from_1904 * _DAYS_TO_1904, round(number * 86_400))
        except OverflowError:
            raise BadSheet from None
        return Cell(fault=date_fault(day.isoformat(" ", "minutes").removesuffix(" 00:00")))


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """The file, open.

    Raises:
        BadSheet: it is no such file, or damaged; also while its rows are read.
        TooLarge: so much is in it that reading it would take minutes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield _workbook(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError):
        raise BadSheet from None


def _workbook(archive: zipfile.ZipFile) -> Workbook:
    main = next((part for kind, part in _related(archive, "").values() if kind == "officeDocument"), "")
    related = _related(archive, main)
    parts = {kind: part for kind, part in related.values() if kind in ("sharedStrings", "styles")}
    sheets, from_1904, stale = [], False, False
    for name, attributes in _elements(archive, main, "sheet", "workbookPr", "calcPr"):
        if name == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "calcPr":
            stale = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif attributes.get("state", "visible") == "visible":
            key = next((value for called, value in attributes.items() if called.endswith(":id")), "")
            kind, part = related.get(key, ("", ""))
            sheets += [Sheet(attributes.get("name", ""), part)] if kind == "worksheet" else []
    if sum(archive.getinfo(sheet.part).file_size for sheet in sheets) > MOST_SHEET:
        raise TooLarge
    strings = _Strings()
    if "sharedStrings" in parts:
        _gather(archive, parts["sharedStrings"], strings, _MOST_STRINGS)
    formats = _formats(archive, parts["styles"]) if "styles" in parts else []
    return Workbook(sheets, archive, strings.found, formats, from_1904, stale)


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kinds and paths of the parts that a part refers to, by its name for them."""
    folder, _, name = part.rpartition("/")
    listed = _elements(archive, posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship")
    return {
        attributes["Id"]: (
            attributes["Type"].rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/"),
        )
        for _, attributes in listed
    }


def _formats(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The number format of each style that a cell may have."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - as above

    named = {str(number): form for number, form in BUILTIN_FORMATS.items()}
    formats, of_cells = [], False
    for name, attributes in _elements(archive, part, "numFmt", "cellStyleXfs", "cellXfs", "xf", "cellStyles", "dxfs"):
        if name == "numFmt":
            named.setdefault(attributes["numFmtId"], attributes["formatCode"])
        elif name != "xf":
            of_cells = name == "cellXfs"
        elif of_cells:
            formats.append(named.get(attributes.get("numFmtId", "0"), "General"))
    return formats


def _elements(archive: zipfile.ZipFile, part: str, *wanted: str) -> list[tuple[str, dict[str, str]]]:
    found = _Elements(frozenset(wanted))
    _gather(archive, part, found, _MOST_OTHER)
    return found.found


def _gather(archive: zipfile.ZipFile, part: str, found: Gatherer, most: int) -> None:
    if archive.getinfo(part).file_size > most:
        raise TooLarge
    parser = parser_of(found)
    with archive.open(part) as source:
        while piece := source.read(1 << 20):
            feed(parser, piece)
    feed(parser, b"", last=True)


def _decoded(text: str) -> str:
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _index(text: str, size: int) -> int:
    if not text.isdecimal() or int(text) >= size:
        raise BadSheet
    return int(text)


def _float(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise BadSheet from None
    if not math.isfinite(number):
        raise BadSheet
    return number
