"""Where one clause ends and the next begins, and where a list of homes goes on over its commas."""

import itertools

from handlers.language.people.relatives import TITLES
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_WORK = frozenset({Sort.NUMBER, Sort.OUTCOME, Sort.MANY})
_LISTED = frozenset({Sort.HOME, Sort.FILL, Sort.WHEN})
_BETWEEN = frozenset({Sort.FILL, Sort.COLON, Sort.WHEN})
_SPLITTING = frozenset({"nhung", "va", "voi", "con", "nhung ma", "voi ca", "tuy nhien", "rieng", "lan", "song"})
_OF_ONE_AGE = frozenset({"anh", "chi"})
_HARDLY = frozenset({"duoc", "moi", "chi"})


def _fell_short(following: Item | None, current: list[Item]) -> bool:
    """`phấn đấu 10 máy mà được có 6`."""
    if following is None or following.plain not in _HARDLY:
        return False
    return any(i.sort in (Sort.PLAN, Sort.TARGET) for i in current) and any(i.sort is Sort.NUMBER for i in current)


def others_left(items: list[Item], i: int, current: list[Item]) -> bool:
    """`1 máy được còn 1 máy đời cũ quá không cài được`: of the others something else is told."""
    if items[i].plain != "con" or i + 1 == len(items) or items[i + 1].sort is not Sort.NUMBER:
        return False
    if items[i + 1].unit not in (Unit.PHONE, Unit.PERSON) or not any(item.sort is Sort.NUMBER for item in current):
        return False
    if not any(item.outcome is Outcome.ACTIVATED for item in current):
        return False
    after = next((item for item in items[i + 2 :] if item.sort not in (Sort.FILL, Sort.UNKNOWN, Sort.UNIT)), None)
    return after is not None and after.sort is Sort.OUTCOME and after.outcome is not Outcome.ACTIVATED


def begins_anew(items: list[Item], i: int, current: list[Item]) -> bool:
    """Dictated: `… 2 máy nhà ông Tư 3 máy tổng 5 máy`, `thêm 3 máy tổng 8 máy`."""
    sort, when = items[i].sort, items[i].when
    if items[i].rule in ("of_the_sum", "added_up") or _tells_the_other(items, i, current):
        return True
    if when is None and sort is not Sort.TOTAL and sort is not Sort.ADDED:
        return False
    if i + 1 == len(items) or not any(item.sort is Sort.NUMBER for item in current):
        return False
    if sort is Sort.ADDED and current[-1].outcome is Outcome.ACTIVATED:
        return False  # `… nhà đối diện được thêm ba máy`
    if when is not None and (not when.has_day or when.future or not any(item.sort is Sort.HOME for item in current)):
        return False
    return next((item.sort for item in items[i + 1 :] if item.sort not in _BETWEEN), None) is Sort.NUMBER


def _tells_the_other(items: list[Item], i: int, current: list[Item]) -> bool:
    """Dictated: `nhà ông bà Lộc ông xong rồi bà thì từ chối`: the next of a home, told by the form of address alone."""
    alone = items[i].plain in TITLES | _OF_ONE_AGE and items[i].sort in (Sort.FILL, Sort.UNIT)
    then = i + 2 < len(items) and items[i + 1].plain == "thi"
    return alone and then and any(item.sort is Sort.OUTCOME for item in current)


def is_comma(item: Item) -> bool:
    """A sign or word that joins homes in a list."""
    return item.plain in (",", "va", "voi", "cung")


def lists_on(items: list[Item], i: int, current: list[Item]) -> bool:
    """`hẹn bà Mơ, ông Thái`: the homes after an outcome go on, and nothing more is said of the last."""
    if _carries_on(items, i, current):
        return True
    told = next((item for item in reversed(current) if item.sort in _WORK), None)
    if not is_comma(items[i]) or told is None or told.sort is not Sort.OUTCOME or current[-1].sort is not Sort.HOME:
        return False
    if i + 1 == len(items) or items[i + 1].sort is not Sort.HOME:
        return False
    rest = itertools.takewhile(lambda item: item.sort is not Sort.BREAK or item.plain == ",", items[i + 1 :])
    return all(item.sort in _LISTED or is_comma(item) for item in rest)


def _carries_on(items: list[Item], i: int, current: list[Item]) -> bool:
    """`chở cụ Bường với cụ Kền lên trụ sở`: both are carried."""
    if not is_comma(items[i]) or not current or current[-1].sort is not Sort.HOME:
        return False
    if not any(item.sort is Sort.CARRY for item in current) or any(item.sort in _WORK for item in current):
        return False
    ahead = list(
        itertools.takewhile(lambda item: item.sort is not Sort.BREAK or item.plain == ",", items[i + 1 : i + 9])
    )
    goal = next((k for k, item in enumerate(ahead) if item.sort is Sort.GOAL), None)
    if goal is not None and not any(item.sort in _WORK or item.sort is Sort.CARRY for item in ahead[:goal]):
        return True  # `đưa cụ Hoan, 84 tuổi, ra trụ sở`
    rest = itertools.takewhile(lambda item: item.sort is Sort.HOME or is_comma(item), items[i + 1 :])
    after = i + 1 + len(list(rest))
    return items[after - 1].sort is Sort.HOME and after < len(items) and items[after].sort is Sort.GOAL


def is_link(item: Item, following: Item | None, current: list[Item]) -> bool:
    if item.sort is Sort.LINK:
        return item.plain in _SPLITTING or (item.plain == "ma" and _fell_short(following, current))
    if item.sort is Sort.LEFT:  # `còn bà Lan vắng` goes on; `còn 3 nhà` is what is left
        return item.plain == "con" and (following is None or following.sort in (Sort.HOME, Sort.HAMLET))
    return False
