"""`hai chị em nhà Thảo thì một người xong, một người từ chối`: a number of people, and then each part of it."""

from dataclasses import replace

from handlers.language.people.members import is_member
from handlers.language.reading import Outcome
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort, Unit

_PEOPLE = frozenset({Unit.PERSON, Unit.COUPLE})
_OWNER = frozenset({Sort.HOME, Sort.HAMLET, Sort.NEVER})
_CUTS = frozenset({Sort.BREAK, Sort.LEFT, Sort.LINK})
_ENDS = frozenset({".", "\n", ";", "!", "?"})


def told_in_parts(items: list[Item]) -> list[Item]:
    """The items with a number of people as no count, where what follows tells of as many of them."""
    for k, item in enumerate(items):
        phones = item.unit is Unit.PHONE
        if item.sort is not Sort.NUMBER or not (phones or item.unit in _PEOPLE) or item.n < 2 or item.whole:
            continue
        head = k + 1
        while head < len(items) and items[head].sort in _OWNER and not items[head].kin:
            head += 1
        if item.unit is Unit.COUPLE and _told_by_numbers(items, head) == item.n:
            size = replace(item, sort=Sort.NEVER, rule="told_in_parts")
            return told_in_parts([*items[:k], size, *items[k + 1 :]])
        sign = head < len(items) and (items[head].sort is Sort.COLON or items[head].plain in ("thi", ","))
        if sign and _parts(items, head + 1, phones=phones) == item.n:
            size = replace(item, sort=Sort.NEVER, rule="told_in_parts")
            return told_in_parts([*items[:k], size, *items[k + 1 :]])
    return items


def _told_by_numbers(items: list[Item], k: int) -> int:
    """`hai vợ chồng một máy được một máy lỗi`: how many are told right after them, each number with its outcome."""
    told = 0
    parts = 0
    while k + 1 < len(items) and items[k].sort is Sort.NUMBER and items[k + 1].sort is Sort.OUTCOME:
        told, parts, k = told + items[k].n, parts + 1, k + 2
        while k < len(items) and (items[k].sort is Sort.FILL or items[k].plain in (",", "con")):
            k += 1
    return told if parts > 1 else 0


_THERE = frozenset({Sort.FILL, Sort.UNIT, Sort.LINK, Sort.HOME, Sort.NUMBER, Sort.UNKNOWN, Sort.NEVER})


def who_is_there(items: list[Item]) -> list[Item]:
    """`em sang nhà ông Chiến xóm 2, có ông với vợ chồng anh con trai`: who is at home, and nothing is told of them."""
    if any(i.sort is Sort.OUTCOME or (i.sort is Sort.NUMBER and i.unit is Unit.PHONE) for i in items):
        return items
    for k in range(1, len(items) - 1):
        if items[k].plain != "co" or items[k].sort is not Sort.FILL or items[k - 1].sort is not Sort.BREAK:
            continue
        end = next((j for j in range(k + 1, len(items)) if items[j].sort is Sort.BREAK), len(items))
        people = items[k + 1 : end]
        sizes = [i for i in people if i.sort is Sort.NUMBER and i.unit in _PEOPLE]
        named = any(i.sort is Sort.HOME and not i.kin for i in items[:k])
        if sizes and named and end == len(items) and all(i.sort in _THERE for i in people):
            seen = {id(i) for i in sizes}
            return [replace(i, sort=Sort.NEVER, rule="who_is_there") if id(i) in seen else i for i in items]
    return items


_WITHIN = frozenset({Sort.FILL, Sort.ALL, Sort.UNIT})


def phones_of_people(items: list[Item]) -> list[Item]:
    """`hai mẹ con làm được 2 máy`: the people whose phones are counted; `2 người xong 3 máy lỗi` tells of others."""
    for k, item in enumerate(items[:-2]):
        if item.sort is not Sort.NUMBER or item.unit not in _PEOPLE or item.whole or item.n < 2:
            continue
        verbs = 0
        at = k + 1
        while at < len(items) and (items[at].outcome is Outcome.ACTIVATED or items[at].sort in _WITHIN):
            verbs, at = verbs + (items[at].outcome is Outcome.ACTIVATED), at + 1
        phones = items[at] if at < len(items) else item
        counted = phones.sort is Sort.NUMBER and phones.unit is Unit.PHONE
        got = phones.n == item.n or (phones.n < item.n and items[at - 1].plain in ("duoc", "dc"))
        after = items[at + 1] if at + 1 < len(items) else None
        other = after is not None and after.sort is Sort.OUTCOME and after.outcome is not Outcome.ACTIVATED
        if verbs and counted and got and not other:
            size = replace(item, sort=Sort.NEVER, rule="phones_of_people")
            return phones_of_people([*items[:k], size, *items[k + 1 :]])
    return items


_SIZES = frozenset({Unit.PERSON, Unit.MEMBER})


def how_many_live_there(items: list[Item]) -> list[Item]:
    """`Nhà thứ nhất. Có 3 người lớn. Làm được 3 máy`: a sentence that only says how many people a home has."""
    for k in range(1, len(items) - 3):
        has, size, after = items[k : k + 3]
        begins = items[k - 1].sort is Sort.BREAK and has.plain in ("co", "gom")
        alone = size.sort is Sort.NUMBER and size.unit in _SIZES and after.sort is Sort.BREAK
        phones = (i for i in items[k + 3 :] if i.sort is Sort.NUMBER or i.sort is Sort.HOME)
        counted = next(phones, None)
        if begins and alone and counted is not None and counted.sort is Sort.NUMBER and counted.unit is Unit.PHONE:
            told = replace(size, sort=Sort.NEVER, rule="how_many_live_there")
            return how_many_live_there([*items[: k + 1], told, *items[k + 2 :]])
    return items


def _parts(items: list[Item], k: int, *, phones: bool = False) -> int:
    """How many people the clauses from here tell of one by one, each with its outcome; 0 for a single clause.

    `phones`: each is told by its phone (`hai máy, máy anh được, máy chị chờ mãi không có mã`).
    """
    clauses = [list[Item]()]
    for item in items[k:]:
        if item.plain in _ENDS:
            break
        if item.sort in _CUTS:
            clauses.append([])
        elif item.sort is not Sort.FILL or item.plain != "thi":
            clauses[-1].append(item)
    told, people = 0, 0
    for clause in clauses:
        of_them = _of_them(clause) if not phones or (clause[:1] and clause[0].plain.startswith("may ")) else 0
        if of_them:
            told, people = told + 1, people + of_them
        elif any(i.sort in (Sort.HOME, Sort.NUMBER) for i in clause):
            break
    return people if told > 1 else 0


def _of_them(clause: list[Item]) -> int:
    """How many a clause tells of: `một người xong`, `vợ xong`."""
    if len(clause) < 2 or not any(item.sort is Sort.OUTCOME for item in clause[1:]):
        return 0
    first, *rest = clause
    if any(item.sort is Sort.NUMBER for item in rest):
        return 0
    if first.sort is Sort.NUMBER and first.unit is Unit.PERSON:
        return first.n
    return int(is_member(first))
