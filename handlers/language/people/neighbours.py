"""`anh Dũng cạnh nhà thầy Lộc`: who is told of lives beside somebody else, who only says where."""

from dataclasses import replace

from handlers.language.signs.folding import fold
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

_WRITTEN = (
    "cạnh", "bên cạnh", "ngay cạnh", "gần", "kế", "kế bên", "kế cận", "sát", "sát vách", "đối diện", "giáp", "chéo",
)  # fmt: skip
BESIDE = {fold(one): one for one in _WRITTEN}
_BEFORE = frozenset({"o", "ngay", "nha", "song"})
_AFTER = frozenset({"nha", "cua", "voi", "ho", "quan"})
_BETWEEN = frozenset({Sort.FILL, Sort.UNKNOWN, Sort.UNIT, Sort.LINK})
_MOST = 5  # items between the two
_NAMELESS = frozenset(f"nha {one}" for one in BESIDE)


def beside_others(items: list[Item]) -> list[Item]:
    """The items with whoever only says where somebody lives as nobody who was visited."""
    for k, item in enumerate(items):
        if item.sort is Sort.HOME:
            items = _neighbour(items, k)
        elif item.plain.endswith(" nha"):
            items = _gone_to(items, k)
    return items


def _gone_to(items: list[Item], k: int) -> list[Item]:
    """`quay lại nhà cạnh ông Bình`: the house that is gone to is not his."""
    other = next((j for j in range(k + 1, min(k + _MOST, len(items))) if items[j].sort is Sort.HOME), None)
    if other is None or any(item.sort not in _BETWEEN for item in items[k + 1 : other]):
        return items
    words = [word for item in items[k + 1 : other] for word in item.plain.split()]
    while words and words[-1] in _AFTER:
        words.pop()
    where = BESIDE.get(" ".join(words))
    if where is None:
        return items
    home = items[other]
    called = replace(home, plain=f"nha {' '.join(words)} {home.plain}", name=f"nhà {where} {home.name}")
    return [*items[:other], called, *items[other + 1 :]]


def _neighbour(items: list[Item], k: int) -> list[Item]:
    other = next((j for j in range(k + 1, min(k + _MOST + 2, len(items))) if items[j].sort is Sort.HOME), None)
    if other is None or any(item.sort not in _BETWEEN for item in items[k + 1 : other]):
        return items
    words = " ".join(item.plain for item in items[k + 1 : other]).split()
    while words and words[-1] in _AFTER:
        words.pop()
    if items[k].plain in _NAMELESS and not words:
        return _called_by(items, k, other)
    while words and words[0] in _BEFORE:
        words.pop(0)
    if " ".join(words) not in BESIDE or items[k].number:
        return items
    return [_nobody(item) if k < j <= other else item for j, item in enumerate(items)]


def _called_by(items: list[Item], k: int, other: int) -> list[Item]:
    """`nhà cạnh ông Bình`: a home without a name of its own, called by whom it is beside."""
    home, neighbour = items[k], items[other]
    plain, name = f"{home.plain} {neighbour.plain}", f"{home.name} {neighbour.name}"
    called = replace(home, last=neighbour.last, end=neighbour.end, plain=plain, name=name, kin=False, number=False)
    return [*items[:k], called, *items[other + 1 :]]


def _nobody(item: Item) -> Item:
    return replace(item, sort=Sort.FILL, rule="lives_beside", kin=False, number=False)
