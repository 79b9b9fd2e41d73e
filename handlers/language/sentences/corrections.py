"""What a message takes back: corrections and withdrawals (rule 10). Denied numbers leave the clauses here."""

from dataclasses import dataclass, field
from itertools import pairwise

from handlers.language.reading import Outcome, Why
from handlers.language.sentences.clauses import Clause, Mood
from handlers.language.sentences.thinking_anew import is_slip, last_numbers, was_not_so
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_MISTAKEN = ("nham", "lon", "sai")
_BARE_UNDO = frozenset({"huy", "thu hoi", "rut lai", "xoa", "huy bo", "xoa bo", "rut bao cao"})


_UNDO_THAT = ("huy cai ", "huy tin", "huy bao cao")  # unmarked `huy` alone may be a name


@dataclass(slots=True)
class Amends:
    """Whether a message corrects or withdraws, and what it denies."""

    fixes: bool = False
    mistaken: bool = False  # `nhầm`: without new counts a withdrawal; `sửa` without new counts is a question
    undoes: bool = False
    why: Why | None = None
    denied: list[Item] = field(default_factory=list)
    targets: list[Clause] = field(default_factory=list)  # what a withdrawal names


def amend(clauses: list[Clause]) -> Amends:
    """Finds corrections in the told clauses and moves what they deny out of them."""
    told = [clause for clause in clauses if clause.mood is Mood.TOLD]
    if sum([item.sort is Sort.NUMBER for clause in told for item in clause.items]) > 1:
        last_numbers(clauses)
    starred = _spelled_anew(told)
    was_not_so(told)
    _last_word(told)
    _counted_again(clauses)
    _superseded(clauses)
    amends = Amends(fixes=_begins_with_wrong(clauses) or starred)
    for clause in told:
        _fix(clause, amends)
        _deny_after(clause, amends)
    for clause in told:
        if clause.has(Sort.FIX, Sort.BUT_THIS):
            _exchange(clause, amends, clauses)
    _withdraw(clauses, amends)
    return amends


_SHORT_CORRECTION = 6  # items


def _spelled_anew(told: list[Clause]) -> bool:
    """`xong* gõ nhầm`: a word with a star is the spelling of one sent before, and no work; `3 máy*` puts it right."""
    items = [item for clause in told for item in clause.items]
    stars = [k for k, item in enumerate(items) if item.plain == "*"]
    if len(stars) != 1 or len(items) > _SHORT_CORRECTION:
        return False
    (at,) = stars
    ends = at > 0 and items[at].start in (items[at - 1].end, items[at - 1].start + len(items[at - 1].plain))
    begins = at + 1 < len(items) and items[at].end == items[at + 1].start
    if any(i.sort in (Sort.NUMBER, Sort.HOME) for i in items):
        return ends and any(i.sort is Sort.NUMBER for i in items)  # `*nhà bà Lan 3 máy` may begin a list
    if not ends and not begins:
        return False
    for item in items:
        if item.sort in (Sort.OUTCOME, Sort.FIX, Sort.UNDO):
            item.outcome = None
            item.sort, item.rule = Sort.FILL, "spelled_anew"
    return False


def _last_word(clauses: list[Clause]) -> None:
    """`3 máy à nhầm 4 máy`: of two numbers that are told the last holds; nothing sent before is corrected (22)."""
    told = [(clause, item) for clause in clauses for item in clause.items]
    if not any(item.sort is Sort.FIX or item.plain == "a" for _, item in told):
        return
    if not any(item.sort is Sort.NUMBER for _, item in told):
        return
    for k, (clause, item) in enumerate(told):
        if not is_slip(item) and not _thinks_again(clause, item):
            continue
        after = next((pair for pair in told[k + 1 :] if pair[1].sort in (Sort.NUMBER, Sort.NOT_THAT)), None)
        if after is None or after[1].sort is Sort.NOT_THAT:
            continue
        before = next((pair for pair in reversed(told[:k]) if pair[1].sort is Sort.NUMBER), None)
        if before is None and not (_names_home(told[:k]) and _names_home(told[k + 1 :])):
            continue
        if before is not None and before[1] in before[0].items:
            before[0].items.remove(before[1])
        item.sort, item.rule = Sort.FILL, "last_word"


def _names_home(told: list[tuple[Clause, Item]]) -> bool:
    return any(item.sort is Sort.HOME for _, item in told)


def _counted_again(clauses: list[Clause]) -> None:
    """`đếm lại vẫn là 6 máy`: counted again, and nothing was wrong."""
    if not any(clause.has(Sort.FIX) for clause in clauses):
        return
    items = [item for clause in clauses for item in clause.items]
    if any(item.plain in ("van", "van la", "van dung") for item in items):
        for item in items:
            if item.sort is Sort.FIX and item.plain.startswith("dem lai"):
                item.sort = Sort.FILL


def _superseded(clauses: list[Clause]) -> None:
    """`Máy vợ anh Cảnh cài được rồi. Sửa nhà anh Cảnh: hai máy`: what the home has by now, with what is told before."""
    for k, clause in enumerate(clauses):
        if not clause.items or clause.items[0].sort is not Sort.FIX or not clause.items[0].plain.startswith("sua"):
            continue
        after = [item for one in clauses[k:] for item in one.items]
        if not any(item.sort is Sort.NUMBER for item in after):
            continue
        home = next((item.plain.split()[-1] for item in after if item.sort is Sort.HOME), None)
        again = {item.outcome for item in after if item.sort is Sort.OUTCOME} | {Outcome.ACTIVATED}
        _say_once(clauses[:k], clause)
        for before in clauses[:k]:
            of_it = all(i.kin or home in (None, *i.plain.split()) for i in before.items if i.sort is Sort.HOME)
            if of_it and before.mood is Mood.TOLD and before.line == clause.line and not before.has(Sort.NUMBER):
                for item in before.items:
                    if item.sort is Sort.OUTCOME and item.outcome in again:
                        item.outcome = None
                        item.sort, item.rule = Sort.FILL, "superseded"


def _say_once(before: list[Clause], fix: Clause) -> None:
    """`đếm lại rồi, 2 máy thôi, sửa nhà mệ Sen thành 2`: the number that is put down stands before it, too."""
    number = next((item for item in fix.items if item.sort is Sort.NUMBER), None)
    for clause in before:
        for item in clause.items:
            again = item.sort is Sort.NUMBER and number is not None and item.n == number.n
            if again and clause.line == fix.line and not clause.has(Sort.HOME, Sort.OUTCOME, Sort.HAMLET, Sort.WHEN):
                item.sort, item.rule = Sort.FILL, "superseded"


def _thinks_again(clause: Clause, item: Item) -> bool:
    """`cài được 3, à 2 thôi`, `2 máy, à 3`: a clause of its own that begins anew with another number."""
    said = clause.items
    if item.plain != "a" or said[0] is not item or len(said) < 2 or said[1].sort is not Sort.NUMBER:
        return False
    if len(said) == 2:
        return said[1].unit is Unit.NONE
    rest = all(one.sort is Sort.FILL or one.plain == "a" for one in said[3:])
    return rest and said[2].plain in ("thoi", "co", "chu", "moi dung")


def _begins_with_wrong(clauses: list[Clause]) -> bool:
    """`sai rồi, 4 máy`, `tin trước sai, đúng là 4`; beside other words (`sai mật khẩu`) it is no correction."""
    if len(clauses) < 2 or clauses[0].mood is not Mood.TOLD:
        return False
    said = [item for item in clauses[0].items if item.sort not in (Sort.FILL, Sort.REPORT)]
    wrong = [item.plain for item in said] == ["sai"]
    if wrong:
        clauses[0].items.remove(said[0])
    return wrong


def _fix(clause: Clause, amends: Amends) -> None:
    for before, item in zip([None, *clause.items], clause.items, strict=False):
        right = item.plain in _RIGHT_BEFORE and before is not None and before.sort is Sort.NUMBER
        amends.fixes = amends.fixes or right  # `12 máy mới đúng`
        if item.sort is Sort.FIX:
            amends.fixes = True
            amends.mistaken = amends.mistaken or any(word in item.plain.split() for word in _MISTAKEN)


def _deny_after(clause: Clause, amends: Amends) -> None:
    """`4 chứ không phải 3`, `không phải 3 mà là 4`: what follows is denied, up to `mà`."""
    start = next((i for i, item in enumerate(clause.items) if item.sort is Sort.NOT_THAT), None)
    if start is None:
        return
    end = len(clause.items)
    for i in range(start + 1, end):
        if clause.items[i].sort is Sort.BUT_THIS or clause.items[i].plain == "ma":
            end = i
            break
    denied = clause.items[start + 1 : end]
    if not any(item.sort in (Sort.NUMBER, Sort.OUTCOME, Sort.HAMLET, Sort.WHEN, Sort.MANY) for item in denied):
        return
    if denied[-1].plain == "nao" or any(item.plain.endswith(" nao") for item in denied):
        return  # `…, chứ chả cài được máy nào`
    clause.items = clause.items[:start] + clause.items[end:]
    amends.fixes, clause.denied = True, denied
    amends.denied += denied
    if not any(item.sort in (Sort.NUMBER, Sort.OUTCOME) for item in denied):
        place = any(item.sort is Sort.HAMLET for item in denied)
        amends.why = Why.HAMLET if place else Why.TWO_MEANINGS


_THE_SENDER = frozenset({"em", "e", "minh", "toi", "tui", "la", "do"})
_RIGHT_BEFORE = frozenset({"moi dung", "moi phai", "moi la dung", "moi chuan", "moi chinh xac"})


def _exchange(clause: Clause, amends: Amends, clauses: list[Clause]) -> None:
    """`sửa 3 thành 4`, `gõ nhầm 33`, `báo 5 nhầm`: the number before `thành` or right beside `nhầm` is denied."""
    items = clause.items
    fix = next((i for i, item in enumerate(items) if item.sort is Sort.FIX), None)
    but = next((i for i, item in enumerate(items) if item.sort is Sort.BUT_THIS), None)
    if fix is not None and but is not None and items[but].plain in _RIGHT_BEFORE and items[but - 1].sort is Sort.NUMBER:
        _drop(clause, amends, [item for item in items[: but - 1] if item.sort is Sort.NUMBER])
        return  # `em đọc nhầm, ba máy mới đúng`
    if fix is not None and but is not None and fix < but:
        exchanged = _is_mistake(items[fix]) and items[but].plain in ("thanh", "sang", "len")
        _drop(clause, amends, [item for item in items[fix:but] if item.sort is Sort.NUMBER])
        if exchanged and amends.denied:
            amends.why = Why.TWO_MEANINGS  # `báo nhầm 5 thành 6`: which of them is right?
    elif fix is not None and _is_mistake(items[fix]) and not clause.denied:
        if fix > 1 and items[fix - 1].plain == "la" and items[fix - 2].sort is Sort.NUMBER:
            items.remove(items[fix - 1])  # `em báo 4 là nhầm`
            fix -= 1
        before = fix - 1
        while before > 0 and items[before].plain in _THE_SENDER:
            before -= 1  # `một máy em đếm nhầm`
        beside = [items[i] for i in (before, fix + 1) if 0 <= i < len(items) and items[i].sort is Sort.NUMBER]
        if items[fix].plain.endswith(("roi", "a", "nham nham")):
            beside = []  # `nhầm rồi 6 máy`: what follows is new
        elif fix + 1 < len(items) and items[fix + 1].sort is Sort.NUMBER:
            beside = [items[fix + 1]]
        if items[fix].plain == "nham" and _between_numbers(items, fix):
            amends.why = Why.TWO_MEANINGS  # dictated `4 máy nhầm 5 máy`
        _drop(clause, amends, beside)
        if beside and not any(_gives_more(other) for other in clauses if other.mood is Mood.TOLD):
            amends.why = amends.why or Why.TWO_MEANINGS
            clause.doubtful = True


def _between_numbers(items: list[Item], i: int) -> bool:
    return 0 < i < len(items) - 1 and items[i - 1].sort is items[i + 1].sort is Sort.NUMBER


def _is_mistake(item: Item) -> bool:
    return any(word in item.plain.split() for word in _MISTAKEN)


def _gives_more(clause: Clause) -> bool:
    return clause.has(Sort.NUMBER, Sort.BUT_THIS)


def _drop(clause: Clause, amends: Amends, denied: list[Item]) -> None:
    for item in denied:
        clause.items.remove(item)
        clause.denied.append(item)
        amends.denied.append(item)


def _several(clause: Clause) -> bool:
    """`xóa 2 tin`: which of them?"""
    return any(
        item.sort is Sort.NUMBER and item.unit is Unit.NONE and item.n > 1 and following.sort is Sort.REPORT
        for item, following in pairwise(clause.items)
    )


def _withdraw(clauses: list[Clause], amends: Amends) -> None:
    """`hủy`, `xóa báo cáo vừa rồi`, `bỏ cái trước`; what such a clause names is the target, not new work."""
    for clause in clauses:
        if clause.mood is Mood.ASKED or not clause.has(Sort.UNDO):
            continue
        undo = next((item for item in clause.items if item.sort is Sort.UNDO), None)
        if undo is None:
            continue
        named = clause.has(Sort.REPORT, Sort.FIX) or any(
            "bao cao" in i.plain or i.plain in ("bc", "tin") for i in clause.items
        )
        if _several(clause):
            amends.why = Why.TWO_MEANINGS
            continue
        strange = clause.has(Sort.UNKNOWN)
        whole = undo.plain in _BARE_UNDO or undo.plain.startswith(_UNDO_THAT)
        if named or (whole and not strange):
            amends.undoes = True
            amends.targets.append(clause)
        elif undo.plain == "bo" and (_followed_by_number(clause, undo) or _takes_off(clause, undo)):
            amends.why = amends.why or Why.TWO_MEANINGS  # `bỏ 1 máy`, `bỏ cái vắng của bà Lan`: surely no new one


def _followed_by_number(clause: Clause, item: Item) -> bool:
    following = clause.items[clause.items.index(item) + 1 :]
    return bool(following) and following[0].sort is Sort.NUMBER


def _takes_off(clause: Clause, item: Item) -> bool:
    """`bỏ cái từ chối của ông Đoan`: what was told before."""
    following = clause.items[clause.items.index(item) + 1 :][:2]
    thing = len(following) == 2 and following[0].plain in ("cai", "vu", "chu")
    return thing and following[1].outcome not in (None, Outcome.ACTIVATED)


def denied_in(clauses: list[Clause], amends: Amends) -> list[Item]:
    """What follows `không phải`, and a hamlet to which something does not belong: `không thuộc thôn 2`."""
    out = list(amends.denied)
    for clause in clauses:
        no = False
        for item in clause.items:
            if item.sort is Sort.HAMLET and no:
                out.append(item)
            no = item.sort in (Sort.NOT, Sort.NOT_THAT) or (no and item.sort is Sort.FILL)
    return out
