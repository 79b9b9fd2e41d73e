"""What points back to a report that was made already: `đúng là 7 máy`, `2 máy ban nãy là ở xóm 8` (rule 25)."""

from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

_THOSE = frozenset({"ay", "do", "kia", "no"})
_WHOSE = frozenset({"la", "cua", "o", "ben", "thuoc"})
_STILL = ("van", "dung la", "van la", "van dung", "chinh xac", "chinh xac la", "dung roi")
_SAID = ("bao", "em bao", "da bao", "bao roi", "bao cao", "em bao cao")


def points_back(clause: Clause) -> bool:
    """Whether the clause says something of a number that was told before."""
    items = [item for item in clause.items if item.sort is not Sort.BREAK]
    number = next((i for i, item in enumerate(items) if item.sort is Sort.NUMBER), None)
    if number is None or clause.has(Sort.ADDED, Sort.BEHALF):
        return False
    return any(one(items, number) for one in (_those_are, _of_before, _were, _told_of, _still, _insisted, _agreed))


def _those_are(items: list[Item], number: int) -> bool:
    """`2 máy nớ là nhà cụ Đệ`: whose they are, that were told before."""
    after = [item.plain for item in items[number + 1 : number + 3]]
    return after[:1] != [] and after[0] in _THOSE and after[1:] == ["la"]


def _of_before(items: list[Item], number: int) -> bool:
    """`bốn máy hồi nãy là bên ấp Tân Thới`."""
    return any(map(_is_before, items[number + 1 :])) and any(item.plain in _WHOSE for item in items[number + 1 :])


_BEFORE = ("luc nay", "hoi nay", "khi nay", "vua roi", "ban nay")


def _is_before(item: Item) -> bool:
    return item.sort is Sort.BACK or item.plain in _BEFORE


def _were(items: list[Item], number: int) -> bool:
    """`lúc nãy 2 máy là bên xóm 8 nha`: where they were; `nhà bà Lan lúc nãy 2 máy` is of a home."""
    before, after = items[:number], [item for item in items[number + 1 :] if item.sort is not Sort.UNIT]
    named = any(item.sort is Sort.HOME for item in before)
    return not named and any(map(_is_before, before)) and bool(after) and after[0].plain == "la"


def _told_of(items: list[Item], number: int) -> bool:
    """`3 máy đó hồi nãy em báo rồi nghen`: of which is said that they were told."""
    after = [item for item in items[number + 1 :] if item.sort is not Sort.UNIT]
    those = bool(after) and after[0].plain in _THOSE
    return those and any(map(_is_before, after)) and any(item.plain in _SAID for item in after)


def _still(items: list[Item], number: int) -> bool:
    """`đúng là 2 máy`, `vẫn là 5 máy`, `kiểm tra lại rồi, vẫn 4`."""
    before = [item for item in items[:number] if item.sort is not Sort.LINK]
    if not before or any(item.sort is Sort.OUTCOME or item.plain == "co" for item in before):
        return False
    if before[-1].sort is Sort.BACK and before[-1].plain.startswith(("giu", "van giu", "cu ", "de nguyen")):
        return True
    said = before[-1].plain
    return said in _STILL or (said == "la" and len(before) > 1 and before[-2].plain in _STILL)


def _agreed(items: list[Item], number: int) -> bool:
    """`nhà o Bưởi lúc nãy 2 máy là đúng rồi`: looked at once more."""
    after = [item.plain for item in items[number + 1 : number + 4]]
    return after[:1] == ["la"] and bool({"dung", "dung roi", "chuan", "chuan roi", "chinh xac"} & set(after[1:]))


def _insisted(items: list[Item], number: int) -> bool:
    """`đã báo 3 máy rồi mà`: told already."""
    before = [item.plain for item in items[:number]]
    while items and items[-1].sort is Sort.FILL:
        items = items[:-1]
    return bool(items) and items[-1].plain in ("ma", "co ma") and any(plain in _SAID for plain in before)
