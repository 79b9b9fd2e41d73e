"""`mỗi nhà 1 máy: nhà ông Kỳ, nhà bà Vỹ`, `ông bà Nhượng mỗi người 1 máy`: those who are named share it."""

from dataclasses import replace

from handlers.language.people.members import is_member
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.titles import HUSBAND_AND_WIFE, OF_TWO

_HEADS = frozenset({":", "gom", "la", "("})


def shares_of_list(items: list[Item]) -> list[Item]:
    """`mỗi nhà 1 máy: nhà ông Kỳ, nhà bà Vỹ, nhà anh Sáng`: whoever is listed after it has one."""
    for k, item in enumerate(items[:-2]):
        if item.sort is not Sort.EACH or items[k + 1].sort is not Sort.NUMBER:
            continue
        at = next((j for j in range(k + 2, min(k + 5, len(items))) if items[j].plain in _HEADS), None)
        listed = _listed(items, at + 1) if at is not None else 0
        if listed > 1:
            whole = replace(items[k + 1], n=items[k + 1].n * listed, unit=Unit.PHONE)
            each = replace(item, sort=Sort.FILL, rule="share_of_list")
            return [*items[:k], each, whole, *items[k + 2 :]]
    return items


def shares_of_homes(items: list[Item]) -> list[Item]:
    """`xong nhà cô Nga với nhà chú Bính r, mỗi nhà 2 máy nhé`: what they have who were just said to be done."""
    for k in range(2, len(items) - 1):
        number, after = items[k + 1], next((i for i in items[k + 2 :] if i.sort is not Sort.FILL), None)
        each = items[k].sort is Sort.EACH and items[k].plain in EACH_HOME and items[k - 1].plain in (",", "(")
        if not each or number.sort is not Sort.NUMBER or not (after is None or after.sort is Sort.BREAK):
            continue
        start = next((j for j in range(k - 2, -1, -1) if items[j].plain in _ENDS), -1) + 1
        before = items[start : k - 1]
        homes = sum(i.sort is Sort.HOME for i in before)
        done = [i for i in before if i.sort is Sort.OUTCOME]
        small = all(i.sort in _OF_DONE or i.plain == "," for i in before)
        if homes > 1 and small and len(done) == 1 and done[0].outcome is Outcome.ACTIVATED:
            whole = replace(number, n=number.n * homes, unit=Unit.PHONE, rule="share_of_homes")
            gone = (done[0], items[k - 1], items[k])
            told = [replace(i, sort=Sort.FILL, outcome=None, said=None) if i in gone else i for i in items]
            return shares_of_homes([*told[: k + 1], whole, *told[k + 2 :]])
    return items


EACH_HOME = frozenset({"moi nha", "moi ho", "nha nao cung"})
_ENDS = frozenset({"\n", ".", "!", "?", ";"})
_OF_DONE = frozenset({Sort.HOME, Sort.LINK, Sort.FILL, Sort.OUTCOME, Sort.ALL})
EACH_OF_THEM = frozenset({"moi nguoi", "moi dua", "moi ng"})
_BEGIN = frozenset({Sort.BREAK, Sort.COLON, Sort.LEFT})
_WITH = frozenset({"voi", "va", "vs", ","})
_PAIRS = frozenset({("me", "con"), ("bo", "con"), ("cha", "con"), ("ba", "chau"), ("ong", "chau"), ("vo", "chong")})


def shares_of_people(items: list[Item]) -> list[Item]:
    """`làm xong cho anh Sáu với chị Bảy mỗi người một máy`, `ông bà Nhượng mỗi người 1 máy`: two in all."""
    for k in range(1, len(items) - 1):
        number = items[k + 1]
        if items[k].sort is not Sort.EACH or items[k].plain not in EACH_OF_THEM or number.sort is not Sort.NUMBER:
            continue
        people, first = _people_before(items, k)
        if people < 2 or number.unit not in (Unit.NONE, Unit.PHONE):
            continue
        whole = replace(number, n=number.n * people, unit=Unit.PHONE, rule="share_of_people")
        each = replace(items[k], sort=Sort.FILL, rule="share_of_people")
        done = {j for j in range(max(0, first - 4), first) if items[j].outcome is Outcome.ACTIVATED}
        done |= {k - 1} if items[k - 1].sort is Sort.NUMBER else set()
        kept = [
            replace(i, sort=Sort.FILL, outcome=None, said=None) if j in done else i for j, i in enumerate(items[:k])
        ]
        return [*kept, each, whole, *items[k + 2 :]]
    return items


def _people_before(items: list[Item], k: int) -> tuple[int, int]:
    """How many people stand in a row before the share, and where the row begins."""
    people, j = 0, k - 1
    if items[j].sort is Sort.HOME and tuple(items[j].plain.split()[:3]) in OF_TWO:
        return 2, j  # `nhà ông bà Nhượng mỗi người 1 máy`
    if items[j].sort is Sort.NUMBER and items[j].unit is Unit.COUPLE and not items[j].whole:
        return items[j].n, j  # `hai vợ chồng mỗi người 1 máy`
    if items[j].sort is Sort.HOME and tuple(items[j].plain.removeprefix("nha ").split()[:2]) in _PAIRS:
        return 2, j  # `mẹ con chị Nết mỗi người một máy`
    while j >= 0 and items[j].sort is Sort.HOME and not items[j].number and not items[j].plain.startswith("nha "):
        people += 1
        title = items[j].plain.split()[0]
        if j and (items[j - 1].plain, title) in HUSBAND_AND_WIFE:
            return people + 1, j - 1
        if j < 2 or items[j - 1].plain not in _WITH:
            return people, j
        j -= 2
        if is_member(items[j]) and items[j].sort is not Sort.HOME and (j == 0 or items[j - 1].sort in _BEGIN):
            return people + 1, j  # `chị với mẹ chồng mỗi người 1 máy`
    return people, j + 1


def _listed(items: list[Item], k: int) -> int:
    """How many homes stand in a row, and nothing beside them; 0 where something else is told."""
    homes = 0
    for item in items[k:]:
        if item.plain in ("\n", ".", ")"):
            break
        if item.sort is Sort.HOME:
            homes += 1
        elif item.sort not in (Sort.BREAK, Sort.LINK, Sort.FILL, Sort.COLON):
            return 0
    return homes
