"""The sheet of an .xlsx file, row by row: blank cells, however many a format was given to, are passed over unparsed.

A sheet's parts: https://learn.microsoft.com/en-us/office/open-xml/spreadsheet/structure-of-a-spreadsheetml-document
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol
from xml.parsers import expat

MOST_COLUMNS = 64  # what stands further right is only known to be there
MOST_ELEMENTS = 8_000_000  # beside blank cells with a place of their own, which are not parsed
MOST_LETTERS = 32_767  # in a cell, as Excel has it
_PIECE = 1 << 20  # bytes parsed at a time
_BLANK_CELLS = re.compile(rb'(?:<(?:\w+:)?c\sr="[^<>]*(?:/>|></(?:\w+:)?c>)\s*)+')
_BLANK_ROWS = re.compile(rb'(?:<(?:\w+:)?row\sr="[^<>]*(?:/>|>\s*</(?:\w+:)?row>)\s*)+')
_ROW_ENDS = b"</row>"
_HOLDING = (b"<v", b"<f", b"<is", b":v", b":f", b":is", b"<!", b"</sheetData")  # values, formulas, texts
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class BadSheet(Exception):
    """It is not what a spreadsheet program writes."""


class TooLarge(BadSheet):
    """No list of people is that long."""


@dataclass(slots=True)
class Raw:
    """A cell as the file has it: its type, style, whether it has a formula, and its value; None: none is stored."""

    kind: str = "n"
    style: int = 0
    formula: bool = False
    value: str | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing stands there."""
        return not self.formula and not self.value


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells merged into one: rows and columns from the first to the last, counted from 1 and from 0."""

    name: str  # A5:A7
    rows: range
    columns: range


@dataclass(slots=True)
class Layout:
    """What a sheet's rows do not say themselves: which cells are merged, and which rows are hidden."""

    merged: list[Merged] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


Row = tuple[int, dict[int, Raw]]


class Gatherer(Protocol):
    """What is told of elements and characters in the order of the file."""

    def start(self, name: str, attributes: dict[str, str], /) -> None: ...
    def text(self, data: str, /) -> None: ...
    def end(self, name: str, /) -> None: ...


@dataclass(slots=True)
class SheetParser:
    """Gathers the rows that hold something, and the layout, from the pieces of a sheet's XML."""

    rows: list[Row] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)
    _hidden: bool = False
    _number: int = 0
    _column: int = -1
    _row: dict[int, Raw] = field(default_factory=dict)
    _cell: Raw | None = None
    _text: list[str] | None = None
    _letters: int = 0
    _phonetic: bool = False
    _elements: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooLarge
        match name:
            case "row":
                self._number, self._column, self._row = int(attributes.get("r", self._number + 1)), -1, {}
                self._hidden = attributes.get("hidden") in ("1", "true")
            case "c":
                place = _PLACE.fullmatch(attributes.get("r", ""))
                self._column = column_of(place[1]) if place else self._column + 1
                self._cell = Raw(attributes.get("t", "n"), int(attributes.get("s", 0)))
            case "f" if self._cell:
                self._cell.formula = True
            case "v" | "t" if self._cell and not self._phonetic:
                self._text, self._letters = [], 0
            case "rPh":
                self._phonetic = True
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        """Characters."""
        if self._text is not None:
            self._text.append(data)
            self._letters += len(data)
            if self._letters > MOST_LETTERS:
                raise BadSheet

    def end(self, name: str) -> None:
        """An element ends."""
        match name:
            case "v" | "t" if self._cell and self._text is not None:
                self._cell.value = (self._cell.value or "") + "".join(self._text)
                self._text = None
            case "rPh":
                self._phonetic = False
            case "c" if self._cell:
                if not self._cell.blank:
                    self._row[min(self._column, MOST_COLUMNS)] = self._cell
                self._cell = None
            case "row" if self._row:
                self.rows.append((self._number, self._row))
                if self._hidden:
                    self.layout.hidden.append(self._number)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        corners = [_PLACE.fullmatch(corner) for corner in (first, last or first)]
        if corners[0] is None or corners[1] is None:
            raise BadSheet
        (left, top), (right, bottom) = [(column_of(corner[1]), int(corner[2])) for corner in corners if corner]
        self.layout.merged.append(Merged(ref, range(top, bottom + 1), range(left, right + 1)))


def column_of(letters: str) -> int:
    """`A` → 0, `XFD` → 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def letters_of(column: int) -> str:
    """0 → `A`, 16383 → `XFD`."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def rows_of(source: IO[bytes], layout: Layout) -> Iterator[Row]:
    """The rows of a sheet that hold something, by number. `layout` is filled once all are read.

    Raises:
        BadSheet: it cannot be parsed.
    """
    found = SheetParser(layout=layout)
    parser = parser_of(found)
    for piece in _pieces(source):
        feed(parser, piece)
        yield from found.rows
        found.rows.clear()
    feed(parser, b"", last=True)


def parser_of(found: Gatherer) -> expat.XMLParserType:
    """A parser that tells `found` of elements by their names without prefix; a document type is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise BadSheet

    def plain(act: Callable[..., None]) -> Callable[..., None]:
        return lambda name, *more: act(name.rpartition(":")[2] if ":" in name else name, *more)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = plain(found.start)
    parser.EndElementHandler = plain(found.end)
    parser.CharacterDataHandler = found.text
    return parser


def feed(parser: expat.XMLParserType, piece: bytes, *, last: bool = False) -> None:
    """Parses a piece. Raises BadSheet where it is none."""
    try:
        parser.Parse(piece, last)
    except (expat.ExpatError, ValueError, OverflowError):
        raise BadSheet from None


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    """The XML without its blank cells and rows, cut after a row, or after an element where no row ends."""
    kept = b""
    while read := source.read(_PIECE):
        whole = kept + read
        end = whole.rfind(_ROW_ENDS) + len(_ROW_ENDS) if _ROW_ENDS in whole else whole.rfind(b">") + 1
        kept = whole[end:]
        if len(kept) > _PIECE:
            raise BadSheet
        if not _is_blank(piece := whole[:end]):
            yield _BLANK_ROWS.sub(b"", _BLANK_CELLS.sub(b"", piece))
    yield kept


def _is_blank(piece: bytes) -> bool:
    """Whether it is whole rows, none of which holds anything."""
    whole = piece.startswith(b'<row r="') and piece.endswith(_ROW_ENDS)
    return whole and not any(sign in piece for sign in _HOLDING)
