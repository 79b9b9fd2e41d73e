"""A sum beside what it sums up (`nhà bà Lan 2, nhà ông Tư 3, tổng 5 máy`): the same phones never count twice."""

from itertools import pairwise

from handlers.language.items import Item
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sorts import Sort, Unit
from handlers.language.tally import Count, Tally


def settle_sums(tally: Tally) -> None:
    """Drops a sum that only restates the numbers beside it; one that differs from them is doubtful."""
    if len(tally.counts) < 2:
        return
    done = [c for c in tally.counts if c.outcome is Outcome.ACTIVATED]
    if len(done) > 1:
        _restated(tally, done)
        _of_which(tally, done)
    _in_brackets(tally)


def _restated(tally: Tally, done: list[Count]) -> None:
    sums = _sums(done, Sort.TOTAL) or _sums(done, Sort.WHEN)
    details = [c for c in done if not any(c is one for one in sums)]
    if not sums or not details:
        return
    last = sums[-1]
    said_so = last.clause.has(Sort.TOTAL) or not any(c.homes for c in details)
    if (
        len(sums) > 1
        or last.n != sum(c.n for c in details)
        or not said_so
        or any(c.clause.has(Sort.ADDED) for c in done)
    ):
        tally.doubt(Why.TWO_MEANINGS, last.pieces[0].item, Outcome.ACTIVATED)
        return
    tally.counts.remove(last)
    loose = [c for c in tally.counts if _first(c) > _first(last) and c.place is last.place and not _names_place(c)]
    if loose and len({id(c.place) for c in tally.counts}) > 1:
        tally.doubt(Why.HAMLET, loose[0].pieces[0].item)  # `xóm 4: 3, xóm 5: 2, tổng 5, vắng 1`: where?
    if None in tally.places and all(c.place is not None for c in tally.counts):
        tally.places.remove(None)


def _sums(done: list[Count], word: Sort) -> list[Count]:
    """The first number of phones after `tổng` or a day word, of no home and no hamlet of its own."""
    found: dict[int, Count] = {}
    for c in done:
        after = [i for i in c.clause.items if _sums_up(i, word)]
        if not after or c.homes or _names_place(c) or c.clause.has(Sort.ADDED):
            continue
        if id(c.clause) not in found or _first(found[id(c.clause)]) < after[-1].first < _first(c):
            found[id(c.clause)] = c
    return list(found.values())


def _sums_up(item: Item, word: Sort) -> bool:
    return item.sort is word and (word is Sort.TOTAL or (item.when is not None and item.when.has_day))


def _names_place(c: Count) -> bool:
    return c.place is not None and any(item is c.place for item in c.clause.items)


def _first(c: Count) -> int:
    return c.pieces[0].item.first


def _of_which(tally: Tally, done: list[Count]) -> None:
    """`4 máy nhưng mới được 3`: some were tried, and some done. Where all are told, what was tried is dropped."""
    for i, tried in enumerate(done):
        item = tried.pieces[0].item
        if tried.said is not None or item.unit not in (Unit.PHONE, Unit.PERSON) or tried.clause.has(Sort.ADDED):
            continue
        topic = _is_topic(tried)
        later = [c for c in tally.counts if _first(c) > item.first and not _visit(c)]
        of_them = [c for c in later if c.scope == tried.scope or (topic and c.clause.line == tried.clause.line)]
        said = [c for c in done[i + 1 :] if c in of_them and (topic or _numbered(c)) and c.n < tried.n]
        if said and len(of_them) > 1 and sum(c.n for c in of_them) == tried.n:
            tally.counts.remove(tried)  # `4 máy 3 ok 1 lỗi`
            return
        if said:
            tally.doubt(Why.TWO_MEANINGS, said[0].pieces[0].item, Outcome.ACTIVATED)
            return


def _is_topic(c: Count) -> bool:
    """`hai cụ thì cụ ông xong, cụ bà …`."""
    return any(a is c.pieces[0].item and b.plain == "thi" for a, b in pairwise(c.clause.items))


def _visit(c: Count) -> bool:
    return c.outcome is Outcome.REVISIT


def _numbered(c: Count) -> bool:
    only = any(item.plain == "moi xong" for item in c.clause.items)  # `cả 5 người mới xong 3`
    said = c.said is not None and not c.clause.has(Sort.ADDED)
    return (only or said) and c.pieces[0].reason is Reason.NUMBER


def _in_brackets(tally: Tally) -> None:
    """`8 máy (có 2 máy của bà Lan)`, `8 máy (2 máy lỗi)`: are they of the eight?"""
    if all(c.clause.ender != "(" for c in tally.counts):
        return
    phones = [c for c in tally.counts if c.outcome in (Outcome.ACTIVATED, Outcome.FAILED)]
    for one, other in pairwise(phones):
        if one.clause.ender == "(" and other.scope == one.scope and other.place is one.place:
            tally.doubt(Why.TWO_MEANINGS, other.pieces[0].item, Outcome.ACTIVATED)
