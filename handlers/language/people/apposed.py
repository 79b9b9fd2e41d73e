"""Somebody told by name and by kin at once: `chị Mai vợ anh Cường`, `thằng Đức con ông Khoan` are one person."""

from dataclasses import replace

from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import HUSBAND_AND_WIFE
from handlers.language.words.vocabulary import words_of

_KIN = words_of("vo chong con em chau me bo ba ma")
_HOUSES = ("nha ", "ho ", "gia dinh ", "may ", "dt ", "dien thoai ", "sim ")


def apposed(items: list[Item]) -> list[Item]:
    """The items with a name and the kin told right after it as one person; a new list where there is one."""
    for k in range(len(items) - 1):
        if _are_the_couple(items, k):
            return apposed([*items[:k], _both(items[k], items[k + 1]), *items[k + 2 :]])
        kin = k + 1 + (items[k + 1].plain in _LEADS and k + 2 < len(items))
        if _is_one(items, k, kin):
            one, other = items[k], items[kin]
            whole = replace(
                one,
                last=other.last,
                end=other.end,
                plain=f"{one.plain} {_between(items, kin)}{other.plain}",
                name=f"{one.name} {_between(items, kin, marked=True)}{other.name}",
                kin=False,
                rule="apposed",
            )
            return apposed([*items[:k], whole, *items[kin + 1 :]])
    return items


def _are_the_couple(items: list[Item], k: int) -> bool:
    """`hai vợ chồng anh Quyết chị Nhàn`: both names of those who were just counted, and nobody more."""
    couple, two = items[k - 1] if k else None, items[k : k + 2]
    if couple is None or couple.sort is not Sort.NUMBER or couple.unit is not Unit.COUPLE or couple.n != len(two):
        return False
    named = all(one.sort is Sort.HOME and not one.kin and not one.number for one in two)
    return named and tuple(one.plain.split()[0] for one in two) in HUSBAND_AND_WIFE


def _both(one: Item, other: Item) -> Item:
    plain, name = f"{one.plain} {other.plain}", f"{one.name} {other.name}"
    return replace(one, last=other.last, end=other.end, plain=plain, name=name, rule="apposed")


_LEADS = frozenset({"la", "hang xom", "hang xom cua", "hang xom nha"})


def _between(items: list[Item], kin: int, *, marked: bool = False) -> str:
    """`bác Nga hàng xóm ông Chính`: what she is to him; `là` says nothing."""
    return ("hàng xóm " if marked else "hang xom ") if items[kin - 1].plain.startswith("hang xom") else ""


def _is_one(items: list[Item], k: int, kin: int) -> bool:
    """Whether item `kin` says whose kin the one named by item `k` is; `mỗi người` are two."""
    one, other = items[k], items[kin]
    named = one.sort is Sort.HOME and not one.kin and not one.number and not one.plain.startswith(_HOUSES)
    whose = other.sort is Sort.HOME and not other.kin and not other.number
    if not named or not whose or other.first != items[kin - 1].last or one.plain.split()[0] in _KIN - _SPOKEN:
        return False
    words = other.plain.split()
    if items[kin - 1].plain.startswith("hang xom"):
        return len(words) > 1
    if words[0] not in _KIN or len(words) < 3 or (words[0] == "ba" and words[1] not in ("cua", "thang", "be")):
        return False  # `bà Lan` is another, `ba của Hân` is hers
    return not any(item.sort is Sort.EACH for item in items[kin + 1 :])


_SPOKEN = frozenset({"em", "chau", "con", "ba", "me"})  # with a name also forms of address: `em Hằng con bác Tạo`
