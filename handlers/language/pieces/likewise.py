"""`bác Thứ vắng, bác Mai cũng vậy`: what happened to the one before happened to this one as well (rule 3)."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import POLITE

_SO = frozenset({"vay", "the", "rua", "y vay", "nhu vay", "nhu the", "tuong tu", "y chang", "ri", "z", "v"})
_REACH = 8  # items back to what happened
_DENIED = frozenset({Outcome.REFUSED, Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.FAILED, Outcome.ALREADY})
_AFTER = POLITE | {"co", "luon", "not", "noi", "dau", "roi", "r"}


def likewise(items: list[Item]) -> list[Item]:
    """The items with `cũng vậy`, `cũng không` as what they stand for; a new list where there is one."""
    for k in range(2, len(items)):
        home = k - 3 if items[k - 2].sort is Sort.HAMLET and k > 2 else k - 2  # `nhà bác Hiển xóm 5 cũng rứa`
        if items[k - 1].plain == "cung" and items[home].sort is Sort.HOME and _ends(items, k + 1):
            told = _told_before(items, home)
            if told is not None and _stands_for(items[k], told):
                copy = replace(told, first=items[k].first, last=items[k].last, start=items[k].start, end=items[k].end)
                return [*items[:k], replace(copy, rule="likewise"), *items[k + 1 :]]
    return items


def _stands_for(item: Item, told: Item) -> bool:
    if item.plain in _SO:
        return item.sort in (Sort.FILL, Sort.UNKNOWN, Sort.ASK)
    return item.sort is Sort.NOT and told.outcome in _DENIED  # `bác Mai cũng không`


def _ends(items: list[Item], k: int) -> bool:
    """Whether nothing more is told of this one."""
    rest = next((item for item in items[k:] if item.plain not in _AFTER), None)
    return rest is None or rest.sort is Sort.BREAK


def _told_before(items: list[Item], k: int) -> Item | None:
    """What is told last of somebody before, in the same sentence."""
    for item in reversed(items[max(0, k - _REACH) : k]):
        if item.plain in ("\n", ".", "!", "?", ";"):
            return None
        if item.sort is Sort.OUTCOME and item.outcome not in (None, Outcome.ACTIVATED, Outcome.REVISIT):
            return item
        if item.sort is Sort.NUMBER:
            return item
    return None


EVERY_HOME = frozenset({"nha nao cung"})


def each_of_homes(items: list[Item]) -> list[Item]:
    """`gõ cửa 3 nhà liền nhà nào cũng ngủ hết rồi`: as many as were counted right before it."""
    for k in range(1, len(items) - 1):
        told = items[k + 1]
        if items[k].sort is not Sort.MANY or items[k].plain not in EVERY_HOME or not _homes_before(items, k):
            continue
        if told.sort is Sort.UNKNOWN and told.plain == "ngu":
            told = replace(told, sort=Sort.OUTCOME, outcome=Outcome.ABSENT)
        if told.sort is Sort.OUTCOME and told.outcome is not Outcome.ACTIVATED and _ends(items, k + 2):
            each = replace(items[k], sort=Sort.ALL, n=0, rule="each_of_homes")
            return each_of_homes([*items[:k], each, told, *items[k + 2 :]])
    return items


def _homes_before(items: list[Item], k: int) -> bool:
    """Whether a number of homes stands before in the same sentence, and nothing that was told of them."""
    for item in reversed(items[max(0, k - _REACH) : k]):
        if item.sort is Sort.NUMBER:
            return item.unit is Unit.HOME and item.n > 1
        if item.sort in (Sort.OUTCOME, Sort.HOME) or item.plain in ("\n", ".", "!", "?", ";"):
            return False
    return False


def short_away(items: list[Item]) -> list[Item]:
    """`2 nha canh do cung v`: vắng in short, where nothing was told before that could be so as well."""
    for k in range(2, len(items)):
        short = items[k].plain == "v" and items[k].sort is Sort.FILL and items[k - 1].plain == "cung"
        if not short or not _ends(items, k + 1) or any(i.sort is Sort.OUTCOME for i in items[:k]):
            continue
        if any(i.sort is Sort.NUMBER and i.unit is Unit.HOME for i in items[:k]):
            away = replace(items[k], sort=Sort.OUTCOME, outcome=Outcome.ABSENT, rule="short_away")
            also = replace(items[k - 1], sort=Sort.FILL)
            return [*items[: k - 1], also, away, *items[k + 1 :]]
    return items
