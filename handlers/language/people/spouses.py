"""`bà nhà` of who leaves out marks: the wife of whoever was just told of, and no three houses; young friends."""

from handlers.language.people.relatives import pronoun_end
from handlers.language.people.residents import home_item
from handlers.language.reading import Outcome
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import known_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.words import Words

_HUSBANDS = frozenset({"ong", "bac", "chu", "anh", "cu", "cau", "duong", "thay", "a", "o"})
_OF_PEOPLE = frozenset({Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.REFUSED, Outcome.ALREADY, Outcome.FAILED})
_SO = frozenset({"thi", "lai", "cung", "van", "vua", "moi"})


SPOUSE_STARTS = frozenset({"ba", "anh", "chu", "bac", "ong", "cau", "duong", "chi", "co", "thim", "mo", "di", "cu"})


def spouse_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`nha ong Tinh duoc 1 may, con ba nha thi khong co dien thoai`, `anh nhà chị ấy`: one person, of that home."""
    whose = pronoun_end(words, i + 2) if words.plain(i + 1) == "nha" and not words.is_name(i) else i + 2
    if whose > i + 3 and (not before or before[-1].sort in (Sort.BREAK, Sort.LEFT, Sort.LINK)):
        return home_item(words, i, whose)
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


def friend_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`nhà số 9: bạn Trang 1 máy, mẹ bạn Trang hẹn`: a young one who lives there, and no comrade who did the work."""
    if words.plain(i) != "ban" or not words.is_name(i + 1) or not words.plain(i + 1).isalpha():
        return None
    home = any(item.sort is Sort.HOME for item in before)
    told_of = home and before[-1].sort is Sort.COLON
    again = any(item.sort is Sort.HOME and item.plain == f"ban {words.plain(i + 1)}" for item in before)
    if not told_of and not again:
        return None
    first, last = words.folded.span(words.words[i].start, words.words[i + 1].end)
    return make(words, Sort.HOME, i, i + 2, name=" ".join(words.folded.text[first:last].split()))


def _is_told_of_him(before: list[Item]) -> bool:
    """Whether a man's home was told last, and a clause begins."""
    last = before[-1] if before else None
    if last is None or not (last.sort in (Sort.BREAK, Sort.LEFT) or last.plain in ("rieng", "con", "ma", "nhung")):
        return False
    home = next((item for item in reversed(before) if item.sort is Sort.HOME), None)
    return home is not None and not home.kin and not _HUSBANDS.isdisjoint(home.plain.split()[:3])
