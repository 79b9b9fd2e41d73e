"""`sửa nhà chị Lan còn 1 máy`: after a word that corrects, `còn` says what it becomes, not what is left (rule 10)."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_CORRECTS = ("sua", "chinh", "dinh chinh", "chua lai", "doi lai", "cap nhat lai")
_LEFT = frozenset({"con", "chi con", "con co", "con lai", "con moi", "con dung", "xuong con"})
_OPEN = frozenset({Sort.UNDONE, Sort.NOT, Sort.NOTHING, Sort.ANY, Sort.MANY, Sort.PLAN, Sort.DOING})


def becoming(items: list[Item]) -> list[Item]:
    """The items with such a `còn` as what leads to the new number; a new list where there is one."""
    for k, item in enumerate(items):
        if item.sort is Sort.LEFT and item.plain in _LEFT and _gives_number(items, k):
            stretch = _stretch(items, k)
            if stretch is None:
                continue
            told = [i for i in stretch if i.sort is Sort.NUMBER and i.unit is not Unit.HOME]
            if any(i.outcome is Outcome.ACTIVATED for i in stretch) and told:
                return [replace(i, sort=Sort.PARTLY) if i is item else i for i in items]  # `sửa được 4 còn 2`: of them?
            alone = not told and sum(i.sort is Sort.OUTCOME for i in stretch) == 1
            becomes = Sort.FILL if alone else Sort.BUT_THIS  # `sửa xóm 3 vắng còn 1`
            made = replace(item, sort=becomes, rule="becomes")
            return [made if i is item else i for i in items]
    return items


def _gives_number(items: list[Item], k: int) -> bool:
    """Whether a number stands right after it, of which nothing else is said."""
    number = items[k + 1] if k + 1 < len(items) else None
    if number is None or number.sort is not Sort.NUMBER or number.unit not in (Unit.NONE, Unit.PHONE, Unit.PERSON):
        return False
    after = next((i for i in items[k + 2 :] if i.sort is not Sort.FILL), None)
    other = after is not None and (after.sort in _OPEN or after.outcome not in (None, Outcome.ACTIVATED))
    return not other


def _stretch(items: list[Item], k: int) -> list[Item] | None:
    """What stands between the word that corrects and `còn`, in one sentence; None where none corrects."""
    for j in range(k - 1, -1, -1):
        if items[j].sort is Sort.FIX and items[j].plain.startswith(_CORRECTS):
            return items[j + 1 : k]
        if items[j].sort is Sort.BREAK and (j == 0 or items[j - 1].sort is not Sort.FIX):
            return None
    return None


_WRONG = frozenset({"thieu", "thua", "du", "sai", "chua du", "chua dung", "hut", "sot", "lo"})
_SAID = ("bao", "ghi", "noi", "nhan", "dem")


def was_wrong(items: list[Item]) -> list[Item]:
    """`em báo 2 là thiếu, đúng ra 3 máy`: what was said first is put right by what follows."""
    for k, item in enumerate(items):
        if item.plain in _WRONG and item.sort in (Sort.LEFT, Sort.UNKNOWN, Sort.FILL) and _was_said(items, k):
            after = items[k + 1 :]
            right = next((j for j, one in enumerate(after) if one.sort is Sort.BUT_THIS), None)
            if right is not None and any(one.sort is Sort.NUMBER for one in after[right + 1 : right + 3]):
                return [replace(one, sort=Sort.FIX, rule="was_wrong") if one is item else one for one in items]
    return items


def _was_said(items: list[Item], k: int) -> bool:
    """Whether a number, or that something was told, stands right before it."""
    j = k - 1
    while j >= 0 and items[j].sort is Sort.FILL and items[j].plain in ("la", "bi", "con", "hoi"):
        j -= 1
    return j >= 0 and (items[j].sort is Sort.NUMBER or items[j].plain.split()[-1] in _SAID)


_MISTAKEN = ("nham", "lon", "sai")
INTO = frozenset({"thanh"})


def mistaken_for(items: list[Item]) -> list[Item]:
    """`ý em là 3 máy, ban nãy gõ nhầm thành 8`: the number that was written by mistake."""
    for k in range(len(items) - 2):
        wrong = items[k + 2]
        slipped = items[k].sort is Sort.FIX and items[k].plain.split()[-1] in _MISTAKEN and items[k + 1].plain in INTO
        right = any(i.sort is Sort.NUMBER for j, i in enumerate(items) if j != k + 2)
        if slipped and right and wrong.sort is Sort.NUMBER:
            gone = [replace(i, sort=Sort.FILL, rule="mistaken_for") for i in items[k + 1 : k + 3]]
            return [*items[: k + 1], *gone, *items[k + 3 :]]
    return items
