"""What goes on after a phrase or a home and belongs to it: what is refused, what keeps them busy, a door."""

from handlers.language.reading import Outcome
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import KNOWN, UNITS, Meaning, known_at, longest
from handlers.language.words.sorts import Sort
from handlers.language.words.titles import FORMS
from handlers.language.words.words import Words

_DOORS = frozenset({"so", "số", "tang", "tầng"})  # unmarked `tang` after a home is no increase
DOOR_STARTS = frozenset({"so", "tang"})


_REFUSING = frozenset({"khong", "chiu", "ung", "y", "muon", "thuan"})
_WHAT = frozenset({"cho", "cai", "lam", "kich", "dang"})  # `không ưng cho cài`


def refused_end(words: Words, known: tuple[int, Meaning]) -> int:
    """Where `nhất quyết không` ends with what is refused (`cài`, `cho kích hoạt`), `nhất định không chịu` too."""
    end, meaning = known
    if meaning.outcome is not Outcome.REFUSED or words.plain(end - 1) not in _REFUSING:
        return end
    if words.plain(end - 1) not in ("khong", "chiu") and words.plain(end) not in _WHAT:
        return end
    while (done := known_at(words, end)) is not None and done[1].outcome is Outcome.ACTIVATED:
        end = done[0]
    return end


def without_particle(words: Words, i: int, known: tuple[int, Meaning]) -> tuple[int, Meaning]:
    """`không vào được nha bot` of who marks words: no home, but the particle of the south."""
    end = known[0]
    if not words.accented or words.plain(end - 1) != "nha" or not words.words[end - 1].bare or end < i + 3:
        return known
    shorter = longest(words, i, KNOWN, most=end - 1 - i)
    return shorter if shorter is not None and shorter[0] == end - 1 else known


def door_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`bà Lan số 65 …`: the number of the home just named, whatever is told after it."""
    if words.words[i].marked not in _DOORS or not words.plain(i + 1).isdigit():
        return None
    near = before[-2:]
    whose = any(item.plain == "o" or item.plain in FORMS or item.sort is Sort.HOME for item in near)
    if words.words[i].marked == "tang" and whose and longest(words, i + 2, UNITS) is None:
        return make(words, Sort.NEVER, i, i + 2)  # unmarked `o tang 4`
    if not before or before[-1].sort is not Sort.HOME or before[-1].number or before[-1].last != i:
        return None
    end = i + 2
    while words.plain(end) == "/" and words.plain(end + 1).isdigit():
        end += 2
    return None if longest(words, end, UNITS) is not None else make(words, Sort.NEVER, i, end)


_BUSY = frozenset({"ban", "an", "an com", "nau", "tam", "ngu", "hop", "bu", "cho", "cat", "om", "bia", "nhau"})


def is_busy(items: list[Item]) -> bool:
    """`chị Huệ xóm 4 đang bận nấu cơm, hẹn 8h tối`: what somebody there is doing, and no work under way."""
    said = [item for item in items if item.sort not in (Sort.FILL, Sort.HAMLET)]
    if [item.sort for item in said[:2]] != [Sort.HOME, Sort.DOING] or said[1].plain != "dang" or len(said) < 3:
        return False
    return said[2].plain in _BUSY and not any(item.sort in (Sort.PLAN, Sort.NEED, Sort.NUMBER) for item in items)


def is_over(items: list[Item]) -> bool:
    """`chờ mã lâu mà cuối cùng cũng xong cho cô Hường`: the waiting is over; `cuối cùng mai làm cho cô` is a plan."""
    last = next((k for k, item in enumerate(items) if item.plain in ("cuoi cung", "rot cuoc")), len(items))
    ahead = any(item.sort is Sort.PLAN or (item.when is not None and item.when.has_day) for item in items)
    return any(item.sort is Sort.OUTCOME for item in items[last:]) and not ahead


def wonders(items: list[Item]) -> bool:
    """`làm được cỡ 4 máy à`, `được 2 hay 3 nhỉ`: who told it does not know, and asks nobody."""
    sorts = {item.sort for item in items}
    unsure = {Sort.VAGUE, Sort.NUMBER} <= sorts or any(item.sort is Sort.MANY and item.n > 1 for item in items)
    return unsure and all(item.plain in ("a", "nhi") for item in items if item.sort is Sort.ASK)
