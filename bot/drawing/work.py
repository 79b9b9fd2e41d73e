"""A file to be made, as the drawing process is asked for it, and what it answers. Imports nothing that draws."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

ENDINGS = {"sheet": ".xlsx", "csv": ".csv", "letter": ".docx"}


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be made of which communes, and where it goes. `template`: of a letter; None: the shipped one."""

    kind: str
    database: Path
    communes: tuple[int, ...]
    now: datetime
    day_start: time
    into: Path
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: under which name it is saved, and what its numbers come to."""

    name: str
    size: int
    place: str
    target: int
    done: int
    today: int
    reports: int


_WORK, _MADE = TypeAdapter(Work), TypeAdapter(Made)


def asked(work: Work) -> Mapping[str, Any]:
    """The work as JSON has it."""
    found: Mapping[str, Any] = _WORK.dump_python(work, mode="json")
    return found


def taken(asked_for: Mapping[str, Any]) -> Work:
    """The work of this JSON."""
    return _WORK.validate_python(asked_for)


def answer(made: Made | str) -> bytes:
    """What was made, or what is wrong in a line for people, as JSON."""
    return _MADE.dump_json(made) if isinstance(made, Made) else json.dumps({"wrong": made}).encode()


def answered(content: bytes) -> Made | str:
    """What such an answer says."""
    found = json.loads(content)
    return str(found["wrong"]) if "wrong" in found else _MADE.validate_python(found)
