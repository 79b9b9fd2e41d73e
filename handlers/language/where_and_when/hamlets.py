"""Hamlets: a type word and a number or a name (rule 7)."""

import re
from collections.abc import Iterable

from handlers.language.reading import Outcome
from handlers.language.signs.folding import fold
from handlers.language.spelling.slips import meant
from handlers.language.where_and_when.hamlet_names import MOST, counted, name_end
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import UNITS, known_at, longest
from handlers.language.words.numbers import DOUBTFUL, number_at
from handlers.language.words.sorts import Said, Sort, Unit
from handlers.language.words.titles import FORMS
from handlers.language.words.words import Names, Word, Words

TYPES: dict[tuple[str, ...], tuple[str, ...]] = {  # folded → the marks it needs, where it is marked at all
    ("to", "dan", "pho"): ("tổ", "dân", "phố"),
    ("khu", "dan", "cu"): ("khu", "dân", "cư"),
    ("tieu", "khu"): ("tiểu", "khu"),
    ("khu", "pho"): ("khu", "phố"),
    ("tdp",): ("tdp",),
    ("kdc",): ("kdc",),
    ("tk",): ("tk",),
    ("thon",): ("thôn",),
    ("xom",): ("xóm",),
    ("to",): ("tổ",),
    ("khu",): ("khu",),
    ("doi",): ("đội",),
    ("pho",): ("phố",),
    ("lang",): ("làng",),
    ("ban",): ("bản",),
    ("ap",): ("ấp",),
    ("buon",): ("buôn",),
    ("x",): ("x",),
}
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
for _key, _marks in TYPES.items():
    _BY_FIRST.setdefault(_key[0], []).append((_key, _marks))
HAMLET_STARTS = frozenset(_BY_FIRST)
# Unmarked, these are often other words (`bạn`, `tờ`, `đợi`): with a name they need its capital or a number after it.
_MAY_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_BY_FIRST))})\s+[^\W\d_]")


_NOT_CALLED_SO = frozenset({"", ",", "co", "con", "voi", "vs", "la", "thi", "luon", "nha", "do", "ay", "nay"})
_SAYS = frozenset({"noi", "bao", "ke", "nhan", "duoc", "lam", "xong"})


def may_name_hamlet(text: str) -> bool:
    """Whether a text may name a hamlet in words, so that it helps to know those that there are."""
    return _MAY_NAME.search(fold(text)) is not None


def names_of(folded: Iterable[str]) -> Names:
    """Known hamlets for `read`, from their folded names without type words; numbers need no list."""
    return frozenset(tuple(name.split()) for name in folded if name[:1].isalpha())


def hamlet_at(words: Words, i: int) -> Item | None:
    """The hamlet that is named from word `i` on."""
    first = words.plain(i)
    types = _BY_FIRST.get(first)
    if types is None or (first == "khu" and words.plain(i - 1) == "mat"):
        return None
    for key, marks in types:
        if all(words.plain(i + k) == word for k, word in enumerate(key)) and _marked_so(words.words[i:], marks):
            found = _after_type(words, i, i + len(key), key)
            if found is not None or len(key) > 1:
                return found
    return None


def same_hamlet_at(words: Words, i: int) -> Item | None:
    """`cùng xóm có bác Lợi`, `bác Lợi cùng xóm 1 máy`: the hamlet of before, which is not named."""
    phones = words.plain(i + 2).isdigit() and words.plain(i + 3) in ("may", "cai", "tk", "dt")
    same = words.plain(i + 1) in ("xom", "thon", "ap", "lang") and (phones or words.plain(i + 2) in _NOT_CALLED_SO)
    return make(words, Sort.FILL, i, i + 2, rule="same_hamlet") if same else None


def _marked_so(said: list[Word], marks: tuple[str, ...]) -> bool:
    return all(word.bare or word.marked == mark for word, mark in zip(said, marks, strict=False))


def _after_type(words: Words, i: int, j: int, key: tuple[str, ...]) -> Item | None:
    if words.plain(j) == "so" and words.plain(j + 1)[:1].isdigit():
        j += 1
    if (
        words.plain(j) == ":"
        and words.plain(i - 1) in ("", "\n", ".", ";", "/", "·", "-", "|")
        and words.plain(j + 1).isalnum()
    ):
        if words.plain(j + 1).isdigit() and words.plain(j + 2).isalpha():
            return None
        j += 1  # `Xóm: 14`, as forms have it
    if key == ("x",):
        return (
            _numbered(words, i, j)
            if words.plain(j).isdigit()
            and words.words[j].glued
            and (not words.plain(i - 1).isdigit() or words.plain(i - 2) == "so")
            else None
        )
    if key == ("tk",) or (key == ("doi",) and words.words[i].marked == "đôi"):
        return None
    if words.plain(j).isdigit():
        return _numbered(words, i, j)
    if j < len(words.words) and words.words[j].capital and (roman := _ROMAN.get(words.plain(j))) and _upper(words, j):
        return _item(words, i, j, j + 1, str(roman), number=True)
    if (end := _known_end(words, j)) > j:
        return _item(words, i, j, end, _written(words, j, end))
    if (spelled := _spelled(words, j)) is not None:
        return _item(words, i, j, spelled[1], str(spelled[0]), number=True)
    end = name_end(words, i, j, key)
    if end == j or (key == ("ban",) and words.words[i].bare and words.plain(end) in _SAYS):
        return None  # `ban Huy noi …`: bạn
    return _named(words, i, j, end)


_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
    "xiii": 13, "xiv": 14, "xv": 15,
}  # fmt: skip


def _upper(words: Words, j: int) -> bool:
    start, end = words.folded.span(words.words[j].start, words.words[j].end)
    return words.folded.text[start:end].isupper()


def _known_end(words: Words, j: int) -> int:
    """Where the longest known name ends that starts at word `j`: `thon hong lam 2 may` where there is a Hồng Lâm."""
    for end in range(min(j + MOST, len(words.words)), j, -1):
        if tuple(_as_named(words, k) for k in range(j, end)) in words.names:
            goes_on = words.is_name(end) and words.is_name(end - 1)
            number = words.words[end - 1].digits and not _tail(words, j, end)
            return j if goes_on or number else end
    return j


def _as_named(words: Words, k: int) -> str:
    """A word as it may stand in a name: `Sin` is no short `sinh` there."""
    word = words.words[k]
    return words.folded.plain[word.start : word.end] if word.short else word.plain


def _numbered(words: Words, i: int, j: int) -> Item | None:
    """`xóm 4`, `tổ 12B`; `xóm 4/5` and `xóm 3-4` name no one hamlet and stay unknown."""
    end, name = j + 1, str(int(words.plain(j)[:4]))
    following = words.words[end] if end < len(words.words) else None
    if following is not None and following.glued:
        if following.plain in ("-", "/") and words.plain(end + 1).isdigit():
            return None
        if following.plain == "." and words.plain(end + 1).isdigit() and words.words[end + 1].glued:
            return None  # `bản 2.0.6`
        if following.plain in ("h", "g", "p"):
            return None  # `cả đội 19h`
        work = following.plain in ("v", "k", "h", "m") and words.plain(end + 1).isdigit()
        if len(following.plain) == 1 and following.plain.isalpha() and not work:  # `tổ 12B`
            name, end = name + following.plain.upper(), end + 1
    return _item(words, i, j, end, name, number=True)


def _spelled(words: Words, j: int) -> tuple[int, int] | None:
    """A number in words: `xóm bốn`, `xóm tư`; with a capital it is a name (`thôn Hai`)."""
    if j < len(words.words) and words.words[j].marked == "tư" and not words.is_name(j):
        return 4, j + 1
    found = number_at(words, j)
    if found is None or words.is_name(j) or words.plain(j) in ("chuc", "doi", "cap", "ta") or found[0] > 60:
        return None
    if (
        found[0] > 10
        and not words.words[j].digits
        and number_at(words, found[1]) is not None
        and not words.plain(found[1]).isdigit()
    ):
        return None  # dictated `xóm mười một hai máy`
    if words.words[j].bare and words.accented and words.plain(j) not in ("hai", "ba"):
        return None
    if words.plain(j) in DOUBTFUL and words.words[j].bare and found[1] == j + 1 and _goes_on_strangely(words, j + 1):
        return None  # `thon nam dam nha …`: Nặm Đăm
    return found


def _goes_on_strangely(words: Words, k: int) -> bool:
    known = known_at(words, k)
    if meant(words.plain(k)) is not None or number_at(words, k) is not None:
        return False
    return words.plain(k).isalpha() and words.plain(k) not in FORMS and (known is None or known[1].sort is Sort.MANY)


def _named(words: Words, i: int, j: int, end: int) -> Item:
    """A name, with a number that belongs to it (`Trung 2`) only where another number follows for the work."""
    if (
        words.plain(end).isdigit()
        and len(words.plain(end)) <= 2
        and (_more_work(words, end + 1) or _is_head(words, end + 1))
    ):
        end += 1
    return _item(words, i, j, end, _written(words, j, end))


def _tail(words: Words, j: int, end: int) -> bool:
    """Whether the number of a known name belongs to it: `Trung 2` where work follows, or where there is no Trung."""
    if _more_work(words, end) or words.plain(end) in (":", "\n"):
        return True
    alone = tuple(word.plain for word in words.words[j : end - 1]) not in words.names
    return alone and longest(words, end, UNITS) is None and words.plain(end) != ""


def _is_head(words: Words, k: int) -> bool:
    """`Trung 2: nhà bà Lan 3 máy`: a colon, and numbers of work after it."""
    return words.plain(k) == ":" and any(
        word.digits or number_at(words, j) for j, word in enumerate(words.words[k:], k)
    )


def _more_work(words: Words, k: int) -> bool:
    """Whether a number for phones follows: `: 4 máy`, `được 3`, `3 máy`, `kh 3`."""
    if words.plain(k) == ":":
        return number_at(words, k + 1) is not None or _more_work(words, k + 1)
    if words.plain(k).isdigit():
        return True
    if (word_number := number_at(words, k)) is not None:
        return counted(words, word_number[1])
    known = known_at(words, k)
    while known is not None and _done(known[1].outcome, known[1].said):
        k = known[0]
        if words.plain(k) == ":":
            k += 1
        if number_at(words, k) is not None:
            return True
        known = known_at(words, k)
    return words.plain(k) == "kh" and words.plain(k + 1).isdigit()


def _done(outcome: Outcome | None, said: Said | None) -> bool:
    return outcome is Outcome.ACTIVATED and said is not None


def _written(words: Words, j: int, end: int) -> str:
    if any(_decoded(words, k) for k in range(j, end)):
        return " ".join(_cased(words, k) for k in range(j, end))
    first = words.folded.span(words.words[j].start, words.words[j].end)[0]
    last = words.folded.span(words.words[end - 1].start, words.words[end - 1].end)[1]
    return " ".join(words.folded.text[first:last].split())


def _cased(words: Words, k: int) -> str:
    word, plain = words.words[k], _as_named(words, k)
    said = word.marked if plain == word.plain else plain
    return said.capitalize() if word.capital else said


def _decoded(words: Words, k: int) -> bool:
    """Whether a word was typed in keys that became no letters."""
    word = words.words[k]
    return not word.short and words.folded.plain[word.start : word.end] != word.plain


def _item(words: Words, i: int, j: int, end: int, name: str, *, number: bool = False) -> Item:
    start, stop = words.words[i].start, words.words[end - 1].end
    return Item(
        Sort.HAMLET, i, end, start, stop, words.folded.plain[start:stop], name=name, number=number, unit=Unit.NONE
    )
