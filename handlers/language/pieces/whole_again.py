"""`2 máy lỗi cả 2`: `cả N` after the same N tells the same phones again, and counts once (rule 22)."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_REACH = 12  # items between the two
_ENDS = frozenset({Sort.HOME, Sort.HAMLET})


def said_whole(items: list[Item]) -> list[Item]:
    """The items without numbers that are told a second time; a new list where there are any."""
    for k in range(1, len(items) - 1):
        number = items[k + 1]
        if items[k].sort is Sort.ALL and items[k].plain == "ca" and number.sort is Sort.NUMBER:
            first = _same_before(items, k, number)
            if first is not None:
                items = _without(items, _told_again(items, first, k))
    return items


SO = frozenset({"nen", "vay la", "the la", "tuc la", "tom lai", "rua la", "nghia la"})


def summed_up(items: list[Item]) -> list[Item]:
    """`thằng con có tài khoản từ trước rồi, nên làm mới là 2 máy, đã có 1`: what the numbers tell again at the end."""
    for k, item in enumerate(items):
        begins = item.plain in SO and k > 0 and items[k - 1].sort is Sort.BREAK
        rest = items[k + 1 :]
        numbers = [i for i in rest if i.sort is Sort.NUMBER]
        told = {i.outcome for i in rest if i.sort is Sort.OUTCOME}
        if not begins or len(numbers) < 2 or len(told) < 2 or any(i.sort is Sort.HOME for i in rest):
            continue
        again = [
            i for i in items[:k] if i.sort is Sort.OUTCOME and i.outcome in told and i.outcome is not Outcome.ACTIVATED
        ]
        if again and not any(i.sort is Sort.NUMBER for i in items[:k]):
            seen = {id(i) for i in again}
            return [
                replace(i, sort=Sort.FILL, outcome=None, said=None, rule="summed_up") if id(i) in seen else i
                for i in items
            ]
    return items


DONE = frozenset({"xong", "xong roi", "xong het", "ok", "ok roi"})


def done_then_counted(items: list[Item]) -> list[Item]:
    """`nhà o Thìn xong rồi đó, hai mạ con làm được cả hai máy`: how many they are, of whom it was told in a word."""
    for k, item in enumerate(items):
        if item.outcome is not Outcome.ACTIVATED or item.plain not in DONE:
            continue
        start = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1) + 1
        end = next((j for j in range(k + 1, len(items)) if items[j].sort is Sort.BREAK), len(items))
        rest = items[end + 1 :]
        stop = next((j for j, i in enumerate(rest) if i.plain == "\n" or i.sort in (Sort.ADDED, Sort.LEFT)), len(rest))
        rest = rest[:stop]
        named = any(i.sort is Sort.HOME and not i.kin for i in items[start:k])
        other = any(i.sort is Sort.HOME for i in rest) or any(i.sort is Sort.NUMBER for i in items[start:end])
        phones = [i for i in rest if i.sort is Sort.NUMBER and i.unit is Unit.PHONE]
        done = any(i.outcome is Outcome.ACTIVATED for i in rest)
        if named and not other and len(phones) == 1 and done and phones[0].n > 1:
            word = replace(item, sort=Sort.FILL, outcome=None, said=None, rule="done_then_counted")
            return [*items[:k], word, *items[k + 1 :]]
    return items


_PARTICLES = frozenset(
    {"cua", "cho", "nhe", "nha", "nghe", "a", "bot", "em", "nhe bot", "nha bot", "hen", "hi", "vay", "thoi"}
)


_OF_THEM = (Unit.PHONE, Unit.COUPLE)


def echoed(items: list[Item]) -> list[Item]:
    """`được hai máy nhé hai máy`, `2 máy hai vợ chồng`: the same number once more, nothing told between."""
    for k, item in enumerate(items):
        if item.sort is not Sort.NUMBER or item.unit is not Unit.PHONE:
            continue
        again = next((j for j in range(k + 1, len(items)) if items[j].plain not in _PARTICLES), len(items))
        same = again < len(items) and items[again].sort is Sort.NUMBER and items[again].unit in _OF_THEM
        if same and items[again].n == item.n and again - k < _NEAR and _closes(items, again + 1):
            return echoed([replace(i, sort=Sort.FILL, rule="echoed") if j == again else i for j, i in enumerate(items)])
    return items


_NEAR = 5  # items


def _closes(items: list[Item], k: int) -> bool:
    """Whether nothing is told of the second number: `2 máy 2 máy lỗi` are two sorts of phones."""
    return k == len(items) or items[k].sort is Sort.BREAK or items[k].plain in _PARTICLES


ADDED_UP = frozenset({"cong lai la", "gop lai la"})  # `cộng lại 9 máy` may be that of a day


def added_up(items: list[Item]) -> list[Item]:
    """`xóm 5 hai máy, xóm 4 bốn máy, cộng lại là sáu`: the sum of what this message tells, and of no day (rule 22)."""
    for k, item in enumerate(items):
        if item.sort is Sort.TOTAL and item.plain in ADDED_UP and _parts_before(items, k):
            return added_up([*items[:k], replace(item, sort=Sort.THUS, rule="added_up"), *items[k + 1 :]])
    return items


def _parts_before(items: list[Item], k: int) -> bool:
    """Whether two numbers or more stand before in the same line, and no day whose sum it may be."""
    start = next((j for j in range(k - 1, -1, -1) if items[j].plain == "\n"), -1)
    before = items[start + 1 : k]
    of_day = any((i.sort is Sort.TOTAL and i is not items[k]) or (i.when is not None and i.when.has_day) for i in items)
    return sum(i.sort is Sort.NUMBER for i in before) > 1 and not of_day


def _same_before(items: list[Item], k: int, number: Item) -> int | None:
    """The number before, where it is the same one, of the same kind, in the same line and at the same home."""
    for j in range(k - 1, max(-1, k - _REACH), -1):
        item = items[j]
        theirs = j > 0 and items[j - 1].sort is Sort.NUMBER and items[j - 1].unit is Unit.COUPLE
        if (item.sort in _ENDS and not theirs) or item.plain == "\n":
            return None  # `vợ chồng chú Toại xong cả hai` are of one home
        if item.sort is Sort.NUMBER and item.rule == "share_of_people" and item.n != number.n:
            continue  # `hai vợ chồng mỗi người 2 máy, xong cả hai`: the people
        if item.sort is Sort.NUMBER:
            same = item.n == number.n > 1 and item.unit in (Unit.PHONE, Unit.PERSON, Unit.HOME, Unit.COUPLE)
            return j if same and number.unit in (Unit.NONE, item.unit) else None
    return None


def _told_again(items: list[Item], first: int, k: int) -> Iterable[int]:
    """Which items say nothing new: the first number, where only the second has an outcome, else the second."""
    before = _beside(items, range(first - 1, -1, -1))
    between = {item.outcome for item in items[first:k] if item.sort is Sort.OUTCOME}
    after = _beside(items, range(k + 2, len(items)))
    earlier = {before.outcome} if before is not None and before.sort is Sort.OUTCOME else set(between)
    if after is not None and after.sort is Sort.OUTCOME:
        if not earlier:
            return _with_people(items, first)
        return range(k, items.index(after) + 1) if earlier == {after.outcome} else ()
    alone = items[k - 1].sort is Sort.BREAK
    if not between and before is None:
        return _with_people(items, first)
    if not between or alone:
        return (k, k + 1)
    return _with_people(items, first) if earlier == between and len(between) == 1 and before is None else ()


def _beside(items: list[Item], places: Iterable[int]) -> Item | None:
    """The outcome or other thing told beside a number in its clause."""
    for place in places:
        item = items[place]
        if item.sort is Sort.BREAK or (item.sort is Sort.LINK and item.plain == "ma"):
            return None
        if item.sort is Sort.OUTCOME:
            return item
    return None


def _with_people(items: list[Item], first: int) -> list[int]:
    """The first number, and who lives there (`6 người mà chỉ có 4 máy, em làm được cả 4`)."""
    gone = [first]
    for j in range(first - 1, -1, -1):
        item = items[j]
        if item.sort is Sort.NUMBER and item.unit in (Unit.PERSON, Unit.MEMBER) and item.n >= items[first].n:
            return [*gone, j]
        if item.sort not in (Sort.FILL, Sort.LINK):
            break
    return gone


def _without(items: list[Item], places: Iterable[int]) -> list[Item]:
    gone = set(places)
    return [
        replace(i, sort=Sort.FILL, outcome=None, rule="whole_again") if k in gone else i for k, i in enumerate(items)
    ]
