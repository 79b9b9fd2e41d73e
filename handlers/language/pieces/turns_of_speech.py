"""Turns of speech that tell of a report and not of work: a cry that takes back, what was got back, a word said anew."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_CRIES = frozenset({"ua", "o", "y", "i", "u", "ui", "oi", "e", "chet", "khoan", "ay", "khoan da", "ua chet"})


def startled(items: list[Item]) -> list[Item]:
    """`kích hoạt 2, ủa không, 3`: a cry, then `không` and nothing more, is a slip of the tongue; a new list then."""
    for k in range(len(items) - 2):
        cry, no, after = items[k : k + 3]
        alone = cry.plain in _CRIES and cry.sort in (Sort.FILL, Sort.UNKNOWN, Sort.ASK)
        begins = k > 0 and items[k - 1].sort in (Sort.BREAK, Sort.FILL)
        if alone and begins and after.sort in (Sort.BREAK, Sort.NUMBER) and no.sort is Sort.NOT and no.plain == "khong":
            said = replace(cry, sort=Sort.FIX, plain="a khong", last=no.last, end=no.end)
            return startled([*items[:k], said, *items[k + 2 :]])
    return items


_TAKES_BACK = frozenset(
    {"a khong", "a khong phai", "ay khong", "a nham", "nham", "y nham", "ay nham", "chet nham", "lon"}
)
SLIPS = _TAKES_BACK | {"khong"}


def unsaid(items: list[Item]) -> list[Item]:
    """`nhà bà Vượng vắng, à không, bà ở sau vườn, được 1 máy`: what is taken back in the same breath never was."""
    for k, item in enumerate(items):
        if item.sort is not Sort.OUTCOME or item.outcome in (None, Outcome.ACTIVATED):
            continue
        at = k + 1
        while at < len(items) and (items[at].sort in (Sort.FILL, Sort.BREAK) or _one(items[at])):
            at += 1
        end = at + _slip(items, at)
        if end > at and _told_instead(item, items[end:]):
            aside = [i if i.sort is Sort.BREAK else _passed_over(i) for i in items[k:end]]
            return unsaid([*items[:k], *aside, *items[end:]])
    return items


def _passed_over(item: Item) -> Item:
    return replace(item, sort=Sort.FILL, outcome=None, said=None, n=0, rule="unsaid")


def _one(item: Item) -> bool:
    """`vắng 1`."""
    return item.sort is Sort.NUMBER and item.n == 1 and item.unit in (Unit.NONE, Unit.HOME, Unit.PERSON)


def _slip(items: list[Item], at: int) -> int:
    """How many items are the word that takes back: `à không`, or a cry and `không`."""
    if at < len(items) and items[at].sort is Sort.FIX and items[at].plain in _TAKES_BACK:
        return 1
    cry = at + 1 < len(items) and items[at].plain in _CRIES and items[at].sort in (Sort.FILL, Sort.UNKNOWN, Sort.ASK)
    return 2 if cry and items[at + 1].sort is Sort.NOT and items[at + 1].plain == "khong" else 0


def _told_instead(former: Item, after: list[Item]) -> bool:
    """Another outcome, or phones, of the same home."""
    for item in after:
        if item.sort is Sort.HOME and not item.kin:
            return False
        if item.sort is Sort.OUTCOME and item.outcome is not None:
            return item.outcome is not former.outcome
        if item.sort is Sort.NUMBER:
            return item.unit is Unit.PHONE
    return False


_THINGS = frozenset(
    {"mat khau", "sim", "mk", "pass", "ma", "otp", "ma otp", "can cuoc", "cccd", "mang", "wifi", "icloud", "tai khoan"}
)


def got_back(items: list[Item], k: int) -> Item:
    """`lấy lại được mật khẩu rồi`, `mượn được sim`: got is the thing, and no phone is done by it."""
    item, before = items[k], [i for i in items[max(0, k - 3) : k] if i.sort is not Sort.FILL]
    after = next((i for i in items[k + 1 : k + 3] if i.sort is not Sort.FILL), None)
    if item.plain != "duoc" or item.outcome is not Outcome.ACTIVATED or after is None or after.plain not in _THINGS:
        return item
    verb = before[-1] if before else None
    gets = verb is not None and verb.sort in (Sort.UNKNOWN, Sort.TALK) and verb.plain.isalpha()
    return replace(item, sort=Sort.FILL, outcome=None, said=None, rule="got_back") if gets else item


_PARTS = frozenset({"tinh ca", "ke ca", "gom ca", "bao gom", "gom", "du", "thua", "thua ra", "du ra", "lech", "hon"})
_UNTOLD = ("quen", "sot", "chua bao", "chua ghi", "chua nhan", "chua gui", "chua ke", "thieu", "bao sot", "lo quen")


def of_the_sum(items: list[Item], k: int) -> Item:
    """`tổng 15 máy tính cả 1 máy chưa báo`: the forgotten ones are among the sum, and no more than it."""
    item, before, after = items[k], items[:k], [i for i in items[k + 1 : k + 4] if i.sort is not Sort.FILL]
    sums = any(i.sort is Sort.TOTAL or (i.when is not None and i.when.has_day) for i in before)
    part = bool(after) and after[0].sort is Sort.NUMBER and item.plain in _PARTS
    untold = any(i.plain.startswith(_UNTOLD) for i in items[k + 1 :])
    if sums and part and untold and any(i.sort is Sort.NUMBER and i.n >= after[0].n for i in before):
        return replace(item, rule="of_the_sum")
    return item


_NOT_REPORTED = frozenset({"chua bao", "chua ghi", "chua nhan", "chua gui", "chua khai", "chua bao cao", "chua nhap"})


def not_reported(items: list[Item], k: int) -> Item:
    """`lúc đầu em làm 1 máy chưa báo`: done, and only not told before."""
    item, before = items[k], next((i for i in reversed(items[:k]) if i.sort is not Sort.FILL), None)
    phones = before is not None and before.sort is Sort.NUMBER and before.unit in (Unit.PHONE, Unit.NONE)
    if item.plain in _NOT_REPORTED and phones:
        return replace(item, sort=Sort.ADDED, outcome=None, rule="not_reported")
    return item


AT_ALL = frozenset({"chi ca", "chi", "gi"})


def nothing_at_all(items: list[Item]) -> list[Item]:
    """`mụ nỏ có điện thoại chi cả`, `không có căn cước gì hết`: none at all; no eldest sister, and no question."""
    for k in range(1, len(items)):
        item, before = items[k], items[k - 1]
        if (
            item.plain not in AT_ALL
            or item.rule
            or before.outcome is None
            or not before.plain.startswith(("khong", "chua"))
        ):
            continue
        she = item.sort is Sort.HOME and not item.name.lower().startswith("chị")
        two = item.plain != "chi ca" and k + 1 < len(items) and items[k + 1].plain in ("ca", "het", "dau")
        end = k + 1 + two
        if (she or two) and (end == len(items) or items[end].sort in (Sort.BREAK, Sort.FILL)):
            said = [replace(i, sort=Sort.FILL, kin=False, rule="nothing_at_all") for i in items[k:end]]
            return nothing_at_all([*items[:k], *said, *items[end:]])
    return items


GIVING = frozenset({"cho", "cho em", "tang", "bieu", "dui", "moi", "dai", "khao"})
_ME = frozenset({"em", "tui em", "tui minh", "bon em", "bon minh", "chung em", "minh", "tui", "toi", "ca nhom", "han"})
_GIVEN = frozenset({Sort.FILL, Sort.UNKNOWN})


def given(items: list[Item]) -> list[Item]:
    """`chị chủ quán tặng tụi em 4 chai nước`: what was given to the sender is nothing that was done."""
    for k, item in enumerate(items[:-1]):
        if item.plain not in GIVING or item.sort not in _GIVEN or not any(i.sort is Sort.HOME for i in items[:k]):
            continue
        at = k + 1
        while at < len(items) and (items[at].plain in _ME or items[at].plain in GIVING):
            at += 1
        me = any(i.plain in _ME or i.plain == "cho em" for i in items[k:at])
        thing = at < len(items) and items[at].sort is Sort.NUMBER and _is_thing(items, at)
        if me and thing:
            gift = [replace(i, sort=Sort.FILL) for i in items[k:at]]
            return given([*items[:k], *gift, replace(items[at], sort=Sort.NEVER, rule="given"), *items[at + 1 :]])
    return items


def _is_thing(items: list[Item], at: int) -> bool:
    """`4 chai nước`; unmarked `3 qua oi` (quả)."""
    fruit = items[at].unit is Unit.NONE and at + 2 < len(items) and items[at + 1].plain in ("qua", "trai")
    return items[at].unit is Unit.OTHER or fruit


_WHY = frozenset({"vi", "do", "tai", "boi", "boi vi", "vi no", "tai vi"})


def hindered(items: list[Item], k: int) -> Item:
    """`thằng cháu chưa xong vì nó quên mật khẩu`: not under way, but told with its cause."""
    item = items[k]
    after = items[k + 1 : k + 5]
    why = bool(after) and after[0].plain in _WHY
    if item.plain.split()[0] not in ("chua", "khong") or not why:
        return item
    cause = next((i for i in after[1:] if i.sort in (Sort.OUTCOME, Sort.BREAK, Sort.NUMBER)), None)
    failed = cause is not None and cause.outcome in (Outcome.FAILED, Outcome.NO_CARD)
    return replace(item, sort=Sort.FILL, rule="hindered") if failed else item


def said_anew(items: list[Item]) -> list[Item]:
    """`nói lại nhà ông Kiên chỉ 2 máy`: at the very beginning it puts right what was told; a new list then."""
    told = [
        i for i in items[:3] if i.sort is not Sort.FILL or i.plain not in ("da", "oi", "bot", "em", "e", "a", "thoi")
    ]
    two = [i.plain for i in told[:2]] == ["noi", "lai"] and all(i.sort is Sort.FILL for i in told[:2])
    if not two or not any(i.sort is Sort.NUMBER for i in items) or not any(i.sort is Sort.HOME for i in items):
        return items
    fix = replace(told[0], sort=Sort.FIX, plain="noi lai", last=told[1].last, end=told[1].end, rule="said_anew")
    return [fix if i is told[0] else i for i in items if i is not told[1]]
