"""Who corrects themselves while writing: `2 máy, à 3, à không, đúng 2 máy`. The last word holds (rule 22)."""

from dataclasses import dataclass, field

from handlers.language.reading import Outcome
from handlers.language.sentences.clauses import Clause, Mood
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import POLITE, words_of

_SLIPS = frozenset(
    {"nham", "a nham", "a khong", "a khong phai", "lon", "a lon", "u lon", "y lon", "i lon", "ay lon", "chet nham"}
    | {"ay chet nham", "ui nham", "oi nham", "y nham", "ay nham", "ay khong", "nham nham", "sr nham", "nham roi"}
    | {"dem lai", "dem lai roi", "dem lai la", "a ma khong"}
)
_NODS = frozenset({"u", "uh", "um", "uhm"})
_ONCE_MORE = words_of("dung u uh um uhm van vay chinh ro") | {"dung la", "vay la", "the la", "van la", "dung roi"}
_SMALL = words_of("da vang dung that thoi chi co la u uh um o chinh xac moi van vay ro khoan") | {
    "dung la",
    "chinh xac",
    "moi dung",
    "chinh la",
    "thoi a",
    "co a",
}


def is_slip(item: Item) -> bool:
    """`à nhầm`, `à không`: what stands before was a slip of the tongue."""
    return item.sort is Sort.FIX and item.plain in _SLIPS


@dataclass(slots=True)
class _Told:
    """The number that holds so far. `shaken`: the clauses that put it in doubt; `mended`: it was put right already."""

    clause: Clause
    number: Item
    shaken: list[Clause] = field(default_factory=list)
    mended: bool = False


def last_numbers(clauses: list[Clause]) -> None:
    """Of numbers that are put right in the same breath the last is left, where the first stood."""
    told: _Told | None = None
    for clause in clauses:
        if clause.mood is not Mood.TOLD or (told is not None and clause.line != told.clause.line):
            told = None
        if clause.mood is Mood.TOLD:
            told = _after(told, clause)


def _after(told: _Told | None, clause: Clause) -> _Told | None:
    """What holds after one more clause."""
    core = [item for item in clause.items if not _is_small(item)]
    numbers = [item for item in core if item.sort is Sort.NUMBER]
    if told is not None and not core:
        if _denies(clause):
            told.shaken.append(clause)
        return told
    if told is None or len(numbers) != 1 or core[0] is not numbers[0] or not _may_replace(told, clause, numbers[0]):
        return _told_in(clause, numbers)
    (number,) = numbers
    forgot = any(_forgot(item) for one in (clause, *told.shaken) for item in one.items)
    if forgot and (len(core) > 1 or number.n <= told.number.n or not told.clause.has(Sort.WHEN)):
        return _Told(clause, number)  # `được 3 máy, à quên, 1 máy lỗi`: more work, or who knows
    if len(core) == 1:
        told.number.n = number.n
        _leave_out(clause, number, told)
        return _Told(told.clause, told.number, mended=True)
    alone = [item for item in told.clause.items if not _is_small(item)] == [told.number]
    if alone and all(item.sort in (Sort.HOME, Sort.HAMLET) for item in core[1:]):  # `đúng 3 máy nhà chị Quý`
        told.shaken.append(clause)
        _leave_out(told.clause, told.number, told)
        return _Told(clause, number, mended=True)
    return _Told(clause, number)


def _told_in(clause: Clause, numbers: list[Item]) -> _Told | None:
    """The number that a clause tells: its only one, or the last after a slip (`3 máy à nhầm 4 máy`)."""
    if len(numbers) == 1:
        return _Told(clause, numbers[0])
    slips = [item.first for item in clause.items if is_slip(item)]
    again = len(numbers) == 2 and any(numbers[0].first < at < numbers[1].first for at in slips)
    return _Told(clause, numbers[1], mended=True) if again else None


def _may_replace(told: _Told, clause: Clause, number: Item) -> bool:
    first = clause.items[0]
    same = number.unit in (Unit.NONE, told.number.unit) or (told.number.unit, number.unit) == (Unit.NONE, Unit.PHONE)
    if number.n == told.number.n and (same or told.number.unit is Unit.NONE) and _affirms(first):
        return True
    begins = is_slip(first) or _forgot(first) or any(i.plain == "khoan" for i in clause.items[:2])
    begins = begins or (first.plain == "a" and (number.unit is Unit.NONE or _says_only(clause)))
    return same and (bool(told.shaken) or begins or (told.mended and number.n == told.number.n))


def _forgot(item: Item) -> bool:
    """`hôm nay 11, à quên, 12 máy`: one more than was said."""
    return item.sort is Sort.ADDED and item.plain == "a quen"


def _affirms(first: Item) -> bool:
    """`…, đúng 4`, `…, ừ 5`, `…, vẫn 2 máy`: the same number once more."""
    return first.sort is not Sort.NUMBER and first.plain in _ONCE_MORE


def _says_only(clause: Clause) -> bool:
    """`à 2 máy thôi`, `à mà 1 nhà thôi`."""
    return (
        any(item.plain in ("thoi", "co", "chu", "moi dung") for item in clause.items) or clause.items[1].plain == "ma"
    )


def _leave_out(clause: Clause, number: Item, told: _Told) -> None:
    """The number goes, and the words that put another in its place say nothing more."""
    clause.items.remove(number)
    for item in (item for one in (clause, *told.shaken) for item in one.items):
        asks = item.sort is Sort.ASK and item.plain == "a"
        if is_slip(item) or _forgot(item) or item.sort in (Sort.NOT, Sort.NOT_THAT) or asks:
            item.sort, item.rule = Sort.FILL, "last_word"


def _is_small(item: Item) -> bool:
    if item.sort in (Sort.NOT, Sort.NOT_THAT) or is_slip(item) or _forgot(item):
        return True
    if item.sort is Sort.ASK or item.sort is Sort.LINK:
        return item.plain in ("a", "ma")
    if item.sort is Sort.UNKNOWN:
        return item.plain in _NODS
    return item.sort is Sort.FILL and (item.plain in _SMALL or item.plain in POLITE)


def _denies(clause: Clause) -> bool:
    """`không`, `dạ không phải`, `à nhầm`, and nothing else."""
    return any(
        item.sort in (Sort.NOT, Sort.NOT_THAT) or is_slip(item) or _forgot(item) or item.plain == "khoan"
        for item in clause.items
    )


def was_not_so(told: list[Clause]) -> None:
    """`nhà o Lài vắng. Dạ không phải, o ở nhà mà o không chịu làm`: what is denied was not so."""
    for before, clause, after in zip(told, told[1:], told[2:], strict=False):
        if not clause.has(Sort.NOT_THAT) or not all(_is_small(item) for item in clause.items):
            continue
        done = [item for item in before.items if item.sort is Sort.OUTCOME]
        if (
            len(done) != 1
            or before.has(Sort.NUMBER)
            or before.line != after.line
            or not _tells_otherwise(done[0], after)
        ):
            continue
        done[0].outcome = None
        for item in (done[0], *clause.items):
            item.sort, item.rule = Sort.FILL, "was_not_so"


def _tells_otherwise(was: Item, clause: Clause) -> bool:
    return any(
        item.sort is Sort.OUTCOME and item.outcome not in (None, was.outcome, Outcome.REVISIT) for item in clause.items
    )
