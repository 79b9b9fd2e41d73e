"""A sum beside what it sums up (`nhà bà Lan 2, nhà ông Tư 3, tổng 5 máy`): the same phones never count twice."""

from itertools import pairwise

from handlers.language.counts.tally import Count, Tally
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import FORMS


def settle_sums(tally: Tally) -> None:
    """Drops a sum that only restates the numbers beside it; one that differs from them is doubtful."""
    _after_arrow(tally)
    if len(tally.counts) < 2:
        return
    _within(tally)
    _recapped(tally)
    if len(tally.counts) < 2:
        return
    _of_hamlet(tally)
    _all_of_them(tally)
    _parts(tally)
    _inside(tally)
    done = [c for c in tally.counts if c.outcome is Outcome.ACTIVATED]
    if len(done) > 1:
        _restated(tally, done)
        _of_which(tally, done)
    _in_brackets(tally)


def _after_arrow(tally: Tally) -> None:
    """`Đã có: anh Tuất, chị Sen → 2`: how many the homes before it are; another number is no more of anything."""
    for before, clause in pairwise(tally.heard):
        stated = [c for c in tally.counts if c.clause is clause and c.outcome is Outcome.ACTIVATED and c.said is None]
        alone = all(item.sort in (Sort.NUMBER, Sort.FILL, Sort.UNIT) for item in clause.items)
        if before.ender not in _ARROWS or len(stated) != 1 or not alone:
            continue
        told = [c for c in tally.counts if c.clause.line == clause.line and _first(c) < _first(stated[0])]
        if not told:
            continue
        same = [c for c in told if c.outcome is told[-1].outcome]
        if stated[0].n in (sum(c.n for c in same), sum(c.n for c in told)):
            tally.apply("sum_after_arrow")
            tally.counts.remove(stated[0])
        else:
            tally.doubt("sum_differs", Why.TWO_MEANINGS, stated[0].pieces[0].item, told[-1].outcome)


_ARROWS = frozenset({"→", "=>", "⇒", "➡"})


def _within(tally: Tally) -> None:
    """`7 máy, trong đó 4 máy nhà chú Đạt` are seven; what else lies among them leaves open how many are done (29)."""
    within = (c.clause for c in tally.counts if c.clause.has(Sort.PARTLY))
    parts_of = (i for clause in within for i in clause.items if i.sort is Sort.PARTLY)
    mark = next((item for item in parts_of if item.plain.startswith("trong ") or item.rule == "of_the_sum"), None)
    if mark is None:
        return
    whole = [c for c in tally.counts if c.outcome is Outcome.ACTIVATED and _first(c) < mark.first]
    parts = [c for c in tally.counts if _first(c) > mark.first]
    if not whole or not parts:
        return
    if all(c.outcome is Outcome.ACTIVATED for c in parts) and sum(c.n for c in parts) <= whole[-1].n:
        tally.apply("within")
        tally.counts[:] = [c for c in tally.counts if not any(c is part for part in parts)]
    else:
        tally.doubt("lies_within", Why.TWO_MEANINGS, parts[0].pieces[0].item, Outcome.ACTIVATED)


_SO = frozenset({"vay", "the", "nhu vay", "nhu the", "vay la", "the la", "tinh ra", "vi chi", "z"})


def _recapped(tally: Tally) -> None:
    """`cài được 3 cho nhà cô Bích, còn ông chú chưa có cccd, vậy 3 máy 1 chưa có cccd`: of one home, all once more."""
    so = (one for one in reversed(tally.heard) if one.items and _begins_so(one.items[0]))
    last = next(so, None)
    if last is None:
        return
    again = [c for c in tally.counts if _first(c) > last.items[0].first]
    told = [c for c in tally.counts if c.clause.line == last.line and _first(c) < last.items[0].first]
    if not told or not again or any(_of_another(c) or _names_place(c) or not _by_number(c) for c in again):
        return
    if any(clause.has(Sort.ADDED, Sort.WHEN, Sort.TOTAL) for clause in tally.heard[tally.heard.index(last) :]):
        return
    before = {c.outcome: sum(one.n for one in told if one.outcome is c.outcome) for c in again}
    if all(c.n == before[c.outcome] for c in again):
        tally.apply("recapped")
        tally.counts[:] = [c for c in tally.counts if not any(c is one for one in again)]
        return
    if len({home.plain for c in told for home in c.homes if not home.kin and home.plain not in FORMS}) > 1:
        return
    if any(c.homes for c in again) or all(c.n <= before[c.outcome] for c in again):
        tally.apply("recapped")
        for c in again:
            c.homes = next((one.homes for one in told if one.homes), [])
        tally.counts[:] = [c for c in tally.counts if not (c.outcome in before and any(c is one for one in told))]


_THAT_HOME = frozenset({"nha ay", "nha do", "nha nay", "nha kia", "ho ay", "ho do"})


def _begins_so(item: Item) -> bool:
    return item.plain in _SO or item.sort is Sort.THUS


def _of_another(c: Count) -> bool:
    """Of a home that the summing up names; `vậy nhà ấy 2 máy` points to the one before."""
    return any(home.plain not in _THAT_HOME for home in c.homes)


def _by_number(c: Count) -> bool:
    return all(piece.reason is Reason.NUMBER for piece in c.pieces)


def _of_hamlet(tally: Tally) -> None:
    """`thôn 4 quên nhà anh Uyên 1 máy, vậy thôn 4 là 4 máy`: what its hamlet has by now, beside what is added (26)."""
    for c in tally.counts:
        items = c.clause.items
        number = c.pieces[0].item
        so = items[0].plain in _SO or items[0].sort in (Sort.THUS, Sort.TOTAL)
        if c.outcome is not Outcome.ACTIVATED or c.homes or not so or number not in items:
            continue
        named = [item for item in items[: items.index(number)] if item.sort is Sort.HAMLET]
        stated = any(item.plain in ("la", "duoc", "len", "thanh") for item in items[: items.index(number)])
        before = [one for one in tally.counts if one.outcome is c.outcome and _first(one) < items[0].first]
        if not named or not stated or not before:
            continue
        there = [one for one in before if one.place is not None and one.place.name == named[-1].name]
        if there and len(there) == len(before) and sum(one.n for one in there) <= c.n:
            tally.apply("sum_of_hamlet")
            tally.counts.remove(c)
            return


def _all_of_them(tally: Tally) -> None:
    """`nhà bác Khoa 2 máy, nhà chị Duyên 3 máy, tất cả 5 máy`, `hai vợ chồng với ba đứa con mần đủ 5`."""
    for last in tally.counts:
        number, items = last.pieces[0].item, last.clause.items
        at = next((k for k, item in enumerate(items) if item is number), 0)
        if last.outcome is not Outcome.ACTIVATED or not at or items[at - 1].sort is not Sort.ALL:
            continue
        before = [c for c in tally.counts if c.outcome is last.outcome and _first(c) < number.first]
        couple = before[-1] if before and all(p.reason is Reason.COUPLE for p in before[-1].pieces) else None
        if couple is not None and last.n > couple.n and all(home.kin for home in last.homes):
            tally.apply("all_of_home")
            last.homes = couple.homes
            tally.counts.remove(couple)
            return
        if len(before) > 1 and not last.homes and last.n == sum(c.n for c in before):
            tally.apply("all_of_them")
            tally.counts.remove(last)
            return


def _inside(tally: Tally) -> None:
    """`được 6 mà có 2 cái lỗi`, `4 máy nhưng 1 cái lỗi`: of them, or besides? (rule 29)"""
    for one, other in pairwise(tally.counts):
        if one.outcome is not Outcome.ACTIVATED or other.outcome is not Outcome.FAILED:
            continue
        if other.homes not in ([], one.homes):
            continue  # of somebody else
        if one.pieces[0].reason is not Reason.NUMBER or other.pieces[0].reason is not Reason.NUMBER or other.n >= one.n:
            continue
        between = [i for c in (one, other) for i in c.clause.items if _first(one) < i.first < _first(other)]
        said = [i.plain for i in between]
        of_them = any(a in ("ma", "nhung") and b == "co" for a, b in pairwise(said)) or "nhung" in said
        of_them = of_them or said[-1:] == ["ma"]  # `được 5 mà 2 cái lỗi`
        if of_them or one.clause.ender in ("nhung", "nhung ma", "nma"):
            tally.doubt("inside_or_beside", Why.TWO_MEANINGS, other.pieces[0].item, Outcome.ACTIVATED)


def _parts(tally: Tally) -> None:
    """`3 máy ở ấp Đoài, 1 oppo với 2 vivo`, `kh 4 (nhà Hồng 1, nhà Nga 3)`: parts that follow are the same phones."""
    done = [c for c in tally.counts if c.outcome is Outcome.ACTIVATED]
    for k, (whole, sum_after) in enumerate(zip(done, _sums_after(done), strict=True)):
        if whole.homes or sum_after != whole.n:
            continue
        rest = [c for c in done[k + 1 :] if c.clause.line == whole.clause.line and not c.clause.has(Sort.ADDED)]
        if len(rest) < 2 or any(c.said is not None for c in rest):
            continue
        if any(c.homes for c in rest) and any(_sums_up(i, Sort.WHEN) for i in whole.clause.items):
            continue
        if whole.pieces[0].reason is not Reason.NUMBER or len({id(c.place) for c in rest} | {id(whole.place)}) > 1:
            continue
        tally.apply("parts_of_sum")
        tally.counts[:] = [c for c in tally.counts if not any(c is part for part in rest)]
        return


def _sums_after(done: list[Count]) -> list[int]:
    """For each count, the sum of those that follow it in its line, without what is added."""
    sums: dict[int, int] = {}
    found = []
    for c in reversed(done):
        line = c.clause.line
        found.append(sums.get(line, 0))
        if not c.clause.has(Sort.ADDED):
            sums[line] = found[-1] + c.n
    return found[::-1]


def _restated(tally: Tally, done: list[Count]) -> None:
    sums = _sums(done, Sort.THUS) or _sums(done, Sort.TOTAL) or _sums(done, Sort.WHEN)
    details = [c for c in done if not any(c is one for one in sums)]
    if not sums or not details:
        return
    last = sums[-1]
    if last.n >= sum(c.n for c in details) and all(_implicit(c) for c in details if _first(c) < _first(last)):
        for c in details:
            if _first(c) < _first(last) and c.place is last.place:
                tally.counts.remove(c)  # `kích hoạt cho bà với hai cô con gái, vậy là 3 máy`
        if last.clause.has(Sort.THUS):
            return
        details = [c for c in details if c in tally.counts]
        if not details:
            return
    of_day = last.clause.has(Sort.THUS) and any(i.when is not None and i.when.has_day for i in last.clause.items)
    if last.n > sum(c.n for c in details) and (of_day or any(_adds(c) for c in details)):
        tally.counts.remove(last)  # `thêm 3 máy, tổng 8 máy`: compared, never added (rule 26)
        tally.apply("sum_beside_added")
        tally.sum_stated = last.n
        return
    said_so = last.clause.has(Sort.TOTAL, Sort.THUS) or not any(c.homes for c in details)
    if (
        len(sums) > 1
        or last.n != sum(c.n for c in details)
        or not said_so
        or any(c.clause.has(Sort.ADDED) for c in done)
    ):
        tally.doubt("sum_differs", Why.TWO_MEANINGS, last.pieces[0].item, Outcome.ACTIVATED)
        return
    tally.apply("sum_once")
    tally.counts.remove(last)
    loose = [c for c in tally.counts if _first(c) > _first(last) and c.place is last.place and not _names_place(c)]
    if loose and len({id(c.place) for c in tally.counts}) > 1:
        tally.doubt(
            "where_besides_sum", Why.HAMLET, loose[0].pieces[0].item
        )  # `xóm 4: 3, xóm 5: 2, tổng 5, vắng 1`: where?
    if None in tally.places and all(c.place is not None for c in tally.counts):
        tally.places.remove(None)


def _adds(c: Count) -> bool:
    return any(
        i.sort is Sort.ADDED
        and i.plain.split()[0] in ("them", "nua", "cong", "bo", "quen", "sot", "con", "dem", "thieu")
        for i in c.clause.items
    )


def _implicit(c: Count) -> bool:
    return all(piece.reason in (Reason.HOME, Reason.COUPLE) for piece in c.pieces)


def _sums(done: list[Count], word: Sort) -> list[Count]:
    """The first number of phones after `tổng` or a day word, of no home and no hamlet of its own."""
    found: dict[int, Count] = {}
    said = {id(c.clause): c.clause for c in done}
    words = {key: [i for i in clause.items if _sums_up(i, word)] for key, clause in said.items()}
    for c in done:
        after = words[id(c.clause)]
        if not after or c.homes or _names_place(c) or c.clause.has(Sort.ADDED):
            continue
        if id(c.clause) not in found or _first(found[id(c.clause)]) < after[-1].first < _first(c):
            found[id(c.clause)] = c
    return list(found.values())


def _sums_up(item: Item, word: Sort) -> bool:
    return item.sort is word and (word in (Sort.TOTAL, Sort.THUS) or (item.when is not None and item.when.has_day))


def _names_place(c: Count) -> bool:
    return c.place is not None and any(item is c.place for item in c.clause.items)


def _first(c: Count) -> int:
    return c.pieces[0].item.first


def _of_which(tally: Tally, done: list[Count]) -> None:
    """`4 máy nhưng mới được 3`: some were tried, and some done. Where all are told, what was tried is dropped."""
    clauses = list({id(c.clause): c.clause for c in done}.values())
    # `hai cụ thì cụ ông xong, cụ bà …`
    topics = {id(a) for clause in clauses for a, b in pairwise(clause.items) if b.plain == "thi"}
    only = {id(clause) for clause in clauses if any(item.plain == "moi xong" for item in clause.items)}
    numbered = [_numbered(c, only=id(c.clause) in only) for c in done]
    for i, tried in enumerate(done):
        item = tried.pieces[0].item
        if tried.said is not None or item.unit not in (Unit.PHONE, Unit.PERSON) or tried.clause.has(Sort.ADDED):
            continue
        topic = id(item) in topics
        less = [c for k, c in enumerate(done) if k > i and (topic or numbered[k]) and c.n < tried.n]
        if not less:
            continue
        later = [c for c in tally.counts if _first(c) > item.first and not _visit(c)]
        of_them = [c for c in later if c.scope == tried.scope or (topic and c.clause.line == tried.clause.line)]
        of_them = [c for c in of_them if topic or not _of_another_home(c, tried)]
        said = [c for c in less if c in of_them]
        if said and len(of_them) > 1 and sum(c.n for c in of_them) == tried.n:
            tally.counts.remove(tried)  # `4 máy 3 ok 1 lỗi`
            for c in of_them:
                c.homes = c.homes or tried.homes
            return
        if said and item.unit is Unit.PERSON and not item.whole:
            tally.counts.remove(tried)  # `nhà ông Thức đông, 7 người, làm được 6`: who lives there
            return
        if said:
            tally.doubt("some_of_them", Why.TWO_MEANINGS, said[0].pieces[0].item, Outcome.ACTIVATED)
            return


def _of_another_home(c: Count, tried: Count) -> bool:
    """`nhà dì Tèo 5 máy, 2 cụ dùng điện thoại phím, 3 máy ok nhà đầu ngõ`: none of the five."""
    return bool(c.homes) and c.homes != tried.homes and not any(home.kin and home.plain != "nha" for home in c.homes)


def _visit(c: Count) -> bool:
    return c.outcome is Outcome.REVISIT


def _numbered(c: Count, *, only: bool) -> bool:
    """`only`: of `cả 5 người mới xong 3`."""
    said = c.said is not None and not c.clause.has(Sort.ADDED)
    return (only or said) and c.pieces[0].reason is Reason.NUMBER


def _in_brackets(tally: Tally) -> None:
    """`8 máy (có 2 máy của bà Lan)`, `8 máy (2 máy lỗi)`: are they of the eight?"""
    if all(c.clause.ender != "(" for c in tally.counts):
        return
    phones = [c for c in tally.counts if c.outcome in (Outcome.ACTIVATED, Outcome.FAILED)]
    for one, other in pairwise(phones):
        if one.clause.ender == "(" and other.scope == one.scope and other.place is one.place:
            tally.doubt("in_brackets", Why.TWO_MEANINGS, other.pieces[0].item, Outcome.ACTIVATED)
