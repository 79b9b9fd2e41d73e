"""A message that does several things: `nhà bà Xuyến được 2; cái máy lỗi nhà ông Tư giờ vào được rồi`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.clerk import matching
from handlers.clerk.acts import Change, Record, TakeBack, Talk
from handlers.clerk.deciding import decided
from handlers.clerk.evening import NOWHERE, Evening, Heard
from handlers.language import Kind, Reading, fold

MOST_PARTS = 8
_BREAK = re.compile(r"\s*(?:;|\n+|(?<=\w\w)[.!]\s)\s*")
_TURNING = frozenset({"ends_otherwise", "drops"})  # what these change stands under its home's name


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a message, as a clerk hears it, with what it may mean."""

    heard: Heard
    meanings: Sequence[Reading]


@dataclass(frozen=True, slots=True)
class Divided:
    """What changes, each with the words that say so, and what is left to be heard as new work; empty: nothing."""

    changes: tuple[tuple[Change | TakeBack, str], ...]
    rest: str


def pieces(text: str) -> list[str]:
    """The pieces of a message that may each do something of its own; none of a message that is one."""
    found = [one for one in _BREAK.split(text) if one.strip()]
    return found if 1 < len(found) <= MOST_PARTS else []


def divided(parts: Sequence[Part], evening: Evening) -> Divided | None:
    """What the pieces do, where one turns what is stored of a home and the others tell of new work, else None."""
    changes: list[tuple[Change | TakeBack, str]] = []
    rest: list[Part] = []
    for part in parts:
        act, rule = decided(part.heard, part.meanings, evening)
        turned = [one.report for one, _ in changes]
        if rule in _TURNING and isinstance(act, Change | TakeBack) and act.report not in turned:
            changes.append((act, part.heard.text))
        elif isinstance(act, Record | Talk):
            rest.append(part)
        else:
            return None
    works = [part for part in rest if part.meanings[0].kind is Kind.REPORT and not _stays_so(part)]
    if changes and not works and any(_stays_so(part) for part in rest):
        return Divided(tuple(changes), "")
    apart = all(_stands_alone(part) and not any(_names(one, part) for one, _ in changes) for part in works)
    if not changes or not works or not apart:
        return None
    return Divided(tuple(changes), "; ".join(part.heard.text for part in works))


_STILL = re.compile(r"\b(?:van|van con|van chua|van bi)\b")


def _stays_so(part: Part) -> bool:
    """`…; người kia vẫn lỗi`: of nobody by name, what stands in the book already."""
    labels = matching.labels_of(part.meanings[0])
    return _STILL.search(part.heard.clear) is not None and all(matching.is_nobody(fold(label)) for label in labels)


def _stands_alone(part: Part) -> bool:
    """Whether new work says of whom or where it is: `Hết lỗi.` belongs to what stands before it."""
    return bool(matching.labels_of(part.meanings[0])) or part.heard.place != NOWHERE


def _names(change: Change | TakeBack, part: Part) -> bool:
    """Whether new work is told of the very home that changes: then the pieces belong together."""
    about = change.about if isinstance(change, Change) else None
    labels = [about] if about else [home.label for home in change.report.homes]
    return any(matching.stands_in(label, part.heard.plain) for label in labels)
