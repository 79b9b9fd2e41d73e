"""What is told twice of one person or home: in words, then by a number, or the other way about (rules 22, 24, 29)."""

from itertools import islice

from handlers.language.counts.tally import Count, Piece, Tally, is_implied
from handlers.language.people.relatives import TITLES, same_person
from handlers.language.reading import Outcome, Reason, Why
from handlers.language.sentences.clauses import Clause
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_NEAR = 14  # words


_SOMEBODY = TITLES | {"anh", "chi"}


def number_of_lone(tally: Tally, clause: Clause, outcome: Outcome, number: Item) -> None:
    """`gõ cửa mãi không ai ra, v1`: the number tells what the words before it told of nobody named."""
    for c in reversed(tally.implied):
        if c.clause.line != clause.line:
            return
        if c.outcome is not outcome or c not in tally.counts or not is_implied(c):
            continue
        if outcome is Outcome.REFUSED and number.unit is Unit.PHONE and c.homes == tally.homes:
            tally.counts.remove(c)  # `chú Ngọc đổi ý, bắt em gỡ ra 1 máy`
            return
        if _is_why_it_failed(tally, clause, c, number):
            tally.counts.remove(c)
            return
        if not c.homes or (number.n == c.n and _said_again(clause)):
            if number.n != c.n:
                tally.doubt("lone_then_number", Why.TWO_MEANINGS, number, outcome)  # the same, or more of them?
            tally.counts.remove(c)
            return


def _is_why_it_failed(tally: Tally, clause: Clause, c: Count, number: Item) -> bool:
    """`nhà chị Mỷ mạng chậm, 1 máy chưa kích hoạt được`: how many it was that failed for it."""
    weak = c.pieces[0].reason is Reason.HOME and c.clause.items[-1].plain.startswith("mang ")
    more = clause.has(Sort.ADDED, Sort.HOME) or number.unit is not Unit.PHONE
    return c.outcome is Outcome.FAILED and weak and not more and c.homes == tally.homes and c.clause is not clause


def _said_again(clause: Clause) -> bool:
    return clause.has(Sort.THUS) or any(i.plain in ("tinh", "ghi") for i in clause.items)


_TURNS = frozenset(
    {"sau", "cuoi cung", "roi", "lat sau", "giai thich", "lai", "moi", "hoa", "rot cuoc", "sau khi", "sau do", "dong y"}
)


_UNTIL_DONE = frozenset({Outcome.REFUSED, Outcome.ABSENT, Outcome.FAILED})


_EARLIER = frozenset(
    {"luc nay", "hoi nay", "ban nay", "khi nay", "vua nay", "hoi chieu", "luc chieu", "luc dau", "ban dau", "dau tien"}
)


def _only_homes(c: Count) -> bool:
    return all(piece.reason is Reason.HOME for piece in c.pieces)


def turned(tally: Tally, clause: Clause, number: Item) -> list[Item]:
    """`lúc đầu từ chối, sau khi nghe giải thích thì đã cho kích hoạt 1 máy`: the last word holds (rule 29).

    Whose it is.
    """
    of_them = (c for c in tally.counts if c.homes == tally.homes and c.clause.line == clause.line)
    theirs = list(islice(of_them, 2))
    if len(theirs) != 1 or theirs[0].outcome not in _UNTIL_DONE:
        return []
    only = theirs[0]
    if _is_over(only, number, clause, several=len(tally.homes) > 1) or _comes_round(tally, only):
        tally.apply("last_word_of_person")
        tally.counts.remove(only)
        return only.homes
    return []


def _is_over(c: Count, number: Item, clause: Clause, *, several: bool) -> bool:
    """Whether a number of phones that were done ends what was said of one home, or of `several`, before it."""
    words = [item.plain for item in c.clause.items]
    if c.n == 1 and not _EARLIER.isdisjoint(words) and _only_homes(c):
        return True  # `anh Dũng lúc nãy khóa cổng, giờ về rồi, làm được 2 máy`
    if several:
        return False
    if c.outcome is Outcome.REFUSED and any(word.startswith("doi y") for word in words):
        return True  # `nhà anh Quyết đổi ý rồi, làm được 2 máy`
    turned = number.n == c.n == 1 and any(item.plain in _TURNS for item in clause.items)
    return turned and _only_homes(c)


_AGREES = {
    Outcome.REFUSED: frozenset(
        {"chiu", "dong y", "ung", "ung roi", "gat dau", "nghe ra", "xuoi", "doi y", "bang long"}
    ),
    Outcome.ABSENT: frozenset({"ve", "ve nha", "mo cua", "ra mo cua", "ra mo cong", "o nha", "ve toi"}),
}


def _comes_round(tally: Tally, c: Count) -> bool:
    """`bà Sửu không chịu, à thôi bà chịu rồi, …`: a clause between the two takes back what was said of that person."""
    agrees = _AGREES.get(c.outcome, frozenset())
    if c.n != 1 or len(tally.homes) != 1 or not _only_homes(c):
        return False
    for clause in tally.heard[tally.heard.index(c.clause) + 1 :]:
        told = [i for i in clause.items if i.plain in _SOMEBODY and not (i.plain == "co" and i.sort is Sort.FILL)]
        of_others = any(not same_person(tally.homes, i.plain) for i in told)  # `à mà có về rồi` is of nobody else
        if not of_others and not clause.has(Sort.NOT, Sort.HOME) and any(i.plain in agrees for i in clause.items):
            for item in clause.items:
                if item.sort in (Sort.FILL, Sort.UNKNOWN, Sort.ASK, Sort.UNIT):
                    item.sort, item.rule = Sort.FILL, "comes_round"
            return True
    return False


_UNDOES = ("bat go", "doi go", "go ra", "bat xoa", "doi xoa", "xoa di", "go di", "go luon", "go mat")


def undone_by_kin(tally: Tally, item: Item, homes: list[Item]) -> list[Item]:
    """`cài cho ông Khang xong thì bà vợ bắt gỡ ra`: whose phone it was, of which nothing is left (rule 29)."""
    last = tally.counts[-1] if tally.counts else None
    if last is None or not item.plain.startswith(_UNDOES) or not all(home.kin for home in homes):
        return []
    if last.outcome is not Outcome.ACTIVATED or last.n != 1 or len(last.homes) != 1:
        return []
    tally.apply("last_word_of_person")
    tally.counts.remove(last)
    return last.homes


_PEOPLE = frozenset({Unit.PERSON, Unit.COUPLE})


def told_in_full(tally: Tally, number: Item) -> list[Item]:
    """`o Sáng thì đồng ý, 1 máy`, `nhà bà Lan xong, 2 máy`: the number tells what the words before it told.

    Of a home, so do its people (`xong nhà dì Sang, hai mẹ con xong hết`). Whose it is.
    """
    told = list(islice((c for c in tally.of_scope() if c.outcome is Outcome.ACTIVATED), 2))
    implicit = (Reason.HOME, Reason.COUPLE)
    theirs = bool(told) and (
        told[0].homes == tally.homes or told[0].homes[-len(tally.homes) or len(told[0].homes) :] == tally.homes
    )
    if len(told) != 1 or not theirs or not all(p.reason in implicit for p in told[0].pieces):
        return []
    named = _only_homes(told[0]) and told[0].homes[0].plain.startswith("nha ")
    of_home = named and number.unit in _PEOPLE
    if number.n >= told[0].n and (of_home or number.unit in (Unit.PHONE, Unit.NONE)):
        tally.apply("told_in_full")
        tally.counts.remove(told[0])
        return told[0].homes
    return []


def told_with_kin(tally: Tally, clause: Clause, number: Item) -> list[Item]:
    """`em làm cho ông và con trai ông, 2 máy`: the number tells of all who were named before it. Whose it is."""
    last = tally.counts[-1] if tally.counts else None
    if last is None or last.outcome is not Outcome.ACTIVATED or not is_implied(last) or len(last.homes) != 1:
        return []
    alone = all(item is number or item.sort is Sort.FILL for item in clause.items)
    between = tally.heard[tally.heard.index(last.clause) + 1 : -1]
    only_named = all(i.sort in (Sort.HOME, Sort.FILL, Sort.UNIT) for one in between for i in one.items)
    theirs = all(home.kin for home in tally.pending) and last.clause.line == clause.line
    if alone and only_named and theirs and number.unit in (Unit.PHONE, Unit.NONE) and number.n > len(tally.pending):
        tally.apply("told_with_kin")
        tally.counts.remove(last)
        return last.homes
    return []


def of_whom(tally: Tally, clause: Clause, homes: list[Item], number: Item, *, of_segment: bool) -> list[Item]:
    """Whose phones a number tells, where what was told of them before is left out."""
    if homes:
        return homes if of_segment else told_with_kin(tally, clause, number) or homes
    if clause.has(Sort.ADDED):
        return told_then_added(tally, clause, number)
    whose = told_in_full(tally, number)
    return (whose if not clause.has(Sort.THUS, Sort.TOTAL) else []) or turned(tally, clause, number)


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
    first = clause.items[0]  # unmarked `ong` is a unit
    spoken = first.sort is Sort.UNIT and first.plain in _SOMEBODY and first.plain != "co"
    return spoken or any(
        i.sort is Sort.FILL and i.first < item.first and i.plain.split()[0] in _SOMEBODY for i in clause.items
    )


def couple_told_twice(tally: Tally, clause: Clause, homes: list[Item], outcome: Outcome | None, number: Item) -> bool:
    """`ông bà đều không chịu, từ chối 2`: the two of whom it was told in words are those of the number.

    So are `2 cụ già lắm rồi` of whom nothing else is told (None).
    """
    last = tally.counts[-1] if tally.counts else None
    if last is None or homes or last.clause is clause or last.clause.line != clause.line:
        return False
    if last.outcome is not (outcome or Outcome.ACTIVATED) and (outcome is not None or number.unit is not Unit.PERSON):
        return False
    of_two = len(last.pieces) == 1 and last.pieces[0].reason is Reason.COUPLE
    if not of_two or last.n != number.n or clause.has(Sort.ADDED, Sort.HOME) or number.unit is Unit.COUPLE:
        return False
    tally.apply("couple_told_twice")
    return True


_LETS = ("cho lam", "cho cai", "cho kich hoat", "chiu lam", "chiu cai", "dong y", "ung cho")


def told_then_added(tally: Tally, clause: Clause, number: Item) -> list[Item]:
    """`vợ ông Tam cũng xong, thêm 1 máy`: what is to be added is what the words before it told. Whose it is."""
    last = tally.counts[-1] if tally.counts else None
    if last is None or last.outcome is not Outcome.ACTIVATED or not is_implied(last) or last.clause is clause:
        return []
    more = last.n != number.n or any(item.sort is Sort.ADDED and item.plain != "them" for item in clause.items)
    if more and not any(item.sort is Sort.OUTCOME and item.plain.startswith(_LETS) for item in last.clause.items):
        return []  # `…, thêm 1 máy nữa`; but `cô mới cho làm, thêm 3 máy nữa` tells how many
    alone = all(item is number or item.sort in (Sort.ADDED, Sort.FILL) for item in clause.items)
    theirs = last.homes == tally.homes or all(home.kin for home in tally.homes)  # `…, còn con gái cũng xong, thêm 1`
    if not alone or not last.homes or not theirs or last.clause.line != clause.line:
        return []
    tally.apply("told_then_added")
    tally.counts.remove(last)
    return last.homes


_OF_PEOPLE = frozenset({Outcome.ALREADY, Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.REFUSED})


def how_many_of_them(tally: Tally, clause: Clause, number: Item) -> Outcome | None:
    """`nhà bác Viễn có tài khoản rồi ạ, 3 người`: how many it happened to, and no phones; what happened to them."""
    last = tally.counts[-1] if tally.counts else None
    if last is None or last.outcome not in _OF_PEOPLE or not is_implied(last) or last.clause.line != clause.line:
        return None
    alone = all(item is number or item.sort in (Sort.FILL, Sort.ALL) for item in clause.items)
    if number.unit is not Unit.PERSON or not alone or last.clause is clause or len(last.homes) != 1:
        return None
    tally.counts.remove(last)
    return last.outcome


_AT_FIRST = frozenset({"luc dau", "ban dau", "dau tien", "moi dau", "hoi dau", "thoat dau"})


def came_round(tally: Tally) -> None:
    """`bà Chắt lúc đầu không chịu, con gái về nói một lúc thì đồng ý, làm xong 1 máy`: the end alone is told (29)."""
    for c in [one for one in tally.counts if one.outcome in _UNTIL_DONE and one.n == 1 and _only_homes(one)]:
        if not any(item.plain in _AT_FIRST for item in c.clause.items):
            continue
        at = c.pieces[0].item.first
        done = [one for one in tally.counts if one.outcome is Outcome.ACTIVATED and one.pieces[0].item.first > at]
        theirs = [one for one in done if one.clause.line == c.clause.line and _of_that_home(one, c)]
        if not theirs or len(theirs) < len(done):
            continue
        tally.apply("came_round")
        tally.counts.remove(c)
        for one in theirs:
            one.homes = c.homes
        if len(theirs) > 1 and _only_homes(theirs[0]):
            tally.counts.remove(theirs[0])  # the number says how many


_AGREED = ("dong y", "gat dau", "ung", "chiu lam", "doi y")


def _what_was_said(c: Count) -> Item:
    item = c.pieces[0].item
    return item if item.sort is Sort.OUTCOME else next((i for i in c.clause.items if i.outcome is c.outcome), item)


def agreed_in_vain(c: Count, outcome: Outcome) -> bool:
    """`ông đồng ý rồi nhưng máy hết sạch pin`: willing is not done, where it is told why it was not."""
    hindered = outcome in (Outcome.FAILED, Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.REVISIT)
    return hindered and c.outcome is Outcome.ACTIVATED and _what_was_said(c).plain.startswith(_AGREED)


def agreed_then_done(tally: Tally) -> None:
    """`nhà ông Cảnh đồng ý rồi, hai ông bà xong cả hai`: who agrees is done where that is told after it, and once."""
    for c in [one for one in tally.counts if one.outcome is Outcome.ACTIVATED and _only_homes(one)]:
        item = _what_was_said(c)
        if not item.plain.startswith(_AGREED):
            continue
        later = [
            one
            for one in tally.counts
            if one is not c and one.outcome is Outcome.ACTIVATED and one.clause.line == c.clause.line
            if one.pieces[0].item.first > item.first and _of_that_home(one, c)
        ]
        if later:
            tally.counts.remove(c)
            for one in later:
                one.homes = one.homes or c.homes


_BY_NOW = frozenset({"duoc roi", "dc roi", "duoc luon", "ok roi", "vao duoc roi", "len roi"})
_AFTER_TRYING = frozenset({"lai", "thi", "gio", "cuoi cung", "bat lai", "thu lai", "cai lai"})


def works_in_the_end(tally: Tally) -> None:
    """`điện thoại cô Nhạn lỗi mãi, tắt đi bật lại thì được rồi`: the last word on a phone is that it works."""
    for c in tally.counts:
        if c.outcome is not Outcome.FAILED or c.n != 1 or not _only_homes(c) or len(c.homes) != 1:
            continue
        at = tally.heard.index(c.clause)
        after = tally.heard[at + 1] if at + 1 < len(tally.heard) else None
        if after is None or after.line != c.clause.line or any(one.clause is after for one in tally.counts):
            continue
        said = [item.plain for item in after.items]
        works = next((k for k, plain in enumerate(said) if plain in _BY_NOW), None)
        if (
            works is not None
            and not _AFTER_TRYING.isdisjoint(said[:works])
            and not after.has(Sort.NOT, Sort.HOME, Sort.LEFT)
        ):
            c.outcome = Outcome.ACTIVATED


def _of_that_home(one: Count, other: Count) -> bool:
    return all(home.kin or home in other.homes for home in one.homes)


def numbered_again(tally: Tally, clause: Clause, outcome: Outcome, number: Item) -> bool:
    """`nhà dì Hạ app cứ quay vòng vòng k vào được, 1 máy lỗi`: how many they are of which it was just told."""
    last = tally.counts[-1] if tally.counts else None
    if last is None or last.outcome is not outcome or outcome in (Outcome.ACTIVATED, Outcome.REVISIT):
        return False
    near = clause in tally.heard and last.clause in tally.heard[-2:] and last.clause.line == clause.line
    more = clause.has(Sort.ADDED, Sort.LEFT, Sort.HOME, Sort.HAMLET, Sort.TOTAL)
    so_many = number.n == 1 or (outcome is Outcome.FAILED and (number.unit is Unit.PHONE or clause.has(Sort.ALL)))
    if not near or more or not so_many or len(last.homes) != 1 or not _only_homes(last):
        return False
    one = number.unit in (Unit.PERSON, Unit.HOME) and number.n == 1  # `bác bảo không cần đâu, 1 người từ chối`
    if not (one or number.unit in (Unit.NONE, Unit.PHONE)) or sum(c.outcome is outcome for c in tally.counts) > 1:
        return False
    tally.apply("numbered_again")
    last.pieces = [Piece(number.n, number, Reason.NUMBER)]
    return True
