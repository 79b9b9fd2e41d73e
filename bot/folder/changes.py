"""What a load did or would do, for people to read: how much of each kind, and below it who and what."""

from collections import Counter
from collections.abc import Iterable, Sequence

from storage.campaign.plan import Change, Kind

_NAMES_A_LINE = 10  # of what is new
_MOST_LINES = 200  # of one kind in one table
_SIGNS = {Kind.ADDED: "+", Kind.BACK: "+", Kind.CHANGED: "~", Kind.MOVED: "~", Kind.KEPT: "~"}  # all else: -


def described(changes: Iterable[Change]) -> list[str]:
    """A head for each table with how many of what, and its changes below; what is new of one kind on one line."""
    tables: dict[str, list[Change]] = {}
    for change in changes:
        tables.setdefault(change.table, []).append(change)
    return [line for table, several in tables.items() for line in _section(table, several)] or ["nothing changes"]


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
