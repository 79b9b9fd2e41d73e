"""What an item is only seen to be beside the others: done long ago, only thought so, called to the office."""

from dataclasses import replace

from handlers.language.items import Item
from handlers.language.reading import Outcome
from handlers.language.sorts import Sort


def settled(items: list[Item]) -> list[Item]:
    """The items, each as it is beside the others; a new list."""
    items = [_since(items, k) if item.sort in (Sort.SINCE, Sort.OUTCOME) else item for k, item in enumerate(items)]
    return [_thought(items, k) if item.sort is Sort.OUTCOME else item for k, item in enumerate(items)]


_REACHED = ("vao", "len", "ra", "noi", "xong", "qua", "chay", "duoc", "di")


def _called_in(items: list[Item], k: int) -> bool:
    """`hẹn bả lên phường`: whoever is asked to come to the office is no visit (rule 30)."""
    for after in items[k + 1 : k + 5]:
        if after.sort is Sort.GOAL:
            return True
        if after.sort is Sort.BREAK:
            return False
    return False


_DOGS = ("cho", "🐶", "🐕", "🐩")


def _dog(items: list[Item], k: int) -> bool:
    """`chó dữ sủa ầm ĩ không vào được`: nobody was met (rule 30)."""
    if items[k].plain not in ("khong vao duoc", "khong vao", "khong dam vao", "khong vao duoc nha"):
        return False
    return any(
        i.plain in _DOGS or "con cho" in i.plain or i.plain.startswith("cho du") for i in items[max(0, k - 12) : k]
    )


def _thought(items: list[Item], k: int) -> Item:
    """`tưởng vắng` was not so; `cài hoài không vô` did not work."""
    item = items[k]
    near = items[max(0, k - 4) : k]
    if item.outcome is Outcome.REVISIT and _called_in(items, k):
        return replace(item, sort=Sort.FILL, rule="called_to_office")
    if item.outcome is Outcome.FAILED and _dog(items, k):
        return replace(item, outcome=Outcome.ABSENT, rule="dog_at_the_gate")
    if any(b.plain in ("tuong", "cu tuong") for b in near) and not any(b.sort is Sort.BREAK for b in near):
        return replace(item, sort=Sort.FILL, rule="thought_so")
    if item.outcome is not Outcome.ACTIVATED or item.plain.split()[0] not in ("cai", "tai", "lam", "kich"):
        return item
    rest = [after for after in items[k + 1 : k + 5] if after.sort is not Sort.FILL or after.plain in _REACHED]
    undone = bool(rest) and rest[0].sort is Sort.UNDONE and "khong" in rest[0].plain
    if undone or (len(rest) > 1 and rest[0].sort is Sort.NOT and rest[1].plain in _REACHED):
        return replace(item, outcome=Outcome.FAILED, said=None, rule="did_not_go_through")
    return item


_SMALL = frozenset({Sort.FILL, Sort.NEVER, Sort.ALL, Sort.UNIT, Sort.UNKNOWN, Sort.TOPIC})


def _since(items: list[Item], k: int) -> Item:
    """`kích hoạt … từ hồi Tết`: what was done has been done already; `từ hồi` elsewhere is a time and nothing else."""
    item = items[k]
    if item.sort is Sort.SINCE:
        return replace(item, sort=Sort.FILL)
    if item.outcome is not Outcome.ACTIVATED or not item.plain.startswith(_HAVING):
        return item
    for after in items[k + 1 : k + 5]:
        if after.sort is Sort.SINCE:
            return replace(item, outcome=Outcome.ALREADY, said=None, rule="done_since")
        if after.sort not in _SMALL:
            return item
    return item


_HAVING = ("kich hoat", "cai", "lam", "active", "xong", "dang ky", "len muc", "co ")
