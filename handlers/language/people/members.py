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


_BEGIN = frozenset({Sort.BREAK, Sort.LEFT, Sort.COLON, Sort.LINK})


def told_by_title(items: list[Item]) -> list[Item]:
    """`nhà anh Lâm chị Cúc, anh xong còn chị không tải được`: each of two named, told by the form of address alone.

    Or by the name again: `nhà anh Lâm chị Cúc thì anh xong, còn chị Cúc không tải được`.
    """
    for k in range(len(items) - 2):
        two = items[k : k + 2]
        head = k + 2 + (items[k + 2].sort is Sort.NEVER and k + 3 < len(items))  # `… hai máy, máy anh được`
        if any(i.sort is not Sort.HOME or i.kin or i.number for i in two) or not _opens(items[head]):
            continue
        titles = [next((word for word in i.plain.split() if word in TITLES | _SPOUSES), "") for i in two]
        places = [_first_told(items, head, title, i) for title, i in zip(titles, two, strict=True)]
        if titles[0] == titles[1] or "" in titles or (None in places and head + 1 not in places):
            continue  # `nhà anh Sáng chị Vui thì anh xong`: of him alone
        whose = dict(zip(places, two, strict=True))
        told = [replace(i, sort=Sort.FILL, rule="told_by_title") if i in two else i for i in items]
        return [
            replace(whose[j], first=i.first, last=i.last, start=i.start, end=i.end) if j in whose else i
            for j, i in enumerate(told)
        ]
    return items


def size_before_name(items: list[Item]) -> list[Item]:
    """`nhà 3 người của cô Hòe: xong hết, trừ ông nội`: her home, and how many live there."""
    for k in range(len(items) - 2):
        house, size = items[k], items[k + 1]
        at = k + 2 + (items[k + 2].plain == "cua")
        if house.plain not in ("nha", "ho") or house.sort is not Sort.HOME or at >= len(items):
            continue
        sized = size.sort is Sort.NUMBER and size.unit in (Unit.PERSON, Unit.MEMBER)
        owner = items[at]
        if not sized or owner.sort is not Sort.HOME or owner.kin or owner.number or not _then_told(items, at + 1):
            continue
        plain = owner.plain if owner.plain.startswith(f"{house.plain} ") else f"{house.plain} {owner.plain}"
        hers = replace(owner, first=house.first, last=house.last, plain=plain, rule="size_before_name")
        return size_before_name([*items[:k], hers, size, *items[at + 1 :]])
    return items


def _then_told(items: list[Item], k: int) -> bool:
    """Whether a sign follows, before which at most the hamlet stands."""
    while k < len(items) and items[k].sort is Sort.HAMLET:
        k += 1
    return k < len(items) and items[k].sort in (Sort.COLON, Sort.BREAK)


GREETINGS = frozenset({"ca nha nhe", "ca nha a", "ca nha oi"})


def whole_home(items: list[Item]) -> list[Item]:
    """`nhà ông Thuyết xong cả nhà nhé`: all who live there, rather than everybody who reads it."""
    for k in range(1, len(items)):
        done = items[k - 1].sort is Sort.OUTCOME and items[k].plain in GREETINGS and items[k].sort is Sort.FILL
        start = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1)
        clause = items[start + 1 : k]
        line = next((j for j in range(k - 1, -1, -1) if items[j].plain == "\n"), -1)
        told = any(i.sort is Sort.HOME for i in items[line + 1 : k]) and not any(i.sort is Sort.NUMBER for i in clause)
        if done and told:
            return [*items[:k], replace(items[k], sort=Sort.ALL, rule="whole_home"), *items[k + 1 :]]
    return items


def _opens(item: Item) -> bool:
    """Whether what is told of somebody may begin after it: a sign, or `thì`."""
    return item.sort in _BEGIN or item.plain == "thi"


def _first_told(items: list[Item], k: int, title: str, home: Item) -> int | None:
    """Where a clause begins with the title, or with the name once more, before what is told of that one."""
    name = home.plain[home.plain.find(title) :] if title else ""
    for j in range(k + 1, len(items) - 1):
        alone = items[j].plain in (title, f"may {title}") and (items[j].sort in (Sort.FILL, Sort.UNIT) or items[j].kin)
        again = items[j].sort is Sort.HOME and items[j].plain in (name, f"con {name}")  # unmarked `con chi Vui`
        if (alone or again) and _opens(items[j - 1]) and _outcome_follows(items, j + 1):
            return j
    return None


def _outcome_follows(items: list[Item], k: int) -> bool:
    """Whether an outcome stands in the clause that goes on from here."""
    for item in items[k:]:
        if item.sort is Sort.BREAK:
            return False
        if item.sort is Sort.OUTCOME:
            return True
    return False


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
