"""Children who are too young for a card: how many they are counts nothing (rule 30)."""

from dataclasses import replace

from handlers.language.people.members import without_pupils
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_AGES = tuple(f"{no} {enough} tuoi" for no in ("chua", "khong", "chua ai") for enough in ("du", "den", "toi"))
_STILL = frozenset(
    {"con nho tuoi", "hoc mam non", "hoc mau giao", "mau giao", "mam non", "hoc cap 1", "hoc tieu hoc"}
    | {"chua can lam can cuoc", "chua phai lam can cuoc", "chua thanh nien", "vi thanh nien"}
)
_SMALL = frozenset({"be", "nho", "be xiu", "nho xiu"})
_NO_MATTER = _SMALL | {"nen", "thoi", "len", "the", "vay", "lam", "qua", "xiu"}
_SEX = frozenset({"trai", "gai"})
_CHILD = frozenset({"chau", "be", "dua", "con", "nhoc", "tre", "nhi", "thang", "em", "chau gai", "chau trai"})
_PUPIL = 6  # classes, as in outcomes.py
_YOUNG = 12  # years
_REACH = 6
_MAY_BE_YOUNG = frozenset({Sort.NEVER, Sort.FILL})


def without_children(items: list[Item]) -> list[Item]:
    """The items where numbers of children who are too young count nothing; a new list where there are any."""
    told = items
    for k, item in enumerate(told):
        if without := _no_card_yet(items, k) if item.sort is Sort.OUTCOME else ():
            items = [_as_aside(i) if j in without else i for j, i in enumerate(items)]
        elif (item.sort in _MAY_BE_YOUNG and _too_young(item)) or _still_small(items, k):
            gone = _children(items, k) | _asides(items, k)
            if gone or item.sort is Sort.FILL or _of_kin(items, k):
                items = [_as_aside(i) if j in gone or j == k else i for j, i in enumerate(items)]
    return items if items is told else without_pupils(items)


def _no_card_yet(items: list[Item], k: int) -> set[int]:
    """`còn một cháu nhỏ chưa có căn cước`: the small child, and that it has no card."""
    if items[k].outcome is not Outcome.NO_CARD:
        return set()
    first = k - 1
    while first >= 0 and (items[first].plain in _SMALL | _SEX or (items[first].plain in _CHILD and first < k - 1)):
        first -= 1
    said = {word for item in items[max(first, 0) : k] for word in item.plain.split()}
    small = first >= 0 and _counts_children(items, first) and not _SMALL.isdisjoint(said)
    return set(range(first, k + 1)) if small else set()


def _still_small(items: list[Item], k: int) -> bool:
    """`2 cháu còn bé`, unmarked `2 chau con nho`, where `con bé` may be somebody, too."""
    item, before = items[k], k - 1
    still = item.sort is Sort.LEFT and k + 1 < len(items) and items[k + 1].plain in _SMALL
    if not still and not (item.kin and item.plain in ("con be", "con nho")):
        return False
    while before >= 0 and items[before].sort in (Sort.HOME, Sort.FILL) and not items[before].kin:
        before -= 1
    return before >= 0 and (_counts_children(items, before) or items[before].plain.endswith("dua"))


def _as_aside(item: Item) -> Item:
    sort = Sort.NEVER if item.sort in (Sort.NUMBER, Sort.NEVER) else Sort.FILL
    return replace(item, sort=sort, outcome=None, said=None, rule="too_young")


def _too_young(item: Item) -> bool:
    if item.sort is Sort.NEVER:
        first, *rest = item.plain.split()
        number = next((int(word) for word in (first, *rest) if word.isdecimal() and len(word) < 3), None)
        if number is None:
            return False
        age = "tuoi" in rest or "t" in rest
        return (age and number <= _YOUNG) or (first == "lop" and number <= _PUPIL)
    return item.sort is Sort.FILL and (item.plain in _STILL or item.plain.startswith(_AGES))


def _children(items: list[Item], k: int) -> set[int]:
    """Who is too young: the children right after it (`chưa đủ tuổi: 2 cháu`), or those before it."""
    after = next((j for j in range(k + 1, min(len(items), k + 3)) if items[j].sort is not Sort.COLON), k)
    if after > k and _counts_children(items, after):
        return {after}
    for j in range(k - 1, max(-1, k - 1 - _REACH), -1):
        item = items[j]
        if _counts_children(items, j):
            done = j > 0 and items[j - 1].sort is Sort.OUTCOME and items[k - 1].sort is Sort.BREAK
            if j and items[j - 1].sort is Sort.EXCEPT:
                return set()  # `5 người xong hết trừ 2 cháu chưa đủ tuổi`: three
            return set() if done else {j, *(i for i in range(j + 1, k) if items[i].sort is Sort.LEFT or items[i].kin)}
        if item.sort in (Sort.NUMBER, Sort.OUTCOME) or (item.sort is Sort.BREAK and (item.plain != "," or j < k - 1)):
            break
    return set()


def _of_kin(items: list[Item], k: int) -> bool:
    """`thằng út mới lớp 4`."""
    before = k - 1
    while before > 0 and items[before].plain in ("moi", "hoc", "dang", "con", "nay", "nam nay"):
        before -= 1
    return before >= 0 and items[before].sort is Sort.HOME and items[before].kin


def _counts_children(items: list[Item], j: int) -> bool:
    """`2 cháu`, `hai đứa nhỏ`, `1 người`; not `2 máy`."""
    item, rest = items[j], items[j].plain.split()[1:]
    if item.sort is not Sort.NUMBER or item.unit not in (Unit.PERSON, Unit.NONE, Unit.MEMBER, Unit.OTHER):
        return False
    named = items[j + 1].plain.split()[:1] if not rest and j + 1 < len(items) else rest
    return item.unit in (Unit.PERSON, Unit.MEMBER) or not _CHILD.isdisjoint(named)


def _asides(items: list[Item], k: int) -> set[int]:
    """`nên thôi` after it, and `học` before a class."""
    gone = set[int]()
    for j in range(k + 1, len(items)):
        if items[j].sort in (Sort.NUMBER, Sort.OUTCOME) or items[j].plain not in _NO_MATTER:
            break
        gone.add(j)
    for j in range(k - 1, max(-1, k - 4), -1):
        if items[j].plain not in ("hoc", "moi", "dang", "gai", "trai", "nho", "be", "con"):
            break
        if items[j].sort in (Sort.UNKNOWN, Sort.FILL, Sort.LEFT, Sort.UNIT):
            gone.add(j)
    return gone
