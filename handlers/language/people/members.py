"""Households told member by member: `ba chị em nhà cô Tấm: chị cả xong, chị hai xong, cô út chưa có căn cước`."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.language.people.relatives import TITLES
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import FORMS

_SIZES = frozenset({Unit.COUPLE, Unit.PERSON, Unit.MEMBER})
_HEAD = frozenset({Sort.HOME, Sort.FILL, Sort.HAMLET})
_ORDERS = [
    [order] for order in ("hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "ca", "ut", "lon", "nho")
]
_SPOUSES = frozenset({"vo", "chong", "anh", "chi"})


def told_one_by_one(items: list[Item]) -> list[Item]:
    """The items with the size of a home as no count, where what follows its colon tells of each; a new list then."""
    for k, item in enumerate(items):
        if item.sort in (Sort.NUMBER, Sort.MANY) and item.unit in _SIZES and _heads_members(items, k):
            return [replace(i, sort=Sort.NEVER, rule="told_one_by_one") if i is item else i for i in items]
    return items


def _heads_members(items: list[Item], k: int) -> bool:
    """Whether only the home stands between the size and its colon, and two or more of its people are told after it."""
    colon = k + 1
    while colon < len(items) and items[colon].sort in _HEAD:
        colon += 1
    if colon >= len(items) or items[colon].sort is not Sort.COLON:
        return False
    told = 0
    for clause in _clauses(items[colon + 1 :]):
        if not is_member(clause[0]):
            break
        told += any(item.sort is Sort.OUTCOME for item in clause) and not any(i.sort is Sort.NUMBER for i in clause)
    return told > 1


def _clauses(items: list[Item]) -> Iterator[list[Item]]:
    clause: list[Item] = []
    for item in items:
        if item.sort is Sort.BREAK:
            if clause:
                yield clause
            if item.plain not in (",", ";"):
                return
            clause = []
        elif clause or item.sort is not Sort.LEFT:
            clause.append(item)
    if clause:
        yield clause


def is_member(item: Item) -> bool:
    """`chị cả`, `bà`, `con rể`: somebody of the home spoken of."""
    if item.sort is Sort.HOME:
        return item.kin or (item.plain.split()[0] in FORMS and item.plain.split()[1:] in _ORDERS)
    return item.sort in (Sort.FILL, Sort.UNIT) and item.plain in TITLES | _SPOUSES


def tells_members(items: list[Item]) -> bool:
    """Whether a clause begins to tell of the people of a home: `nhà ông Thứ: ông xong`."""
    for k, item in enumerate(items[:-1]):
        if item.sort is Sort.COLON:
            return any(i.sort is Sort.HOME and not i.kin for i in items[:k]) and is_member(items[k + 1])
    return False


def without_pupils(items: list[Item]) -> list[Item]:
    """`thằng út mới lớp 4`, and nothing more: a child who needs no card; a new list where there is one."""
    for k, item in enumerate(items):
        alone = item.kin and item.sort is Sort.HOME and (k == 0 or items[k - 1].sort in (Sort.BREAK, Sort.LEFT))
        rest = items[k + 1 : k + 6]
        end = next((j for j, i in enumerate(rest) if i.sort is Sort.BREAK), len(rest))
        young = [i for i in rest[:end] if i.rule == "too_young"]
        small = all(i.sort is Sort.FILL or i.rule == "too_young" for i in rest[:end])
        if alone and young and small:
            items = [replace(i, sort=Sort.FILL, rule="too_young") if j == k else i for j, i in enumerate(items)]
    return items
