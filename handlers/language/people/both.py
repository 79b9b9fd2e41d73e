"""`nhà cô Thơm, cô và con gái đều xong`: people of a home told together are as many as are listed, and no home more."""

from dataclasses import replace

from handlers.language.people.members import is_member
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_AND = frozenset({"voi", "va", "vs", "cung", "cung voi", ","})
_BEGIN = frozenset({Sort.BREAK, Sort.COLON, Sort.LEFT})
_HOUSES = ("nha ", "ho ", "gia dinh ")
_ABOUT_THEM = frozenset({Sort.FILL, Sort.ALL, Sort.NEVER})


def told_together(items: list[Item]) -> list[Item]:
    """The items with people of the home spoken of, listed before one outcome, as their number."""
    for k in range(1, len(items) - 2):
        end = _listed(items, k) if _begins(items, k) else k
        if end > k + 1 and _tells_all(items, end):
            n = sum(max(item.n, 1) for item in items[k:end] if _is_one_of_them(item))
            both = replace(
                items[k],
                sort=Sort.NUMBER,
                n=n,
                unit=Unit.COUPLE if n == 2 else Unit.PERSON,
                last=items[end - 1].last,
                end=items[end - 1].end,
                plain=" ".join(item.plain for item in items[k:end]),
                kin=False,
                rule="told_together",
            )
            return told_together([*items[:k], both, *items[end:]])
    return items


def _begins(items: list[Item], k: int) -> bool:
    """Whether a clause begins here, after a home that was named in the same line."""
    before = items[k - 1]
    if before.sort not in _BEGIN and not (before.sort is Sort.HOME and before.plain.startswith(_HOUSES)):
        return False
    for item in reversed(items[:k]):
        if item.plain == "\n":
            return False
        if item.sort is Sort.HOME and not item.kin:
            return True
    return False


def _listed(items: list[Item], k: int) -> int:
    """Where the people listed from here end."""
    end = k
    while end < len(items) and is_member(items[k]):
        if end + 2 < len(items) and items[end + 1].plain in _AND and _is_one_of_them(items[end + 2]):
            end += 2
        else:
            return end + 1
    return end


def _is_one_of_them(item: Item) -> bool:
    """`con gái`, `hai đứa con`: who is told beside somebody of the home."""
    several = item.sort is Sort.NUMBER and item.unit is Unit.PERSON and not item.whole
    return several or is_member(item)


def _tells_all(items: list[Item], end: int) -> bool:
    """Whether one outcome follows, of all of them: `đều`, or no number and nobody else."""
    k = end
    while k < len(items) and items[k].sort in _ABOUT_THEM:
        k += 1
    if k == len(items) or items[k].sort is not Sort.OUTCOME or items[k].outcome in (Outcome.ABSENT, Outcome.REVISIT):
        return False
    after = [item for item in items[k + 1 : k + 5] if item.sort not in (Sort.FILL, Sort.OUTCOME)]
    return not after or after[0].sort not in (Sort.NUMBER, Sort.ALL, Sort.MANY, Sort.HOME)
