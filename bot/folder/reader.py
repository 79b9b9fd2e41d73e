"""A campaign folder, read and checked whole: whatever is wrong is told by file, line and reason, all of it at once."""

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.folder.rows import COMMUNES, SETTINGS, CommuneRow, HamletRow, Known, PersonRow, SettingsFile, clean
from handlers.language.folding import fold
from handlers.language.place_names import folded_commune, folded_hamlet
from storage.campaign.loading import overlaps
from storage.campaign.phases import Campaign
from storage.campaign.plan import (
    CampaignError,
    Change,
    Kind,
    Plan,
    PlannedCommune,
    PlannedHamlet,
    PlannedPerson,
    PlannedPhase,
)

HAMLETS, ROSTER, ROSTER_XLSX = "hamlets.csv", "roster.csv", "roster.xlsx"
FILES = (SETTINGS, COMMUNES, HAMLETS, ROSTER, ROSTER_XLSX)
_NAMES_A_LINE = 10  # in what a load tells

_REQUIRED = {COMMUNES: ("code", "name", "target"), HAMLETS: ("commune", "name")}
_REQUIRED |= dict.fromkeys((ROSTER, ROSTER_XLSX), ("id", "name", "role", "communes", "phases"))
_OPTIONAL = {
    COMMUNES: ("baseline",),
    HAMLETS: ("homes",),
    ROSTER: ("code", "address"),
    ROSTER_XLSX: ("code", "address"),
}

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table: its cells by column, empty ones left out; `too_long` where it has more than columns."""

    number: int
    cells: dict[str, str]
    too_long: bool


def read(folder: Path) -> Plan:
    """What the folder says.

    Raises:
        CampaignError: with a line for everything that is wrong in it.
    """
    if not folder.is_dir():
        raise CampaignError([f"{folder}: no such folder: name the folder that holds {SETTINGS}"])
    lines: list[str] = []
    known = Known()
    settings = _settings(folder / SETTINGS, known, lines)
    communes = _rows(folder / COMMUNES, CommuneRow, known, lines)
    hamlets = _rows(folder / HAMLETS, HamletRow, known, lines) if (folder / HAMLETS).exists() else []
    people = _rows(_roster(folder, lines), PersonRow, known, lines)
    if lines or settings is None:
        raise CampaignError(lines)
    return Plan(
        Campaign(settings.name, settings.timezone, settings.quota),
        tuple(PlannedPhase(phase.name, phase.start, phase.days) for phase in settings.phases),
        tuple(_commune(row, where) for where, row in communes),
        tuple(PlannedHamlet(row.commune, row.name, folded_hamlet(row.name), row.homes) for _, row in hamlets),
        tuple(_person(row, where) for where, row in people),
    )


def digest(folder: Path) -> str:
    """What tells this state of the folder from any other."""
    whole = hashlib.sha256()
    for name in FILES:
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            whole.update(f"{name} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def described(changes: Iterable[Change]) -> list[str]:
    """What a load did or would do: a line for each change to what was there, one for all that is new of a kind."""
    told = []
    new: dict[str, list[str]] = {}
    for change in changes:
        if change.kind is Kind.ADDED:
            new.setdefault(change.table, []).append(change.name)
        else:
            told.append(
                f"{change.table}: {change.kind}: {change.name}" + (f": {change.detail}" if change.detail else "")
            )
    for table, names in new.items():
        more = f" and {len(names) - _NAMES_A_LINE} more" if len(names) > _NAMES_A_LINE else ""
        told.append(f"{table}: {len(names)} added: {'; '.join(names[:_NAMES_A_LINE])}{more}")
    return told or ["nothing changes"]


def _commune(row: CommuneRow, where: str) -> PlannedCommune:
    return PlannedCommune(row.code, row.name, folded_commune(row.name), row.target, row.baseline, where)


def _person(row: PersonRow, where: str) -> PlannedPerson:
    return PlannedPerson(row.id, row.name, row.role, row.communes, row.phases, row.code, row.address, where)


def _settings(path: Path, known: Known, lines: list[str]) -> SettingsFile | None:
    """campaign.toml. The names of its phases become known, right or wrong as the rest may be."""
    try:
        table = tomllib.loads(_decoded(path))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        where = f"{path.name}:{at[1]}" if at else path.name
        lines.append(f"{where}: is not TOML: {str(error).split(' (at')[0]}: correct this line")
        return None
    except CampaignError as error:
        lines += error.lines
        return None
    known.phases = _phase_names(table, lines)
    try:
        settings = SettingsFile.model_validate(table)
    except ValidationError as error:
        lines += _problems(SETTINGS, error)
        return None
    lines += _clashes(settings)
    return settings


def _phase_names(table: dict[str, Any], lines: list[str]) -> dict[str, str] | None:
    phases = table.get("phases")
    names = [phase.get("name") for phase in phases if isinstance(phase, dict)] if isinstance(phases, list) else []
    known: dict[str, str] = {}
    for name in [clean(name) for name in names if isinstance(name, str)]:
        if fold(name) in known:
            lines.append(f"{SETTINGS}: phase '{name}' is there twice: give each a name of its own")
        known.setdefault(fold(name), name)
    return known or None


def _clashes(settings: SettingsFile) -> list[str]:
    """Phases that share days, as far as the file alone can tell."""
    dated = [(phase.name, phase.start, phase.days) for phase in settings.phases if phase.start is not None]
    today = [phase.name for phase in settings.phases if phase.start is None]
    lines = overlaps(dated)
    if len(today) > 1:
        lines.append(f"{SETTINGS}: phases '{today[0]}' and '{today[1]}' both start \"today\": give one a date")
    return lines


def _problems(where: str, error: ValidationError) -> list[str]:
    """A model's errors as our lines."""
    return [_problem(where, item) for item in error.errors(include_url=False)]


def _problem(where: str, item: Any) -> str:
    *within, last = item["loc"]
    if len(within) == 2 and within[0] == "phases":
        where = f"{where}: phase {within[1] + 1}"
    if item["loc"][0] == "phases" and len(item["loc"]) < 3 and where == SETTINGS:
        return f"{where}: phases are missing: add [[phases]] with name, start and days"
    if item["type"] == "value_error":
        return f"{where}: {item['ctx']['error']}"
    if item["type"] == "missing":
        return f"{where}: {last} is missing: fill it in"
    if item["type"] == "extra_forbidden":
        return f"{where}: unknown setting '{last}': remove it, or correct its name"
    return f"{where}: {last}: {item['msg']}"


def _roster(folder: Path, lines: list[str]) -> Path:
    if (folder / ROSTER_XLSX).exists():
        if (folder / ROSTER).exists():
            lines.append(f"{ROSTER}: there is {ROSTER_XLSX} too: keep one of them")
            return folder / ROSTER
        return folder / ROSTER_XLSX
    return folder / ROSTER


def _rows(path: Path, model: type[R], known: Known, lines: list[str]) -> list[tuple[str, R]]:
    """The rows that are right, each with where it stands; for all others `lines` gets what is wrong."""
    try:
        table = _table(path)
    except CampaignError as error:
        lines += error.lines
        return []
    if path.name == COMMUNES:
        known.communes = _commune_keys(table)
    known.seen.clear()
    rows = []
    for line in table:
        known.line, where = line.number, f"{path.name}:{line.number}"
        if line.too_long:
            lines.append(f"{where}: has more cells than there are columns: put a cell with , or ; in quotes")
            continue
        try:
            rows.append((where, model.model_validate(line.cells, context=known)))
        except ValidationError as error:
            lines += _problems(where, error)
    return rows


def _commune_keys(table: list[_Line]) -> dict[str, str]:
    """Codes by what communes may be called; also of rows with mistakes, which have their own lines."""
    coded = [line.cells for line in table if "code" in line.cells]
    names = {folded_commune(cells["name"]): cells["code"] for cells in coded if "name" in cells}
    return names | {cells["code"]: cells["code"] for cells in coded}


def _table(path: Path) -> list[_Line]:
    """The rows of a .csv or .xlsx file under their columns. Raises CampaignError where there are none to be had."""
    rows = _xlsx(path) if path.suffix == ".xlsx" else _csv(path)
    filled = [(number, cells) for number, row in rows if any(cells := [clean(cell) for cell in row])]
    required, optional = _REQUIRED[path.name], _OPTIONAL[path.name]
    if not filled:
        raise CampaignError([f"{path.name}: is empty: start it with the columns {', '.join(required + optional)}"])
    (first, header), *rest = filled
    columns = _columns(f"{path.name}:{first}", header, required, optional)
    return [
        _Line(
            number,
            {name: cell for name, cell in zip(columns, cells, strict=False) if cell},
            any(cells[len(columns) :]),
        )
        for number, cells in rest
    ]


def _columns(where: str, header: list[str], required: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    columns = [name.lower() for name in header]
    while not columns[-1]:
        columns.pop()
    known = ", ".join(required + optional)
    lines = [
        f"{where}: unknown column '{name}': the columns are {known}"
        for name in columns
        if name not in required + optional
    ]
    lines += [
        f"{where}: column '{name}' is missing: the columns are {known}" for name in required if name not in columns
    ]
    lines += [f"{where}: column '{name}' is there twice: keep one" for name in set(columns) if columns.count(name) > 1]
    if lines:
        raise CampaignError(lines)
    return columns


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CampaignError([f"{path.name}:{line}: is not UTF-8: save the file as 'CSV UTF-8'"]) from None
    except OSError as error:
        what = f" with the columns {', '.join(_REQUIRED[path.name])}" if path.name in _REQUIRED else ""
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise CampaignError([f"{path.name}: {reason}: put it into {path.parent}{what}"]) from None


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with the number of the line on which each starts."""
    text = _decoded(path)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in rows:
            yield number, row
            number = rows.line_num + 1
    except csv.Error:
        line = f"{path.name}:{number}: has a quote that does not end its cell: put the whole cell in quotes"
        raise CampaignError([line]) from None


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers."""
    import openpyxl  # noqa: PLC0415 - slow to import, and most campaigns have no spreadsheet

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception:  # whatever a broken archive makes a parser raise
        line = f"{path.name}: cannot be read as a spreadsheet: save it again as .xlsx, or as {ROSTER}"
        raise CampaignError([line]) from None
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, [_shown(value) for value in row]
    finally:
        book.close()


def _shown(value: Any) -> str:
    """A spreadsheet's value as it looks: 451, not 451.0."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
