"""A list under a heading (`Hẹn lại:` and homes below it): what the heading says is said of every home of the list."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

Clause = tuple[list[Item], int]  # the items of a clause, and its line
_LISTED = frozenset({Sort.HOME, Sort.WHEN, Sort.FILL, Sort.NEVER, Sort.HAMLET, Sort.RETURN})
_BESIDE = frozenset({Sort.FILL, Sort.UNIT, Sort.HAMLET})


def spread(clauses: Sequence[Clause]) -> None:
    """Gives each home of a headed list the outcome of its heading, which then says nothing by itself."""
    for i, (items, _) in enumerate(clauses):
        heading = _heading(items)
        if heading is None:
            continue
        alone = not _has(items, Sort.HOME)
        listed = _listed(clauses[i + 1 :], same_line=not alone)
        if listed and alone:
            items.remove(heading)
        for one in listed:
            one.append(replace(heading, rule="under_heading"))


def _heading(items: list[Item]) -> Item | None:
    """The outcome of a clause that is, or begins with, an outcome and a colon, without any number."""
    colon = next((k for k, item in enumerate(items) if item.sort is Sort.COLON), None)
    if colon is None:
        return None
    before = [item for item in items[:colon] if item.sort not in _BESIDE]
    if len(before) != 1 or before[0].sort is not Sort.OUTCOME:
        return None
    return before[0] if all(item.sort in _LISTED for item in items[colon + 1 :]) else None


def _listed(following: Sequence[Clause], *, same_line: bool) -> list[list[Item]]:
    """The clauses of the list: a home each, and nothing that counts by itself."""
    found: list[list[Item]] = []
    for items, line in following:
        of_list = _has(items, Sort.HOME) and all(item.sort in _LISTED for item in items)
        if not of_list or (same_line and line != following[0][1]):
            break
        found.append(items)
    return found


def _has(items: list[Item], sort: Sort) -> bool:
    return any(item.sort is sort for item in items)
