"""What is told twice of one person or home: in words, then by a number, or the other way about (rules 22, 24, 29)."""

from handlers.language.clauses import Clause
from handlers.language.items import Item
from handlers.language.reading import Outcome, Reason
from handlers.language.relatives import TITLES
from handlers.language.sorts import Sort, Unit
from handlers.language.tally import Count, Tally

_NEAR = 14  # words


_SOMEBODY = TITLES | {"anh", "chi"}


def number_of_lone(tally: Tally, clause: Clause, outcome: Outcome, number: Item) -> None:
    """`gõ cửa mãi không ai ra, v1`: the number tells what the words before it told of nobody named."""
    again = clause.has(Sort.THUS) or any(i.plain in ("tinh", "ghi") for i in clause.items)
    for c in reversed(tally.counts):
        if c.clause.line != clause.line:
            return
        lone = c.outcome is outcome and all(p.reason in (Reason.HOME, Reason.VISIT) for p in c.pieces)
        if lone and c.clause.line == clause.line and (not c.homes or (again and number.n == c.n)):
            tally.counts.remove(c)
            return


_TURNS = frozenset(
    {"sau", "cuoi cung", "roi", "lat sau", "giai thich", "lai", "moi", "hoa", "rot cuoc", "sau khi", "sau do", "dong y"}
)


_UNTIL_DONE = frozenset({Outcome.REFUSED, Outcome.ABSENT, Outcome.FAILED})


def turned(tally: Tally, clause: Clause, number: Item) -> None:
    """`lúc đầu từ chối, sau khi nghe giải thích thì đã cho kích hoạt 1 máy`: the last word holds (rule 29)."""
    if number.n != 1 or len(tally.homes) > 1 or not any(i.plain in _TURNS for i in clause.items):
        return
    theirs = [c for c in tally.counts if c.homes == tally.homes and c.clause.line == clause.line]
    if len(theirs) != 1 or theirs[0].outcome not in _UNTIL_DONE or theirs[0].n != 1:
        return
    if all(p.reason is Reason.HOME for p in theirs[0].pieces):
        tally.apply("last_word_of_person")
        tally.counts.remove(theirs[0])


def told_in_full(tally: Tally, number: Item) -> None:
    """`o Sáng thì đồng ý, 1 máy`, `nhà bà Lan xong, 2 máy`: the number tells what the words before it told."""
    told = [c for c in tally.counts if c.scope == tally.scope and c.outcome is Outcome.ACTIVATED]
    implicit = (Reason.HOME, Reason.COUPLE)
    theirs = bool(told) and (
        told[0].homes == tally.homes or told[0].homes[-len(tally.homes) or len(told[0].homes) :] == tally.homes
    )
    if len(told) != 1 or not theirs or not all(p.reason in implicit for p in told[0].pieces):
        return
    if number.n >= told[0].n and number.unit in (Unit.PHONE, Unit.NONE):
        tally.apply("told_in_full")
        tally.counts.remove(told[0])


def told_of_them(tally: Tally, *, everybody: bool) -> bool:
    """`bác Lượng quên mật khẩu …, cuối cùng kích hoạt xong`: what is done is done for the one person spoken of."""
    if len(tally.homes) != 1 or everybody or tally.size is not None:
        return False
    theirs = [c for c in tally.counts if c.homes == tally.homes]
    return all(piece.reason in (Reason.HOME, Reason.VISIT) for c in theirs for piece in c.pieces)


def follows(c: Count, item: Item) -> bool:
    """One of a single home that was told right before: no number stood with it."""
    return c.n == 1 and all(p.reason is Reason.HOME for p in c.pieces) and item.first - c.pieces[-1].item.last < _NEAR


def speaks_of_one(clause: Clause, item: Item) -> bool:
    """`nhà cụ Tám được 2 máy, cụ thì không có smartphone`: one of them is spoken of."""
    return any(i.sort is Sort.FILL and i.first < item.first and i.plain.split()[0] in _SOMEBODY for i in clause.items)
