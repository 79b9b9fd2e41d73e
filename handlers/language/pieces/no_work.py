"""What sounds like work and is none: a guest who is not let go, what somebody fears, a bath first."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import words_of

_PASSED = words_of("em e minh toi tui bon tao to chung chau con")
_LEAVING = frozenset(
    {
        "viet",
        "ngu",
        "ngoi",
        "ve",
        "ra ve",
        "di ve",
        "nghi",
        "dung day",
        "tra tien",
        "tra",
        "ve som",
        "di",
        "ve ngay",
        "dung",
    }
)
_ENDS = frozenset({"dau", "luon", "nua", "a", "nhe", "nha", "hehe", "hihi", "co", "ca", "som", "ngay", "chua", "moi"})


def not_let_go(items: list[Item]) -> list[Item]:
    """`ông mời nước mãi không cho về`: what is refused is that the guest leaves, and no phone."""
    for k, item in enumerate(items):
        if item.outcome is Outcome.REFUSED and item.plain.endswith("khong cho") and _leaves(items[k + 1 :]):
            first = _clause_start(items, k)
            end = _fear_ends(items, k)
            return [replace(_aside(i), rule="not_let_go") if first <= j < end else i for j, i in enumerate(items)]
    return items


def _leaves(rest: list[Item]) -> bool:
    going = next((k for k, item in enumerate(rest) if item.plain not in _PASSED), len(rest))
    if going == len(rest) or rest[going].plain not in _LEAVING:
        return False
    after = rest[going + 1] if going + 1 < len(rest) else None
    return after is None or after.sort is Sort.BREAK or after.plain in _ENDS


FEARS = frozenset({"so", "so la", "vi so", "lo", "lo la", "so bi", "ngai", "cu so", "chi so"})
_FEARED = frozenset({Outcome.FAILED, Outcome.REFUSED})


def feared(items: list[Item]) -> list[Item]:
    """`bà không đồng ý, sợ hỏng điện thoại`: what is feared did not happen; `số lỗi 2` is a number."""
    for k in range(1, len(items)):
        item, before = items[k], items[k - 1]
        fears = before.plain in FEARS and before.sort in (Sort.FILL, Sort.UNKNOWN)
        counted = any(i.sort is Sort.NUMBER for i in items[k + 1 : k + 2]) or before.first == 0
        if fears and not counted and item.outcome in _FEARED and _told_why(items[: k - 1]):
            end = _fear_ends(items, k)
            return feared([replace(_aside(i), rule="feared") if k - 1 <= j < end else i for j, i in enumerate(items)])
    return items


_SMALL = frozenset({Sort.FILL, Sort.UNIT, Sort.LEFT, Sort.UNKNOWN, Sort.TOPIC, Sort.OUTCOME})


def _clause_start(items: list[Item], k: int) -> int:
    """Where the words begin that only lead to what is refused (`mời nước mãi không cho về`)."""
    while k and items[k - 1].sort in (Sort.UNKNOWN, Sort.FILL, Sort.BACK):
        k -= 1
    return k


def _fear_ends(items: list[Item], k: int) -> int:
    """Where what is feared ends: with the clause, where nothing else is told in it (`sợ hỏng điện thoại con cho`)."""
    end = next((j for j in range(k + 1, len(items)) if items[j].sort is Sort.BREAK), len(items))
    idle = all(i.sort in _SMALL and (i.sort is not Sort.OUTCOME or i.outcome in _FEARED) for i in items[k + 1 : end])
    return end if idle else k + 1


def _told_why(before: list[Item]) -> bool:
    """Whether something was told of somebody that the fear explains."""
    return any(item.outcome is not None and item.outcome is not Outcome.ACTIVATED for item in before)


_FIRST = frozenset({"duoc", "dc", "xong", "lam duoc", "cai duoc"})


def first_a_bath(items: list[Item]) -> list[Item]:
    """Unmarked `thoi em ve tam cai da`: a bath first, and no eight of anything."""
    for k, item in enumerate(items):
        if item.sort is not Sort.NUMBER or item.plain != "tam cai":
            continue
        rest = [after for after in items[k + 1 : k + 3] if after.sort is not Sort.BREAK]
        idle = not any(b.sort in (Sort.OUTCOME, Sort.HAMLET, Sort.HOME, Sort.ADDED, Sort.TOTAL) for b in items[:k])
        if idle and rest and rest[0].plain in ("da", "roi ngu", "roi"):
            return [replace(_aside(i), rule="first_a_bath") if i is item else i for i in items]
    return items


def _aside(item: Item) -> Item:
    return replace(item, sort=Sort.FILL, outcome=None, said=None, n=0)


DARK = frozenset({"toi om", "toi thui", "toi thoi"})
_WHO_IS_AWAY = frozenset({Sort.HOME, Sort.MANY, Sort.NUMBER})


def only_dark(items: list[Item]) -> list[Item]:
    """`đường tối om`, `tối thui luôn bot ơi`: a home that lies in the dark is away; where none is told, nobody is."""
    for k, item in enumerate(items):
        if item.sort is not Sort.OUTCOME or item.plain not in DARK:
            continue
        start = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1)
        if not any(i.sort in _WHO_IS_AWAY for i in items[start + 1 : k]):
            dark = replace(_aside(item), rule="only_dark")
            return only_dark([*items[:k], dark, *items[k + 1 :]])
    return items


DOGS = frozenset({"cho to", "cho du", "co cho du"})


def only_barks(items: list[Item]) -> list[Item]:
    """`chó to sủa ầm lên, chị con dâu ra mở cổng, được 3 máy`: nobody is away where work follows in the same home."""
    for k, item in enumerate(items):
        if item.outcome is Outcome.ABSENT and item.plain.startswith(tuple(DOGS)) and _let_in(items[k + 1 :]):
            barks = replace(_aside(item), rule="only_barks")
            return only_barks([*items[:k], barks, *items[k + 1 :]])
    return items


def _let_in(after: list[Item]) -> bool:
    """Phones told before another home is."""
    for item in after:
        if item.sort is Sort.HOME and not item.kin:
            return False
        if item.sort is Sort.NUMBER and item.unit is Unit.HOME:
            return False
        if item.sort is Sort.NUMBER and item.unit is Unit.PHONE:
            return True
    return False


_COLOURLESS = frozenset({Sort.FILL, Sort.UNKNOWN, Sort.NEVER})


def makes_me(items: list[Item]) -> list[Item]:
    """`chó sủa ầm lên làm em đứng ngoài 10 phút`: what somebody or something makes the writer do is no phone."""
    for k, item in enumerate(items[1:-2], start=1):
        if item.plain != "lam" or item.outcome is not Outcome.ACTIVATED or items[k + 1].plain not in _PASSED:
            continue
        end = next((j for j in range(k + 1, len(items)) if items[j].sort is Sort.BREAK), len(items))
        told = items[k + 1 : end]
        verb = len(told) > 1 and told[1].sort is Sort.UNKNOWN
        if verb and items[k - 1].sort is not Sort.BREAK and all(i.sort in _COLOURLESS for i in told):
            return makes_me([*items[:k], replace(_aside(item), rule="makes_me"), *items[k + 1 :]])
    return items


THINGS = frozenset({"thu", "cai", "cai nay", "cai do", "cai ay", "cai kia", "chuyen", "tro", "vu", "mon"})
_POINTS = frozenset({"nay", "ay", "do", "kia", "no", "nay no", "kieu", "linh tinh"})


def some_things(items: list[Item]) -> list[Item]:
    """`ông không chịu làm mấy thứ nớ mô`: things that somebody speaks of, and no number that is left out."""
    for k, item in enumerate(items[:-1]):
        if item.sort is not Sort.MANY or item.plain != "may" or items[k + 1].plain not in THINGS:
            continue
        points = " " in items[k + 1].plain or (k + 2 < len(items) and items[k + 2].plain in _POINTS)
        if points or items[k + 1].plain in ("thu", "tro", "mon"):
            aside = [replace(_aside(i), rule="some_things") for i in items[k : k + 2]]
            return some_things([*items[:k], *aside, *items[k + 2 :]])
    return items


TEN = frozenset({"muoi"})
_OF_MOSQUITOES = frozenset({"qua troi", "qua", "can", "dot", "nhieu", "bay", "kinh", "ghe", "vo ve", "ram ran"})


def mosquitoes(items: list[Item]) -> list[Item]:
    """Unmarked `troi oi muoi qua troi`, `nhieu muoi`: muỗi, and no ten."""
    for k, item in enumerate(items):
        if item.sort is not Sort.NUMBER or item.plain != "muoi" or item.unit is not Unit.NONE:
            continue
        after = items[k + 1].plain if k + 1 < len(items) else ""
        before = items[k - 1].plain if k else ""
        if after in _OF_MOSQUITOES or before in ("nhieu", "toan", "lam", "bi"):
            return mosquitoes([*items[:k], replace(_aside(item), rule="mosquitoes"), *items[k + 1 :]])
    return items


ASKING = frozenset({"hoi"})


def asks_at_home(items: list[Item]) -> list[Item]:
    """`chị bảo để hỏi chồng đã`: whom somebody wants to ask first is told nothing of."""
    for k, item in enumerate(items[:-1]):
        kin = items[k + 1].sort is Sort.HOME and items[k + 1].kin
        if item.plain in ASKING and item.sort in (Sort.FILL, Sort.NEED, Sort.UNKNOWN) and kin:
            aside = [replace(i, sort=Sort.FILL, kin=False, rule="asks_at_home") for i in items[k : k + 2]]
            return asks_at_home([*items[:k], *aside, *items[k + 2 :]])
    return items


SO_LEFT = frozenset({"nen"})
_TOO_YOUNG = frozenset({"be", "nho", "be qua", "nho qua", "chua du tuoi", "chua den tuoi", "chua du"})


def left_for_age(items: list[Item]) -> list[Item]:
    """`cháu nội bác cũng đòi cài cho cháu, mà cháu còn nhỏ quá nên thôi`: who is too young was not done."""
    for k in range(1, len(items) - 1):
        if items[k].plain != "nen" or items[k + 1].plain != "thoi":
            continue
        start = next((j for j in range(k - 1, -1, -1) if items[j].plain in (".", "\n", ";")), -1) + 1
        clause = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1) + 1
        young = any(i.plain in _TOO_YOUNG for i in items[clause:k])
        before = items[start:k]
        told = [i for i in before if i.sort is Sort.OUTCOME and i.outcome is Outcome.ACTIVATED]
        numbered = any(i.sort is Sort.NUMBER for i in before) or any(i.sort is Sort.HOME and not i.kin for i in before)
        if young and told and not numbered:
            seen = {id(i) for i in told}
            return [replace(_aside(i), rule="left_for_age") if id(i) in seen else i for i in items]
    return items


RIPE = frozenset({"chin"})
_FRUIT = frozenset("man mit xoai chuoi oi vai nhan lua buoi na hong dua du ngo".split())  # noqa: SIM905 - reads better


def ripe(items: list[Item]) -> list[Item]:
    """`mận chín đầy đồi`: ripe, and no nine."""
    for k in range(1, len(items)):
        if items[k].plain == "chin" and items[k].sort is Sort.NUMBER and items[k - 1].plain.split()[-1] in _FRUIT:
            return ripe([*items[:k], replace(_aside(items[k]), rule="ripe"), *items[k + 1 :]])
    return items


UNCOUNTED = frozenset({"khong tinh", "chua tinh", "dung tinh"})
_ME = frozenset({"em", "e", "minh", "toi", "tui", "tau", "t", "to", "ben em"})
_TOLD = frozenset({Sort.OUTCOME, Sort.NUMBER})


def not_counted(items: list[Item]) -> list[Item]:
    """`nhà cô Út hồi nãy Lan làm rồi, em không tính nghe`: whatever was told before is nobody's here."""
    for k in range(2, len(items)):
        said = items[k].plain in UNCOUNTED and items[k - 1].plain in _ME and items[k - 2].sort is Sort.BREAK
        end = next((j for j in range(k + 1, len(items)) if items[j].sort is not Sort.FILL), len(items))
        if not said or (end < len(items) and items[end].sort is not Sort.BREAK):
            continue
        start = next((j for j in range(k - 1, -1, -1) if items[j].plain in (".", "\n")), -1) + 1
        aside = [replace(_aside(i), rule="not_counted") if i.sort in _TOLD else i for i in items[start:k]]
        return [*items[:start], *aside, _aside(items[k]), *items[k + 1 :]]
    return items
