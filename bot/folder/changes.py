"""What a load did or would do, for people to read: how much of each kind, who and what, and what may surprise."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from handlers.language.signs.folding import fold
from storage.campaign.plan import Change, Kind

_NAMES_A_LINE = 10  # of what is new
_MOST_LINES = 200  # of one kind in one table
_SIGNS = {Kind.ADDED: "+", Kind.BACK: "+", Kind.CHANGED: "~", Kind.MOVED: "~", Kind.KEPT: "~"}  # all else: -


def described(changes: Iterable[Change]) -> list[str]:
    """A head for each table with how many of what, and its changes below; what is new of one kind on one line."""
    tables: dict[str, list[Change]] = {}
    for change in changes:
        tables.setdefault(change.table, []).append(change)
    lines = [line for table, several in tables.items() for line in _section(table, several)]
    return [*lines, *_warnings(tables.get("people", []))] or ["nothing changes"]


_RENAMED = re.compile(r"name (?P<before>.+?) → (?P<after>.+?)(?:, (?:role|address|another code)\b.*)?", re.DOTALL)


def _warnings(people: Iterable[Change]) -> list[str]:
    """Whose id stands beside another name than before, not only fuller or with other marks: it may be somebody else."""
    renamed = []
    for change in people:
        found = _RENAMED.fullmatch(change.detail) if change.kind is Kind.CHANGED else None
        if found is not None and not _is_one_name(found["before"], found["after"]):
            renamed.append(f"{change.name.partition(' ')[0]} was {found['before']}, is {found['after']}")
    if not renamed:
        return []
    shown = "; ".join(renamed[:_NAMES_A_LINE]) + _more(len(renamed) - _NAMES_A_LINE, "; ")
    return [
        f"warning: the same id with another name: {shown}. Reports, account and code stay with the id: "
        "somebody else needs an id of their own"
    ]


def _is_one_name(one: str, other: str) -> bool:
    """`Vũ Bình` and `Vũ Văn Bình`, or `Vu Binh`."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return first <= second or second <= first


def _section(table: str, changes: Sequence[Change]) -> list[str]:
    counts = Counter(change.kind for change in changes)
    if counts.keys() == {Kind.ADDED}:
        return [f"{table}: {len(changes)} added: {_names(changes)}"]
    lines = [f"{table}: {', '.join(f'{counts[kind]} {kind}' for kind in Kind if counts[kind])}"]
    for kind in Kind:
        several = [change for change in changes if change.kind is kind]
        if kind is Kind.ADDED and several:
            lines.append(f"  + {_names(several)}")
        elif several:
            lines += [f"  {_SIGNS.get(kind, '-')} {_line(change)}" for change in several[:_MOST_LINES]]
            lines += [f"    {more}"] if (more := _more(len(several) - _MOST_LINES, "")) else []
    return lines


def _names(added: Sequence[Change]) -> str:
    names = "; ".join(change.name for change in added[:_NAMES_A_LINE])
    return names + _more(len(added) - _NAMES_A_LINE, "; ")


def _line(change: Change) -> str:
    said = f"{change.name}: {change.detail}" if change.detail else change.name
    return f"{said} ({change.kind})" if change.kind in (Kind.BACK, Kind.LEFT) else said


def _more(number: int, before: str) -> str:
    return f"{before}and {number:,} more" if number > 0 else ""
