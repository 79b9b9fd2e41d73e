"""A campaign folder, read and checked whole: whatever is wrong is told by file, line and reason, all of it at once."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.folder import guide, tables
from bot.folder.rows import (
    COMMUNES,
    SETTINGS,
    STUDENTS,
    CommuneRow,
    HamletRow,
    Known,
    LostZeros,
    PersonRow,
    SettingsFile,
    Twice,
    clean,
)
from bot.folder.tables import HAMLETS, ROSTER, ROSTER_XLSX, Line, Source
from handlers.language.signs.folding import fold
from handlers.language.where_and_when.place_names import folded_commune, folded_hamlet
from storage.campaign.loading import overlaps
from storage.campaign.phases import Campaign
from storage.campaign.plan import (
    CampaignError,
    Plan,
    PlannedCommune,
    PlannedHamlet,
    PlannedPerson,
    PlannedPhase,
    Watch,
    unwatched,
)

FILES = (SETTINGS, COMMUNES, HAMLETS, ROSTER, ROSTER_XLSX)

R = TypeVar("R", bound=BaseModel)


def read(folder: Path, *, sheet: str = "", notes: list[str] | None = None, watch: Watch = unwatched) -> Plan:
    """What the folder says. `sheet` is that of a roster.xlsx; `notes` gets lines about what may surprise.

    Raises:
        CampaignError: with a line for everything that is wrong in it.
    """
    if not folder.is_dir():
        raise CampaignError([f"{folder}: no such folder: name the folder that holds {SETTINGS}"])
    lines, known = list[str](), Known()
    settings = _settings(folder / SETTINGS, known, lines)
    tell = _Reader(known, lines, [] if notes is None else notes, watch)
    communes = tell.rows(folder / COMMUNES, CommuneRow)
    hamlets = tell.rows(folder / HAMLETS, HamletRow) if (folder / HAMLETS).exists() else []
    people = _people(tell.rows(_roster(folder, sheet, lines), PersonRow, sheet), lines)
    teaching = guide.read(folder, lines)
    if lines or settings is None:
        raise CampaignError(lines)
    return Plan(
        Campaign(settings.name, settings.timezone, settings.quota),
        tuple(PlannedPhase(phase.name, phase.start, phase.days) for phase in settings.phases),
        tuple(_commune(row, where) for where, row in communes),
        tuple(PlannedHamlet(row.commune, row.name, folded_hamlet(row.name), row.homes) for _, row in hamlets),
        tuple(people),
        teaching,
    )


def digest(folder: Path) -> str:
    """What tells this state of the folder from any other."""
    whole = hashlib.sha256()
    for name in FILES:
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            whole.update(f"{name} {len(data)}\n".encode() + data)
    for file in guide.files(folder):
        data = file.read_bytes()
        whole.update(f"{guide.FOLDER}/{file.name} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def _commune(row: CommuneRow, where: str) -> PlannedCommune:
    return PlannedCommune(row.code, row.name, folded_commune(row.name), row.target, row.baseline, where)


def _people(rows: Iterable[tuple[str, PersonRow]], lines: list[str]) -> list[PlannedPerson]:
    """The people of the roster; one who works elsewhere in another phase has a row for each commune."""
    listed: dict[str, list[tuple[str, PersonRow]]] = {}
    for where, row in rows:
        listed.setdefault(row.id, []).append((where, row))
    return [_person(several, lines) for several in listed.values()]


def _person(rows: Sequence[tuple[str, PersonRow]], lines: list[str]) -> PlannedPerson:
    where, first = rows[0]
    for later, row in rows[1:]:
        for name in ("code", "address"):
            one, other = getattr(first, name), getattr(row, name)
            if one and other and one != other:
                lines.append(f"{later}: column {name}: is another than in {where}: write the same, or leave it empty")
    teams = [(row.communes[0], phase) for _, row in rows for phase in row.phases if first.role in STUDENTS]
    code = next((row.code for _, row in rows if row.code), None)
    address = next((row.address for _, row in rows if row.address), None)
    return PlannedPerson(first.id, first.name, first.role, first.communes, tuple(teams), code, address, where)


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


def _roster(folder: Path, sheet: str, lines: list[str]) -> Path:
    if sheet and not (folder / ROSTER_XLSX).exists():
        lines.append(f"{ROSTER_XLSX}: is missing, so there is no sheet '{sheet}': leave --sheet out")
    if (folder / ROSTER_XLSX).exists():
        if (folder / ROSTER).exists():
            lines.append(f"{ROSTER}: there is {ROSTER_XLSX} too: keep one of them")
            return folder / ROSTER
        return folder / ROSTER_XLSX
    return folder / ROSTER


@dataclass(slots=True)
class _Reader:
    """Reads one table after the other, and gathers what is wrong and what may surprise in all of them."""

    known: Known
    lines: list[str]
    notes: list[str]
    watch: Watch

    def rows(self, path: Path, model: type[R], sheet: str = "") -> list[tuple[str, R]]:
        """The rows that are right, each with where it stands; for all others `lines` gets what is wrong."""
        try:
            table = tables.read(Source(path, sheet, self.watch(f"reading {path.name}", None)))
        except CampaignError as error:
            self.lines += error.lines
            return []
        self.notes += table.notes
        if path.name == COMMUNES:
            self.known.communes = _commune_keys(table.lines)
        self.known.seen.clear()
        found, lost = list[tuple[str, R]](), _ToldOnce(self.lines)
        step = self.watch(f"checking {path.name}", len(table.lines))
        for line in table.lines:
            step()
            where = f"{path.name}:{line.number}"
            if line.too_long:
                self.lines.append(f"{where}: has more cells than there are columns: put a cell with , or ; in quotes")
                continue
            self.known.line = line.number
            try:
                found.append((where, model.model_validate(line.cells, context=self.known)))
            except ValidationError as error:
                for item in _unfaulted(error, line):
                    lost.tell(where, item, line)
            self.lines += [f"{where}: column {name}: {fault}" for name, fault in line.faults.items() if fault]
        lost.close()
        return found


class _ToldOnce:
    """Tells mistakes in their order: those of a tall cell once, lost zeros once with how many more."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._shared: set[tuple[int, str]] = set()
        self._lost: dict[str, list[int]] = {}  # by column: the line's place, and how many rows more

    def tell(self, where: str, item: Any, line: Line) -> None:
        """A model's error in a row."""
        if (begins := line.shared.get(item["loc"][0])) is not None:
            key = begins, _cell_problem("", item)
            if key in self._shared:
                return
            self._shared.add(key)
        if isinstance(item.get("ctx", {}).get("error"), LostZeros):
            told = self._lost.setdefault(str(item["loc"][0]), [len(self._lines), -1])
            told[1] += 1
            if told[1]:
                return
        self._lines.append(_cell_problem(where, item))

    def close(self) -> None:
        """No more rows come."""
        for place, more in self._lost.values():
            if more:
                self._lines[place] += f"; in {more} more row{'s' if more > 1 else ''} too"


def _unfaulted(error: ValidationError, line: Line) -> list[Any]:
    """What is wrong in a row, without what comes of a cell that could not be used at all."""
    return [item for item in error.errors(include_url=False) if item["loc"][0] not in line.faults]


def _cell_problem(where: str, item: Any) -> str:
    """A model's error in a row as our line."""
    reason = "is missing: fill it in" if item["type"] == "missing" else item["ctx"]["error"]
    column = "id" if isinstance(reason, Twice) else item["loc"][0]
    return f"{where}: column {column}: {reason}"


def _commune_keys(table: list[Line]) -> dict[str, str]:
    """Codes by what communes may be called; also of rows with mistakes, which have their own lines."""
    coded = [line.cells for line in table if "code" in line.cells]
    names = {folded_commune(cells["name"]): cells["code"] for cells in coded if "name" in cells}
    return names | {cells["code"]: cells["code"] for cells in coded}
