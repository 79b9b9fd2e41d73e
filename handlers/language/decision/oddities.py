"""What in a clause makes its numbers doubtful, one kind of wording a function."""

from datetime import date
from itertools import pairwise

from handlers.language.reading import Outcome, Why
from handlers.language.sentences.clauses import Clause, sure_plan
from handlers.language.sentences.segments import two_places
from handlers.language.spelling.nearness import slip_of_hamlet
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import words_of

_NOT_YET = ("chua ", "khong ")
_SAYING = frozenset({"bao", "keu", "dan", "noi"})
_NEARBY = words_of("em e minh toi ta nay do kia ay nao la o thi")  # `xóm em`: no name


def idle_place(one: Clause, other: Clause) -> Item | None:
    """`xóm 4, xóm 5 được 3 máy`: whose are they?"""
    alone = one.ender in (",", "va", "voi") and all(item.sort in (Sort.HAMLET, Sort.FILL) for item in one.items)
    first = next((item for item in other.items if item.sort is not Sort.FILL), None)
    if not alone or first is None or first.sort is not Sort.HAMLET:
        return None
    return next((item for item in one.items if item.sort is Sort.HAMLET and two_places(item, first)), None)


def together(one: Clause, other: Clause) -> bool:
    """`em với Huy đi xóm 8 được 6 máy`: the work of two."""
    if one.ender not in ("voi", "va") or not any(item.plain in ("em", "minh", "toi") for item in one.items):
        return False
    strange = other.items[0].sort is Sort.UNKNOWN if other.items else False
    return strange and all(item.sort is Sort.FILL for item in one.items)


def reports_by_name(clause: Clause) -> bool:
    """`đ/c Mai báo cáo: xóm 8 3 máy`: her name, or tomorrow."""
    return clause.has(Sort.NUMBER) and any(
        item.plain in ("mai", "dinh") and following.plain in ("bao cao", "bc")
        for item, following in pairwise(clause.items)
    )


def insists(clause: Clause, *, last: bool) -> Item | None:
    """`em báo 4 máy mà`, `xóm 4 là 2 thôi`: what was said already, said again or put right."""
    after_all = last and (clause.ender == "ma" or clause.items[-1].plain == "ma")
    plain = [item.plain for item in clause.items]
    if not (after_all or ("la" in plain and "thoi" in plain)) or sums_up(clause):
        return None
    number = next((item for item in clause.items if item.sort is Sort.NUMBER), None)
    if number is None or after_all:
        return number
    place = clause.items.index(number)
    return number if "la" in plain[:place] and "thoi" in plain[place:] else None


def half_done(one: Clause, other: Clause) -> Item | None:
    """`làm 1 nhà, chưa xong`: was any phone of it activated?"""
    if not other.has(Sort.DOING) or not all(item.sort in (Sort.DOING, Sort.FILL) for item in other.items):
        return None
    if not any(item.sort is Sort.DOING and item.plain.startswith(_NOT_YET) for item in other.items):
        return None
    return next((item for item in one.items if item.sort is Sort.NUMBER and item.unit is Unit.HOME), None)


def each(clause: Clause) -> Item | None:
    """`xóm 4, xóm 5 đều 3 máy`: three each, or both together?"""
    for i, item in enumerate(clause.items):
        if item.sort is Sort.ALL and item.plain == "deu":
            after = [other for other in clause.items[i + 1 :] if other.outcome is not Outcome.ACTIVATED]
            return after[0] if after and after[0].sort is Sort.NUMBER else None
    return None


_SINCE = frozenset({"tu", "hoi", "tu hoi", "hoi dau", "tu dau", "tu dot", "tu cuoi"})


def long_time(clause: Clause) -> bool:
    """`3 ngày nay em được 30`, `đợt 1 được 40`: no one day; `đã có từ hồi tháng 3` tells since when."""
    return any(
        item.sort is Sort.NEVER
        and (item.plain.endswith((" ngay", " hom")) or item.plain.startswith(("dot ", "thang ", "quy ")))
        and not (before is not None and before.plain in _SINCE)
        for before, item in zip([None, *clause.items], clause.items, strict=False)
    )


def grown_to(clause: Clause) -> Item | None:
    """`thêm 3 máy thành 10 máy`, `lên 10 máy rồi`: the sum that was reached, in no correction."""
    if not clause.has(Sort.BUT_THIS):
        return None
    for item, following in pairwise(clause.items):
        if item.sort is Sort.BUT_THIS and item.plain in ("thanh", "len") and following.sort is Sort.NUMBER:
            return following
    return None


def place_or_count(clause: Clause) -> Item | None:
    """`đội 33 máy`: a hamlet, or 33 phones."""
    for item, following in pairwise(clause.items):
        if item.sort is Sort.HAMLET and item.number and following.sort is Sort.UNIT and following.unit is Unit.PHONE:
            return item
    return None


def tail_or_count(one: Clause, other: Clause | None) -> Item | None:
    """`Thôn Trung 2: bà Lan vắng`, `Thôn Trung 2` over a line of work: part of the hamlet's name, or two phones?"""
    for i, item in enumerate(one.items[:-1]):
        number = one.items[i + 1]
        if (
            item.sort is not Sort.HAMLET
            or item.number
            or number.sort is not Sort.NUMBER
            or number.unit is not Unit.NONE
        ):
            continue
        after = next((other for other in one.items[i + 2 :] if other.sort is not Sort.FILL), None)
        heads = after is None and one.ender == "\n" and other is not None and not other.has(Sort.HAMLET)
        if heads or (after is not None and after.sort in (Sort.COLON, Sort.HOME)):
            return number
    return None


def sums_up(clause: Clause) -> bool:
    """Whether it speaks of a whole day: `đội mình tối nay 33 máy`."""
    return clause.has(Sort.TOTAL) or any(item.when is not None and item.when.has_day for item in clause.items)


_OF_ANY = frozenset({"truong", "tung", "theo", "moi", "hang", "cuoi", "dau", "trong"})  # `trưởng thôn`, `cuối xóm`


def lost_hamlet(clause: Clause) -> bool:
    """`xóm` with a word after it that is no name we can make out."""
    if not clause.has(Sort.UNKNOWN):
        return False
    for before, item, following in zip([None, *clause.items], clause.items, [*clause.items[1:], None], strict=False):
        if item.sort is not Sort.UNKNOWN:
            continue
        told = following is not None and following.sort in (Sort.UNKNOWN, Sort.NUMBER)
        if told and slip_of_hamlet(item.plain) and not clause.has(Sort.HAMLET):
            return True  # `ton An Khê`, `lng Chanh`
        first = item is clause.items[0] and item.plain in ("pho", "ap", "ban", "buon")
        spoken = before is not None and before.plain in _OF_ANY
        if (first or item.plain in ("thon", "xom", "tdp", "kdc")) and not spoken:
            if following is None or following.sort in (Sort.BREAK, Sort.COLON, Sort.LINK):
                return False
            return following.plain not in _NEARBY and following.plain not in ("a", "roi", "nhe", "nha")
    return False


def half_understood(clause: Clause, today: date) -> bool:
    """A number in what looks like a plan, beside a correction or a word that we do not know."""
    if not clause.has(Sort.NUMBER):
        return False
    return clause.has(Sort.FIX) or (clause.has(Sort.UNKNOWN) and not sure_plan(clause, today))


def says_done(clause: Clause) -> bool:
    """A number said to be done (`được 5`) in a clause that looks like a plan."""
    if clause.has(Sort.LEFT):
        return False
    for one, other in zip(clause.items, clause.items[1:], strict=False):
        if one.sort is Sort.ADDED and one.plain.endswith("xong") and other.sort is Sort.NUMBER:
            return True  # `chờ otp mãi mới xong 2 máy`
        pair = (one, other) if one.sort is Sort.OUTCOME else (other, one)
        if pair[0].sort is Sort.OUTCOME and pair[1].sort is Sort.NUMBER and pair[1].unit is not Unit.HOME:
            return pair[0].plain not in ("lam", "cai", "kich hoat", "cai dat")
    return False


def resident_says_when(clause: Clause) -> bool:
    """`bà Lan bảo tối mai đến`: beside work it may be a promised visit."""
    if clause.has(Sort.HAMLET) or not any(item.plain in _SAYING for item in clause.items):
        return False
    home = next((item for item in clause.items if item.sort is Sort.HOME), None)
    time = any(item.when is not None and item.when.future for item in clause.items)
    if home is None:
        return time and any(item.sort is Sort.NUMBER and item.unit is Unit.HOME for item in clause.items)
    return time and not home.plain.startswith(("anh ", "chi ", "a ", "c ", "thay "))


def tells_of_weekday(clause: Clause) -> bool:
    """`thứ 6 em được 7 máy`, `…, hôm thứ 6`: work of a weekday that is past, though the next one is as near."""
    if not any(item.when is not None and item.when.weekday is not None for item in clause.items):
        return False
    if all(item.sort in (Sort.WHEN, Sort.FILL) for item in clause.items):
        return True
    told = clause.has(Sort.NUMBER) and not clause.has(Sort.LEFT, Sort.PLAN, Sort.NEED)
    phones = any(item.sort is Sort.NUMBER and item.unit is Unit.PHONE for item in clause.items)
    bare = phones and not clause.has(Sort.OUTCOME)
    return told and (bare or clause.has(Sort.ADDED, Sort.OTHERS, Sort.HOME) or says_done(clause))


def stranger(clause: Clause) -> Why | None:
    """A strange word right before the work: somebody else's (`Sơn được 5 máy`, `Nam 8`), or a mistyped day."""
    items = [item for item in clause.items if item.sort is not Sort.FILL]
    if clause.has(Sort.CARRY) or len(items) < 2 or items[0].sort is not Sort.UNKNOWN or not items[0].plain.isalpha():
        return None
    if items[1].first != items[0].last:
        return None
    work = items[1]
    if work.sort is Sort.ADDED:
        return Why.DAY
    if work.sort is Sort.OUTCOME and work.plain in (
        "duoc",
        "lam",
        "xong",
        "cai",
        "kich hoat",
        "kich hoat duoc",
        "cai duoc",
    ):
        return Why.TWO_MEANINGS
    return Why.TWO_MEANINGS if work.sort is Sort.NUMBER and work.unit in (Unit.NONE, Unit.PHONE) else None


def helped_by(clause: Clause) -> bool:
    """`em với bạn Khoa dìu cụ Hường`, `nhà cô Tư bán tạp hóa`: a friend who was there, or no friend at all."""
    first = next((item for item in clause.items if item.sort is not Sort.FILL), None)
    friends = [item for item in clause.items if item.sort is Sort.OTHERS]
    after_number = any(a.sort is Sort.NUMBER and b.sort is Sort.OTHERS for a, b in pairwise(clause.items))
    if after_number or any(item.plain != "ban" for item in friends):
        return False  # `2 bác bận`
    return clause.has(Sort.CARRY) or all(item is not first for item in friends)
