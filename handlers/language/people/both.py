"""`cô và con gái đều xong`, `xong cho vợ chồng ông Thọ và 2 con`: people told together are as many as are listed."""

from dataclasses import dataclass, replace

from handlers.language.people.members import is_member
from handlers.language.people.relatives import TITLES
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_AND = frozenset({"voi", "va", "vs", "cung", "cung voi", "lan", ","})
_BEGIN = frozenset({Sort.BREAK, Sort.COLON, Sort.LEFT})
_HOUSES = ("nha ", "ho ", "gia dinh ")
_ABOUT_THEM = frozenset({Sort.FILL, Sort.ALL, Sort.NEVER})
_PEOPLE = frozenset({Unit.PERSON, Unit.COUPLE})


@dataclass(slots=True)
class _Group:
    """People in a row: how many, of how many members of the list, where it ends, and whose home it names."""

    n: int
    listed: int
    end: int
    owner: Item | None = None


def told_together(items: list[Item]) -> list[Item]:
    """The items with people of one home, listed before one outcome or after `xong cho`, as their number."""
    for k in range(len(items) - 2):
        for_them = _done_for(items, k)
        group = _listed(items, k)
        everybody = k == 0 and items[0].kin and group.end < len(items) and items[group.end].plain in ("deu", "ca hai")
        if not for_them and not everybody and not _begins(items, k):
            continue
        told = _closes(items, group.end) if for_them else _tells_all(items, group.end)
        if group.listed < 2 or not told:
            continue
        unit = Unit.COUPLE if group.n == 2 or group.owner is not None else Unit.PERSON
        both = replace(
            items[k],
            sort=Sort.NUMBER,
            n=group.n,
            unit=unit,
            last=items[group.end - 1].last,
            end=items[group.end - 1].end,
            plain=" ".join(item.plain for item in items[k : group.end]),
            kin=False,
            rule="told_together",
        )
        row = [both] if group.owner is None else [both, group.owner]
        return told_together([*items[:k], *row, *items[group.end :]])
    return items


def _done_for(items: list[Item], k: int) -> bool:
    """Whether item `k` begins with those for whom it was done: `xong cho …`, `xong cho cả …`."""
    at = k - 1 - (k > 0 and items[k - 1].sort is Sort.ALL)
    return at > 0 and items[at].plain == "cho" and items[at - 1].outcome is Outcome.ACTIVATED


def _begins(items: list[Item], k: int) -> bool:
    """Whether a clause begins here: after a home that was named in the same line, or with a couple."""
    before = items[k - 1] if k else None
    if k > 1 and before is not None and before.plain == "thi" and _is_house(items[k - 2]):
        return True  # `nhà ông Lĩnh thì ông với bà đều có tài khoản`
    if items[k].sort is Sort.NUMBER and items[k].unit is Unit.COUPLE:
        return before is None or before.sort in (*_BEGIN, Sort.HAMLET) or _is_house(before)
    if before is None or (before.sort not in _BEGIN and not _is_house(before)):
        return False
    for item in reversed(items[:k]):
        if item.plain == "\n":
            return False
        if item.sort is Sort.HOME and not item.kin:
            return True
    return False


def _is_house(item: Item) -> bool:
    return item.sort is Sort.HOME and item.plain.startswith(_HOUSES)


def _listed(items: list[Item], k: int) -> _Group:
    """The people listed from here; a couple may be told by a name, as may be who stands before children."""
    group = _Group(0, 0, k)
    at = k
    while at < len(items):
        n, end, owner = _one(items, at, first=at == k)
        if not n or (owner is not None and group.owner is not None):
            break
        group = _Group(group.n + n, group.listed + 1, end, group.owner or owner)
        if end >= len(items) or items[end].plain not in _AND or _counts_anew(items, at, end):
            break
        at = end + 1
    counted = any(item.sort is Sort.NUMBER for item in items[k : group.end])
    return group if group.owner is None or counted else _Group(0, 0, k)


def _counts_anew(items: list[Item], at: int, end: int) -> bool:
    """`cho 3 người, hai bé còn học tiểu học`: a number after a comma tells of others, and is no list with the first."""
    numbers = items[at].sort is Sort.NUMBER and end + 1 < len(items) and items[end + 1].sort is Sort.NUMBER
    return numbers and items[end].plain == ","


def _one(items: list[Item], k: int, *, first: bool) -> tuple[int, int, Item | None]:
    """How many the next of a list are, where it ends, and the name by which it is told."""
    item = items[k]
    named = k + 1 < len(items) and items[k + 1].sort is Sort.HOME and not items[k + 1].kin
    if item.sort is Sort.NUMBER and item.unit in _PEOPLE and not item.whole:
        couple = item.unit is Unit.COUPLE
        if couple and named:
            return item.n, k + 2, items[k + 1]
        titled = couple and k + 1 < len(items) and items[k + 1].sort is not Sort.HOME and _is_theirs(items[k + 1])
        return item.n, k + 1 + titled, None
    parents = item.plain == "bo" and k + 1 < len(items) and items[k + 1].plain == "me"
    if _is_theirs(item):
        end = k + 1 + parents
        end += end < len(items) and item.kin and items[end].plain in _SAID_OF_KIN  # `đứa con gái lớn`, `con trai cô`
        return 1 + parents, end, None
    if first and item.sort is Sort.HOME and not item.number and not _is_house(item):
        return 1, k + 1, item  # `cho ông Tạo và hai người con`
    return 0, k, None


_SAID_OF_KIN = TITLES | {"lon", "nho", "dau", "giua", "sau"}


def _is_theirs(item: Item) -> bool:
    """Somebody of the home: `cô`, `con gái`, `chị hai`; not `chị Năm`, who may have one of her own."""
    named = item.sort is Sort.HOME and not item.kin and not item.name.split()[-1].islower()
    return is_member(item) and not named


def _closes(items: list[Item], k: int) -> bool:
    """Whether nothing more is counted in the clause, nor how many they are right after it (`…, là 3 máy`)."""
    for j, item in enumerate(items[k:], k):
        if item.sort in (Sort.BREAK, Sort.LEFT):
            after = next((i for i in items[j + 1 :] if i.sort is not Sort.FILL), None)
            return after is None or item.plain != "," or after.sort is not Sort.NUMBER
        if item.sort is not Sort.FILL:
            return False
    return True


def _tells_all(items: list[Item], end: int) -> bool:
    """Whether one outcome follows, of all of them, and neither a number nor anybody else."""
    k = end
    while k < len(items) and items[k].sort in _ABOUT_THEM:
        k += 1
    if k == len(items) or items[k].sort is not Sort.OUTCOME or items[k].outcome in (Outcome.ABSENT, Outcome.REVISIT):
        return False
    after = [item for item in items[k + 1 : k + 5] if item.sort not in (Sort.FILL, Sort.OUTCOME)]
    return not after or after[0].sort not in (Sort.NUMBER, Sort.ALL, Sort.MANY, Sort.HOME)
