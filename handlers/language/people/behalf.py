"""For whom a report is: `báo hộ Sơn 3 máy`, `Sơn nhờ báo 3 máy` (rule 27)."""

from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import known_at
from handlers.language.words.numbers import number_at
from handlers.language.words.sorts import Sort
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words

_TITLES = words_of("ban thang nho anh chi em dong d/c chi bac chu co thg be con cho")
_NO_NAMES = words_of("nha may xom thon to ap nguoi ho may nhe a nha la la: voi em e minh toi cho khu ban doi x tdp")


_WHO_IT_IS = frozenset({"la", "ban", "ban em", "ban minh", "ban toi", "em", "minh", "toi", "ban cung to"})


def behalf_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """The words that say for whom a report is, with the name after `báo hộ` or before `nhờ báo`."""
    known = known_at(words, i)
    if known is None or known[1].sort is not Sort.BEHALF:
        return None
    numbered = len(before) > 2 and before[-1].last == i and numbered_end(words, before[-3].first) == i
    if words.plain(i) in ("nho", "goi", "nhan") and (numbered or words.plain(known[0] - 1) != "ho"):
        return _before(words, i, known[0], before, numbered=numbered)
    start = known[0]
    while words.plain(start) in _TITLES and words.plain(start + 1) != "bao":
        start += 1
    end = _name_end(words, start)
    return make(words, Sort.BEHALF, i, max(end, known[0]), rule="behalf", name=_written(words, known[0], end))


def _name_end(words: Words, start: int) -> int:
    """Capitalised words, else one word that the reader does not know."""
    if (numbered := numbered_end(words, start)) > start:
        return numbered
    end = start
    while words.is_name(end) and end - start < 4 and words.plain(end) not in ("xom", "thon", "to", "nha"):
        end += 1
    if end > start:
        return end
    plain = words.plain(start)
    if plain.isalpha() and plain not in _NO_NAMES and known_at(words, start) is None:
        return start + 1
    return start


def numbered_end(words: Words, i: int) -> int:
    """Where `học viên 72` ends, whose number is a name; `i` where none begins."""
    if (words.plain(i), words.plain(i + 1)) != ("hoc", "vien"):
        return i
    number = number_at(words, i + 2)
    return i if number is None else number[1]


def _before(words: Words, i: int, end: int, before: list[Item], *, numbered: bool) -> Item:
    """Takes the name back from the items before; they were read as a home, or as nothing known."""
    start = i
    if numbered:
        start = before[-3].first
        del before[-3:]
    while before and before[-1].last == start and _may_be_name(before[-1], words):
        start = before.pop().first
    name, is_it = _written(words, start, i), bool(before) and before[-1].plain == "la"
    while is_it and before and before[-1].plain in _WHO_IT_IS:
        start = before.pop().first  # `bạn em là Sơn nhờ báo 3 máy`
    return make(words, Sort.BEHALF, start, end, rule="behalf", name=name)


def _may_be_name(item: Item, words: Words) -> bool:
    if item.sort in (Sort.UNKNOWN, Sort.HOME):
        return True
    return item.sort in (Sort.OTHERS, Sort.FILL, Sort.WHEN, Sort.UNIT, Sort.NUMBER, Sort.TOTAL) and (
        words.is_name(item.first) or item.plain in ("ban", "dong chi", "thang", "d/c", "con", "nho")
    )


def _written(words: Words, start: int, end: int) -> str:
    if end <= start:
        return ""
    first, last = words.folded.span(words.words[start].start, words.words[end - 1].end)
    return " ".join(words.folded.text[first:last].split())
