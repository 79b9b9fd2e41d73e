"""Who corrects themselves while writing: `2 máy, à 3, à không, đúng 2 máy`. The last word holds (rule 22)."""

from dataclasses import dataclass, field

from handlers.language.clauses import Clause, Mood
from handlers.language.items import Item
from handlers.language.reading import Outcome
from handlers.language.sorts import Sort, Unit
from handlers.language.vocabulary import POLITE, words_of

_SLIPS = frozenset(
    {"nham", "a nham", "a khong", "a khong phai", "lon", "a lon", "u lon", "y lon", "i lon", "ay lon", "chet nham"}
    | {"ay chet nham", "ui nham", "oi nham", "y nham", "ay nham", "ay khong", "nham nham", "sr nham", "nham roi"}
    | {"dem lai", "dem lai roi", "dem lai la", "a ma khong"}
)
_SMALL = words_of("da vang dung that thoi chi co la u o chinh xac moi") | {
    "dung la",
    "chinh xac",
    "moi dung",
    "chinh la",
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
        return _Told(clause, numbers[0]) if len(numbers) == 1 else None
    (number,) = numbers
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


def _may_replace(told: _Told, clause: Clause, number: Item) -> bool:
    first = clause.items[0]
    same = number.unit in (Unit.NONE, told.number.unit)
    begins = is_slip(first) or (first.plain == "a" and (number.unit is Unit.NONE or _says_only(clause)))
    return same and (bool(told.shaken) or begins or (told.mended and number.n == told.number.n))


def _says_only(clause: Clause) -> bool:
    """`à 2 máy thôi`, `à mà 1 nhà thôi`."""
    return (
        any(item.plain in ("thoi", "co", "chu", "moi dung") for item in clause.items) or clause.items[1].plain == "ma"
    )


def _leave_out(clause: Clause, number: Item, told: _Told) -> None:
    """The number goes, and the words that put another in its place say nothing more."""
    clause.items.remove(number)
    for item in (item for one in (clause, *told.shaken) for item in one.items):
        if is_slip(item) or item.sort in (Sort.NOT, Sort.NOT_THAT) or (item.sort is Sort.ASK and item.plain == "a"):
            item.sort, item.rule = Sort.FILL, "last_word"


def _is_small(item: Item) -> bool:
    if item.sort in (Sort.NOT, Sort.NOT_THAT) or is_slip(item):
        return True
    if item.sort is Sort.ASK or item.sort is Sort.LINK:
        return item.plain in ("a", "ma")
    return item.sort is Sort.FILL and (item.plain in _SMALL or item.plain in POLITE)


def _denies(clause: Clause) -> bool:
    """`không`, `dạ không phải`, `à nhầm`, and nothing else."""
    return any(item.sort in (Sort.NOT, Sort.NOT_THAT) or is_slip(item) for item in clause.items)


def was_not_so(clauses: list[Clause]) -> None:
    """`nhà o Lài vắng. Dạ không phải, o ở nhà mà o không chịu làm`: what is denied by itself did not happen."""
    told = [clause for clause in clauses if clause.mood is Mood.TOLD]
    for before, clause, after in zip(told, told[1:], told[2:], strict=False):
        if not all(_is_small(item) for item in clause.items) or not clause.has(Sort.NOT_THAT):
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
