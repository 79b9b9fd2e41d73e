"""The words that messages are made of, from the tables beside this file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handlers.language import fold

OUTCOMES = ("activated", "absent", "refused", "revisit", "no_phone", "no_card", "already", "failed", "assisted")


def _rows(table: str) -> list[list[str]]:
    lines = Path(__file__).with_name(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Name:
    """What a person is called. `sort`: plain, number, work (a word of work, told from it by its capital), full."""

    text: str
    sort: str


@dataclass(frozen=True, slots=True)
class Hamlet:
    """`type` and `name` as they are said; `means`: what it is called in a reading."""

    type: str
    name: str
    sort: str
    means: str

    @property
    def folded(self) -> str:
        """Its bare name, as the list of a commune has it."""
        return fold(self.means)


@dataclass(frozen=True, slots=True)
class Saying:
    """A way to say an outcome, with `{n}`, or `{home}`, `{who}`, `{time}` for what is named."""

    outcome: str
    text: str
    by: str
    at_home: bool = True

    @property
    def number_first(self) -> bool:
        """Whether the number stands before its outcome."""
        return self.text.startswith("{n}")


@cache
def names() -> Sequence[Name]:
    """People of all peoples and regions."""
    return [Name(text, sort) for text, sort, _ in _rows("names")]


_TYPES = ("khu phố", "khu dân cư", "tổ dân phố")  # the types of two words and more


@cache
def named_hamlets() -> Sequence[Hamlet]:
    """Hamlets that have a name."""
    found = []
    for text, sort, _ in _rows("hamlets"):
        kind = next((one for one in _TYPES if text.startswith(one)), text.partition(" ")[0])
        name = text.removeprefix(kind).strip()
        found.append(Hamlet(kind, name, sort, name))
    return found


@cache
def counted() -> Sequence[Saying]:
    """Outcomes with their number."""
    return [Saying(outcome, text, by, where == "both") for outcome, text, where, by in _rows("counted")]


@cache
def alone() -> Sequence[Saying]:
    """Outcomes of one home or person, without a number."""
    return [Saying(outcome, text, by) for outcome, text, by in _rows("alone")]


@cache
def asides(where: str) -> Sequence[tuple[str, str]]:
    """What counts nothing, of a place in a message: its kind and its words."""
    return [(kind, text) for place, kind, text in _rows("asides") if place == where]
