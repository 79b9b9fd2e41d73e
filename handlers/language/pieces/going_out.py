"""What a resident does instead: goes out (`đi đá banh`), or asks to be called on later (`kêu mai qua`)."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import words_of

SAYS = frozenset({"keu", "bao", "noi", "nhan", "xin", "dan", "bieu", "keu em", "bao em", "nhan em", "hen"})
_COMES = frozenset(
    {"qua", "toi", "ghe", "den", "sang", "vo", "vao", "lai", "ghe lai", "ghe qua", "vong lai", "tro lai"}
)
_ANOTHER_DAY = frozenset({"de mai", "de mot", "de bua khac", "de hom khac", "de hom sau", "de bua sau"})
_WORKS = frozenset({"lam", "cai", "kich hoat"})
_TO_ME = words_of("de em e minh tui toi con chau t hay moi lai nua thi quay co hang roi a nha nhe nghen")
_ASKS, _ME = frozenset({"keu", "xin", "dan", "keu em", "bao em", "nhan em"}), words_of("em e minh tui toi con t")
_ELSEWHERE = frozenset({Sort.GOAL, Sort.HAMLET, Sort.HOME, Sort.TOPIC, Sort.NUMBER, Sort.OUTCOME})


def asked_back(items: list[Item]) -> list[Item]:
    """`nhà anh Bốn đang nhậu, kêu mai qua`: whoever is told of promises a visit; a new list where there is one."""
    for k, item in enumerate(items):
        if item.plain in SAYS and item.sort is Sort.FILL and _of_somebody(items, k) and (at := _comes(items, k)):
            promise = replace(items[at], sort=Sort.OUTCOME, outcome=Outcome.REVISIT, rule="asked_back")
            told = [promise if i is items[at] else i for i in items]
            aside = (Sort.DOING, Sort.PLAN)
            return [replace(i, sort=Sort.FILL) if i.sort in aside and j < at else i for j, i in enumerate(told)]
    return items


def _of_somebody(items: list[Item], k: int) -> bool:
    """Whether a home is told of before it in its sentence, and nothing of its work."""
    for before in reversed(items[max(0, k - 8) : k]):
        if before.sort is Sort.HOME:
            return True
        if before.sort in (Sort.NUMBER, Sort.OUTCOME, Sort.NOT) or before.plain in (".", "\n", ";"):
            return False
    return False


def _comes(items: list[Item], k: int) -> int | None:
    """Where the verb of coming stands, after a day to come; None where somebody else goes, or elsewhere."""
    rest = [item.plain for item in items[k + 1 : k + 3]]
    if items[k].plain in _ASKS and rest and rest[0] in _ANOTHER_DAY and rest[-1] in _WORKS | _COMES:
        return k + 2  # `xin để mai làm`
    day = next((j for j in range(k + 1, min(k + 4, len(items))) if items[j].when is not None), None)
    when = items[day].when if day is not None else None
    if day is None or when is None or not (when.future or when.part) or not _small(items[k + 1 : day]):
        return None
    j = day + 1
    while (
        j < len(items)
        and (items[j].when is not None or items[j].plain in _TO_ME)
        and items[j].plain not in _COMES | _WORKS
    ):
        j += 1
    works = items[k].plain in _ASKS and j < len(items) and items[j].plain in _WORKS  # `xin để mai làm`
    if j >= len(items) or not (works or items[j].plain in _COMES):
        return None
    after = next((i for i in items[j + 1 : j + 3] if i.sort is not Sort.FILL), None)
    asks = items[k].plain in _ASKS or any(
        i.plain in _ME and i.when is None for i in items[k + 1 : j]
    )  # `bảo tối mai đến`: who comes?
    return j if asks and (after is None or after.sort not in _ELSEWHERE) else None


def _small(between: list[Item]) -> bool:
    return all(i.plain in _TO_ME for i in between)


_FETCHES = words_of(
    """lay tim muon hoi ra vao vo cung voi theo lai cham nhanh xe roi ve luon dau kiem goi keu mo rua tam thay den
    qua sang toi cai lam noi duoc nua hen dt may ve sinh thi ma xuong len mua nap sac"""
)
_AT = frozenset({Sort.FILL, Sort.UNKNOWN, Sort.ALL, Sort.UNIT})


def went_there(items: list[Item]) -> list[Item]:
    """Unmarked `nha co Anh khoa cua di Ha Noi tham con`: where they went, and no aunt called so."""
    for k in range(1, len(items)):
        item = items[k]
        going = item.sort is Sort.HOME and item.name.startswith("di ") and items[k - 1].last == item.first
        if not going or items[k - 1].outcome is not Outcome.ABSENT:
            continue
        rest = items[k + 1 :]
        end = next((j for j, i in enumerate(rest) if i.sort is Sort.BREAK), len(rest))
        if all(i.sort in _AT or i.sort is Sort.LEFT or i.outcome is Outcome.ABSENT for i in rest[:end]):
            told = [replace(i, sort=Sort.FILL, outcome=None, rule="went_there") for i in (item, *rest[:end])]
            return went_there([*items[:k], *told, *rest[end:]])
    return items


def gone_out(items: list[Item]) -> list[Item]:
    """`nhà dì Ba đi ăn đám cưới hết trơn`: all that is told of a home is where its people went."""
    for k, item in enumerate(items[:-1]):
        after = items[k + 1 :]
        linked = 1 if after[0].plain in ("thi", "deu", "dang", "cung", "con") and len(after) > 2 else 0
        if item.sort is not Sort.HOME or after[linked].plain != "di" or after[linked].sort is not Sort.FILL:
            continue
        end = next((j for j, i in enumerate(after) if i.sort is Sort.BREAK), len(after))
        where = after[linked + 1 : end]
        begins = k == 0 or items[k - 1].sort in (Sort.BREAK, Sort.HAMLET, Sort.COLON, Sort.FILL)
        if not begins or not where or not where[0].plain.isalpha() or where[0].plain in _FETCHES:
            continue
        if any(i.sort not in _AT or i.plain in ("ve", "xong") for i in where):
            continue
        away = replace(after[linked], sort=Sort.OUTCOME, outcome=Outcome.ABSENT, rule="gone_out")
        rest = {id(i) for i in where}
        told = [away if i is after[linked] else i for i in items]
        return [replace(i, sort=Sort.FILL) if id(i) in rest else i for i in told]
    return items


_JUST = frozenset({"moi", "vua", "da", "moi vua"})


def back_again(items: list[Item]) -> list[Item]:
    """`ôn Thí đi đám giỗ mới về, làm được 1 máy`: who was out and is back, of whom work is told."""
    for k, item in enumerate(items):
        if item.outcome is not Outcome.ABSENT or not item.plain.startswith("di ") or item.plain.endswith("ve"):
            continue
        home = next((j for j in range(k + 1, min(k + 5, len(items))) if items[j].plain == "ve"), None)
        between = items[k + 1 : home] if home is not None else []
        if home is None or any(i.sort not in (Sort.FILL, Sort.UNIT) or i.plain == "chua" for i in between):
            continue
        is_back = any(i.plain in _JUST for i in between) or any(i.plain == "roi" for i in items[home + 1 : home + 2])
        done = any(i.outcome is Outcome.ACTIVATED for i in items[home:])
        if is_back and done:
            was = replace(item, sort=Sort.FILL, outcome=None, said=None, rule="back_again")
            return back_again([*items[:k], was, *items[k + 1 :]])
    return items


EARLIER = frozenset({"luc nay", "hoi nay", "ban nay", "khi nay", "vua nay", "nay"})
_WHOLE = frozenset({Unit.HOME, Unit.NONE})


def was_away(items: list[Item]) -> list[Item]:
    """`1 nhà vắng nãy về r, được 2 máy`, `số 9 lúc nãy vắng giờ có người rồi, 2 máy`: what is told of before."""
    for k, item in enumerate(items):
        if item.outcome is not Outcome.ABSENT:
            continue
        start = next((j for j in range(k - 1, -1, -1) if items[j].sort is Sort.BREAK), -1) + 1
        end = next((j for j in range(k + 1, len(items)) if items[j].sort is Sort.BREAK), len(items))
        earlier = any(i.plain in EARLIER for i in items[start:end])
        homes = [i for i in items[start:] if i.sort is Sort.HOME and not i.kin]
        done = any(i.outcome is Outcome.ACTIVATED or i.unit is Unit.PHONE for i in items[end:] if i.sort in _TOLD)
        if not earlier or not done or len(homes) > 1 or any(i.plain in _STAYED for i in items[start:end]):
            continue
        one = k > start and items[k - 1].sort is Sort.NUMBER and items[k - 1].unit in _WHOLE and items[k - 1].n == 1
        first = k - one
        aside = [
            replace(i, sort=Sort.FILL, outcome=None, said=None, n=0, rule="was_away") for i in items[first : k + 1]
        ]
        return was_away([*items[:first], *aside, *items[k + 1 :]])
    return items


_TOLD = frozenset({Sort.OUTCOME, Sort.NUMBER})
_STAYED = frozenset({"van", "chua"})
