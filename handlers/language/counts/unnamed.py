"""Somebody in a list whom nobody understood: `mợ Hoan với chi thin đi vắng` speaks of two, not of one."""

from itertools import pairwise

from handlers.language.counts.tally import Tally
from handlers.language.reading import Reason
from handlers.language.sentences.clauses import Clause, Mood
from handlers.language.words.items import Item
from handlers.language.words.sorts import Sort
from handlers.language.words.titles import FORMS, GIVEN_UNMARKED, HOUSE, SPOKEN_TO

_LISTING = frozenset({",", "va", "voi", "cung", "lan"})
_WORK = frozenset({Sort.NUMBER, Sort.OUTCOME, Sort.MANY, Sort.NOTHING})
_SPEAKERS = frozenset({"em", "chau", "con"})  # more often who speaks
_UNMARKED = frozenset({"u", "me", "mu", "mo", "thim", "duong", "cau", "co", "di", "ong", "ba", "bac", "cu", "chu"})
_BY_THEMSELVES = frozenset({"u", "ma", "o"})  # other forms of address that change nothing are of somebody known


def unnamed_beside(tally: Tally, clauses: list[Clause]) -> Item | None:
    """Such a person among those who are listed before an outcome that counts them one by one, or that they share."""
    counted = {
        id(c.clause) for c in tally.counts if all(piece.reason in (Reason.HOME, Reason.VISIT) for piece in c.pieces)
    } | {id(clause) for clause in clauses if clause.has(Sort.EACH)}
    listed: list[Clause] = []
    for clause in clauses:
        if clause.mood is Mood.TOLD and id(clause) in counted and listed:
            for one in (*listed, clause):
                if (person := _unnamed(one) or _beside_kin(one, clause)) is not None:
                    return person
        goes_on = clause.ender in _LISTING and not any(_is_work(item, clause) for item in clause.items)
        listed = [*listed, clause] if goes_on else []
    return None


def _beside_kin(one: Clause, counted: Clause) -> Item | None:
    """`Hùng với vợ xong rồi`: a word of its own before somebody told by kinship alone."""
    if one is counted or len(one.items) != 1 or one.ender not in ("voi", "va", "cung"):
        return None
    kin = any(item.sort is Sort.HOME and item.kin for item in counted.items[:1])
    return one.items[0] if kin and one.items[0].sort is Sort.UNKNOWN and one.items[0].plain.isalpha() else None


def another_home(items: list[Item]) -> bool:
    """`nhà trưởng tohn được 4`: some other home, though nobody knows which."""
    return any(
        one.sort is Sort.UNIT
        and one.plain in HOUSE
        and other.first == one.last
        and other.sort in (Sort.UNKNOWN, Sort.FILL)
        for one, other in pairwise(items)
    )


def _is_work(item: Item, clause: Clause) -> bool:
    """Numbers in words may be names (`o bảy`), and so may `đạt` as the last word."""
    if item.sort is Sort.OUTCOME and item is clause.items[-1] and item.plain in GIVEN_UNMARKED:
        return False
    return item.sort in _WORK and not (item.sort is Sort.NUMBER and item.plain.isalpha())


def _unnamed(clause: Clause) -> Item | None:
    """What stands after a form of address and is no name that we can make out; a form of address and nothing else."""
    said = [item for item in clause.items if item.sort is not Sort.HAMLET]
    first = next((i for i, item in enumerate(said) if _addresses(item, clause)), None)
    if first is None or any(item.sort not in (Sort.FILL, Sort.WHEN, Sort.COLON, Sort.REPORT) for item in said[:first]):
        return None
    title, rest = said[first], said[first + 1 :]
    if not rest or rest[0].first != title.last:
        return title if title.sort is not Sort.FILL and clause.ender in _LISTING else None
    strange = rest[0].sort is Sort.UNKNOWN or rest[0].plain in GIVEN_UNMARKED
    alone = rest[0].sort in (Sort.UNIT, Sort.NUMBER) and len(rest) == 1
    return rest[0] if (strange or alone) and rest[0].plain.isalpha() else None


def _addresses(item: Item, clause: Clause) -> bool:
    if item.sort is Sort.FILL:
        return (item.plain in _BY_THEMSELVES and _goes_on(item, clause)) or _before_a_name(item, clause)
    spoken_to = item.plain in SPOKEN_TO and clause.ender == "," and not _before_a_name(item, clause)
    if item.plain not in FORMS or item.plain in _SPEAKERS or spoken_to:
        return False
    return item.sort is Sort.UNIT or (item.sort is Sort.UNKNOWN and item.plain in _UNMARKED)


def _goes_on(title: Item, clause: Clause) -> bool:
    """A word stands right after it, and no hamlet (`o xóm 4`)."""
    return any(item.first == title.last and item.sort is not Sort.HAMLET for item in clause.items)


def _before_a_name(title: Item, clause: Clause) -> bool:
    """`cụ bảo, cô Tư và bác Bường mỗi nhà 2 máy`: no cụ who says something."""
    after = next((item for item in clause.items if item.first == title.last), None)
    named = title.plain in FORMS and title.plain not in _SPEAKERS
    if after is None or not named or after.plain not in GIVEN_UNMARKED:
        return False
    return after is clause.items[-1] or clause.items[clause.items.index(after) + 1].sort is Sort.EACH
