"""What an outcome is only in the words: thought so, tried in vain, left to others, of a code or a meal."""

from dataclasses import replace

from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort

_REACHED = ("vao", "len", "ra", "noi", "xong", "qua", "chay", "duoc", "di")


def _called_in(items: list[Item], k: int) -> bool:
    """`hẹn bả lên phường`: whoever is asked to come to the office is no visit (rule 30)."""
    for after in items[k + 1 : k + 5]:
        if after.sort is Sort.GOAL:
            return True
        if after.sort in (Sort.BREAK, Sort.CARRY, Sort.LEFT):
            return False
    return False


_SHUT_OUT = ("khong vao duoc", "khong vao", "khong dam vao", "khong vao duoc nha", "vao khong duoc", "vao khong noi")
_DOGS = ("cho", "🐶", "🐕", "🐩")


def _dog(items: list[Item], k: int) -> bool:
    """`chó dữ sủa ầm ĩ không vào được`: nobody was met (rule 30)."""
    if items[k].plain not in _SHUT_OUT:
        return False
    return any(
        i.plain in _DOGS or "con cho" in i.plain or i.plain.startswith("cho du") for i in items[max(0, k - 12) : k]
    )


_CODES = frozenset({"ma", "otp", "ma otp", "tin nhan"})


def _is_of_the_code(items: list[Item], k: int) -> bool:
    """`mã thằng Tin vẫn chưa về`: it is the code that has not come, and nobody is away."""
    if items[k].plain.split()[-1] != "ve":
        return False
    for before in reversed(items[:k]):
        if before.plain in _CODES or (before.sort is Sort.HOME and before.plain.startswith(("ma thang ", "ma cua "))):
            return True
        if before.sort not in (Sort.FILL, Sort.HOME):
            return False
    return False


def _left_to(items: list[Item], k: int) -> bool:
    """`từ chối, bảo để con trai nó làm cho`: somebody else is to do it."""
    i = k - 1
    while i > 0 and items[i].sort is Sort.FILL and items[i].plain not in ("de", "bao"):
        i -= 1
    somebody = i > 0 and items[i].sort is Sort.HOME
    number = k + 1 < len(items) and items[k + 1].sort is Sort.NUMBER
    return somebody and items[i - 1].plain == "de" and not number


def _no_more(items: list[Item], k: int) -> bool:
    """`Máy đã khắc phục, kích hoạt được. Hết lỗi.`: a sentence of its own, of nobody's phones."""
    alone = k > 0 and items[k - 1].plain == "het" and (k == 1 or items[k - 2].sort is Sort.BREAK)
    return alone and (k + 1 == len(items) or items[k + 1].sort is Sort.BREAK)


_FOOD = frozenset(
    {"che", "com", "nuoc", "banh", "tra", "xoai", "oi", "chuoi", "bun", "pho", "khoai", "keo", "mia", "xoi"}
)


_APPS = frozenset({"app", "vneid", "ung dung", "phan mem"})


def thought(items: list[Item], k: int) -> Item:
    """`tưởng vắng` was not so; `cài hoài không vô` did not work."""
    item = items[k]
    near = items[max(0, k - 4) : k]
    near_verb = [b for b in near if b.plain not in _APPS]
    if (
        item.plain == "duoc"
        and len(near_verb) > 1
        and near_verb[-1].sort is Sort.UNKNOWN
        and near_verb[-2].sort is Sort.NOT
    ):
        return replace(item, sort=Sort.UNDONE, outcome=None, said=None)  # `ko bấm được`, `không tải app được`
    if item.outcome is Outcome.FAILED and _no_more(items, k):
        return replace(item, sort=Sort.FILL, outcome=None, said=None, rule="no_more")
    if item.plain == "ngon" and any(b.plain.split()[-1] in _FOOD for b in items[max(0, k - 6) : k]):
        return replace(item, sort=Sort.FILL, outcome=None, said=None, rule="a_good_meal")
    if item.outcome is Outcome.REVISIT and _called_in(items, k):
        return replace(item, sort=Sort.FILL, rule="called_to_office")
    if item.outcome is Outcome.ABSENT and _is_of_the_code(items, k):
        return replace(item, outcome=Outcome.FAILED, rule="code_not_come")
    if item.outcome is Outcome.FAILED and _dog(items, k):
        return replace(item, outcome=Outcome.ABSENT, rule="dog_at_the_gate")
    if any(b.plain in ("tuong", "cu tuong") for b in near) and not any(b.sort is Sort.BREAK for b in near):
        return replace(item, sort=Sort.FILL, rule="thought_so")
    if item.outcome is not Outcome.ACTIVATED or item.plain.split()[0] not in ("cai", "tai", "lam", "kich"):
        return item
    if _left_to(items, k):
        return replace(item, sort=Sort.FILL, rule="left_to_others")
    if item.plain in _TRIES and _in_vain(items, k):
        return replace(item, sort=Sort.FILL, outcome=None, said=None, rule="did_not_go_through")
    rest = [after for after in items[k + 1 : k + 5] if after.sort is not Sort.FILL or after.plain in _REACHED]
    undone = bool(rest) and rest[0].sort is Sort.UNDONE and "khong" in rest[0].plain
    if undone or (len(rest) > 1 and rest[0].sort is Sort.NOT and rest[1].plain in _REACHED):
        return replace(item, outcome=Outcome.FAILED, said=None, rule="did_not_go_through")
    return item


_TRIES = frozenset({"cai", "tai", "lam", "cai dat", "kich hoat"})


def _in_vain(items: list[Item], k: int) -> bool:
    """`máy cài mãi không vô được`: what was tried, of which the failure is told right after it."""
    after = next((i for i in items[k + 1 : k + 4] if i.sort is not Sort.FILL), None)
    return after is not None and after.outcome is Outcome.FAILED and "khong" in after.plain.split()
