"""A campaign folder, read and checked whole: whatever is wrong is told by file, line and reason, all of it at once."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.folder import tables
from bot.folder.rows import COMMUNES, SETTINGS, CommuneRow, HamletRow, Known, PersonRow, SettingsFile, clean
from bot.folder.tables import HAMLETS, ROSTER, ROSTER_XLSX, Line
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

FILES = (SETTINGS, COMMUNES, HAMLETS, ROSTER, ROSTER_XLSX)
_NAMES_A_LINE = 10  # in what a load tells

R = TypeVar("R", bound=BaseModel)


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
        table = tomllib.loads(tables.decoded(path))
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
        table = tables.read(path)
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
            row = model.model_validate(line.cells, context=known)
        except ValidationError as error:
            lines += [_cell_problem(where, item) for item in _unfaulted(error, line)]
        else:
            rows.append((where, row))
        lines += [f"{where}: column {name}: {fault}" for name, fault in line.faults.items() if fault]
    return rows


def _unfaulted(error: ValidationError, line: Line) -> list[Any]:
    """What is wrong in a row, without what comes of a cell that could not be used at all."""
    return [item for item in error.errors(include_url=False) if item["loc"][0] not in line.faults]


def _cell_problem(where: str, item: Any) -> str:
    """A model's error in a row as our line."""
    reason = "is missing: fill it in" if item["type"] == "missing" else item["ctx"]["error"]
    return f"{where}: column {item['loc'][0]}: {reason}"


def _commune_keys(table: list[Line]) -> dict[str, str]:
    """Codes by what communes may be called; also of rows with mistakes, which have their own lines."""
    coded = [line.cells for line in table if "code" in line.cells]
    names = {folded_commune(cells["name"]): cells["code"] for cells in coded if "name" in cells}
    return names | {cells["code"]: cells["code"] for cells in coded}
