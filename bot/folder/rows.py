"""What may stand in a campaign folder: a model for each kind of row, each check saying what to do."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from bot.folder.cells import fault_of_text
from handlers.language import has_private
from handlers.language.signs.folding import fold, visible
from handlers.language.where_and_when.place_names import folded_commune, folded_hamlet
from storage.campaign.people import Role

SETTINGS = "campaign.toml"
COMMUNES = "communes.csv"
TODAY = "today"
LEAST_CODE, MOST_CODE = 8, 64  # what a link to join can carry
_MOST_NUMBER, _MOST_DAYS = 1_000_000_000, 3660
STUDENTS = (Role.STUDENT, Role.LEAD)


@dataclass(slots=True)
class Known:
    """What a row is checked against. None: the file that would tell is unreadable, and has its own lines."""

    line: int = 0
    communes: dict[str, str] | None = None  # code or folded name → code
    phases: dict[str, str] | None = None  # folded name → name
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    people: dict[str, list["Listed"]] = field(default_factory=dict)
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)  # to join, in capitals → line and id

    def once(self, what: str, said: str, *key: str) -> None:
        """Raises where an earlier row has the same."""
        first = self.seen.setdefault((what, *key), self.line)
        if first != self.line:
            raise ValueError(f"{said} is in line {first} already: keep one of them")


@dataclass(slots=True)
class Listed:
    """A row of the roster, to be compared with another of the same id; its phases once they are known to be right."""

    line: int
    name: str
    role: Role
    phases: tuple[str, ...] = ()


class Twice(ValueError):
    """The id of this row stands in an earlier one, too: found when role or phases are known, and said of the id."""


def _known(info: ValidationInfo) -> Known:
    assert isinstance(info.context, Known)
    return info.context


@lru_cache(maxsize=4096)  # most cells of a long list say what others say
def clean(text: str) -> str:
    """Text as it is stored: composed, spaces single, without invisible signs (zero-width, direction, controls)."""
    return unicodedata.normalize("NFC", visible(text))


def _whole(value: str) -> int:
    if not re.fullmatch(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+", value):
        raise ValueError(f"'{value}' is not a whole number of 0 or more: write it as 9260 or 9.260")
    if (number := int(value.replace(".", ""))) > _MOST_NUMBER:
        raise ValueError(f"'{value}' is too large: at most {_MOST_NUMBER}")
    return number


def _of_text(value: str) -> str:
    """Refuses what a spreadsheet makes of a text: a date, TRUE, #N/A."""
    if fault := fault_of_text(value):
        raise ValueError(fault)
    return value


def _name(value: str) -> str:
    """A name has letters."""
    if _of_text(value) and not any(c.isalpha() for c in value):
        raise ValueError(f"'{value}' has no letters: write a name")
    return value


def _commune_code(value: str, info: ValidationInfo) -> str:
    _known(info).once("code", f"'{value}'", _of_text(value))
    return value


def _commune_name(value: str, info: ValidationInfo) -> str:
    _name(value)
    _known(info).once("commune", f"'{value}'", folded_commune(value))
    return value


def _commune_of(value: str, info: ValidationInfo) -> str:
    return _codes_of([value], info)[0]


class LostZeros(ValueError):
    """A code of another row or file without its zeros, as spreadsheets write it: wrong in each row for one reason."""


def _codes_of(listed: list[str], info: ValidationInfo) -> list[str]:
    communes = _known(info).communes
    if communes is None:
        return listed
    found = [communes.get(name) or communes.get(folded_commune(name)) for name in listed]
    if missing := ", ".join(f"'{name}'" for name, code in zip(listed, found, strict=True) if code is None):
        if padded := _padded(listed, communes):
            raise LostZeros(f"{missing} is not in {COMMUNES}: write {padded} with its zeros, in a spreadsheet as text")
        raise ValueError(f"{missing} is not in {COMMUNES}: use a code or name from that file")
    return [code for code in found if code is not None]


def _padded(listed: list[str], communes: dict[str, str]) -> str:
    """The code that is there without its zeros; '' where there is none. Codes such as 001 lose them in spreadsheets."""
    for code in dict.fromkeys(communes.values()):
        for name in listed:
            if name.isdecimal() and name not in communes and code.lstrip("0") == name:
                return code
    return ""


def _hamlet_name(value: str, info: ValidationInfo) -> str:
    commune = info.data.get("commune", "")
    _of_text(value)
    _known(info).once("hamlet", f"'{value}' of commune '{commune}'", commune, folded_hamlet(value))
    return value


def _role(value: str) -> Role:
    if value.lower() not in {role.value for role in Role}:
        raise ValueError(f"'{value}' is unknown: use {', '.join(Role)}")
    return Role(value.lower())


def _list(cell: Any) -> list[str]:
    return [name for name in map(clean, str(cell or "").split(";")) if name]


def _communes_of(cell: Any, info: ValidationInfo) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(_codes_of(_list(cell), info)))
    if info.data.get("role") in STUDENTS and len(codes) != 1:
        raise ValueError(f"a {info.data['role']} works in exactly one commune, here are {len(codes)}: name one")
    return codes


def _phases_of(cell: Any, info: ValidationInfo) -> tuple[str, ...]:
    listed, known = _list(cell), _known(info).phases
    if known is None:
        return tuple(listed)
    if missing := ", ".join(f"'{name}'" for name in listed if fold(name) not in known):
        raise ValueError(f"{missing} is not in {SETTINGS}: use {_choices(known)}")
    if not listed and info.data.get("role") in STUDENTS:
        if len(known) != 1:
            raise ValueError(f"is empty: a {info.data['role']} needs one or more of {_choices(known)}")
        return tuple(known.values())
    return tuple(dict.fromkeys(known[fold(name)] for name in listed))


def _same_person(role: Role, info: ValidationInfo) -> Role:
    """One id may stand in several rows, each for other phases of the same student."""
    said, known = info.data, _known(info)
    if not {"id", "name"} <= said.keys():
        return role
    rows = known.people.setdefault(said["id"], [])
    for other in rows:
        if other.name != said["name"] or role not in STUDENTS:
            raise _twice(other, said["id"])
        if other.role != role:
            where = f"'{said['id']}' is in line {other.line} already as {other.role}"
            raise Twice(f"{where}: a person has one role in all phases")
    rows.append(Listed(known.line, said["name"], role))
    return role


def _in_no_phase_twice(phases: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    known, ref = _known(info), info.data.get("id")
    rows = known.people.get(ref, []) if "role" in info.data and ref else []
    for other in rows:
        if other.line == known.line:
            other.phases = phases
        elif set(phases) & set(other.phases) or not phases:
            raise _twice(other, str(ref))
    return phases


def _twice(other: Listed, ref: str) -> Twice:
    return Twice(f"'{ref}' is in line {other.line} already: keep one of them")


def _choices(known: dict[str, str]) -> str:
    return ", ".join(f"'{name}'" for name in known.values())


def _join_code(value: str, info: ValidationInfo) -> str:
    if not LEAST_CODE <= len(value) <= MOST_CODE:
        raise ValueError(f"has {len(value)} characters: use {LEAST_CODE} to {MOST_CODE}, or leave it empty")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        raise ValueError("has characters that a link cannot carry: use only A-Z, a-z, 0-9, _ and -")
    if has_private(value):
        raise ValueError("looks like a phone or identity number, which the bot hides before it reads: use letters, too")
    known, own = _known(info), info.data.get("id", "")
    line, ref = known.codes.setdefault(value.upper(), (known.line, own))
    if line != known.line and (ref != own or not own):
        raise ValueError(f"the same is in line {line} already: keep one of them")
    return value


def _text(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str) or not clean(value):
        raise ValueError(f'{info.field_name} must be a text in quotes: {info.field_name} = "…"')
    return clean(value)


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"timezone '{value}' is unknown: use a name such as Asia/Ho_Chi_Minh") from None
    return value


def _at_least(least: int, most: int) -> BeforeValidator:
    def check(value: Any, info: ValidationInfo) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"{info.field_name} is {value!r}: use a whole number from {least} to {most}")
        return value

    return BeforeValidator(check)


def _first_day(value: Any) -> date | None:
    if value == TODAY:
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if type(day) is not date or not 2000 <= day.year < 2100:
        raise ValueError(f'start is {str(value)!r}: use a date such as 2023-05-16, or "{TODAY}"')
    return day


Whole = Annotated[int, BeforeValidator(_whole)]
Text = Annotated[str, BeforeValidator(_text)]


class PhaseTable(BaseModel):
    """One [[phases]] of campaign.toml."""

    model_config = ConfigDict(extra="forbid")
    name: Text
    start: Annotated[date | None, BeforeValidator(_first_day)]
    days: Annotated[int, _at_least(1, _MOST_DAYS)]


class SettingsFile(BaseModel):
    """The whole of campaign.toml."""

    model_config = ConfigDict(extra="forbid")
    name: Text
    timezone: Annotated[Text, AfterValidator(_timezone)]
    quota: Annotated[int, _at_least(0, _MOST_NUMBER)]
    phases: Annotated[list[PhaseTable], Field(min_length=1)]


class CommuneRow(BaseModel):
    """A row of communes.csv."""

    code: Annotated[str, AfterValidator(_commune_code)]
    name: Annotated[str, AfterValidator(_commune_name)]
    target: Whole
    baseline: Whole = 0


class HamletRow(BaseModel):
    """A row of hamlets.csv."""

    commune: Annotated[str, AfterValidator(_commune_of)]
    name: Annotated[str, AfterValidator(_hamlet_name)]
    homes: Annotated[int | None, BeforeValidator(_whole)] = None


class PersonRow(BaseModel):
    """A row of the roster."""

    id: Annotated[str, AfterValidator(_of_text)]
    name: Annotated[str, AfterValidator(_name)]
    role: Annotated[Role, BeforeValidator(_role), AfterValidator(_same_person)]
    communes: Annotated[tuple[str, ...], BeforeValidator(_communes_of), Field(validate_default=True)] = ()
    phases: Annotated[
        tuple[str, ...], BeforeValidator(_phases_of), AfterValidator(_in_no_phase_twice), Field(validate_default=True)
    ] = ()
    code: Annotated[str | None, BeforeValidator(_join_code)] = None
    address: Annotated[str | None, AfterValidator(_name)] = None
