"""`bà nhà` of who leaves out marks: the wife of whoever was just told of, and no three houses."""

from handlers.language.reading import Outcome
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import known_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.words import Words

_HUSBANDS = frozenset({"ong", "bac", "chu", "anh", "cu", "cau", "duong", "thay", "a", "o"})
_OF_PEOPLE = frozenset({Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.REFUSED, Outcome.ALREADY, Outcome.FAILED})
_SO = frozenset({"thi", "lai", "cung", "van", "vua", "moi"})


def spouse_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`nha ong Tinh duoc 1 may, con ba nha thi khong co dien thoai`: one person, of his home."""
    if (words.plain(i), words.plain(i + 1)) != ("ba", "nha") or words.accented or words.is_name(i):
        return None
    if words.words[i].marked != "ba" or not _is_told_of_him(before):
        return None
    end = i + 2
    while words.plain(end) in _SO:
        end += 1
    known = known_at(words, end)
    told = known is not None and known[1].outcome in _OF_PEOPLE
    if not told and "thi" not in {words.plain(k) for k in range(i + 2, end)}:
        return None  # `con ba nha vang` may be three
    start, stop = words.words[i].start, words.words[i + 1].end
    item = make(words, Sort.HOME, i, i + 2, kin=True, unit=Unit.NONE)
    first, last = words.folded.span(start, stop)
    item.name = " ".join(words.folded.text[first:last].split())
    return item


def _is_told_of_him(before: list[Item]) -> bool:
    """Whether a man's home was told last, and a clause begins."""
    last = before[-1] if before else None
    if last is None or not (last.sort in (Sort.BREAK, Sort.LEFT) or last.plain in ("rieng", "con", "ma", "nhung")):
        return False
    home = next((item for item in reversed(before) if item.sort is Sort.HOME), None)
    return home is not None and not home.kin and not _HUSBANDS.isdisjoint(home.plain.split()[:3])
