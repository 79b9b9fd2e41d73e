"""Hamlets: a type word and a number or a name (rule 7)."""

import re
from collections.abc import Iterable

from handlers.language.folding import fold
from handlers.language.items import Item
from handlers.language.lexicon import KNOWN, Meaning, as_written, longest
from handlers.language.numbers import number_at
from handlers.language.reading import Outcome
from handlers.language.slips import meant, starts_phrase
from handlers.language.sorts import Said, Sort, Unit
from handlers.language.vocabulary import words_of
from handlers.language.words import Names, Word, Words

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
# Unmarked, these are often other words (`bạn`, `tờ`, `đợi`): with a name they need its capital or a number after it.
_SHY = frozenset({"to", "doi", "ban", "pho", "lang", "ap", "buon", "khu"})
_NO_NAME = words_of(
    """em e minh toi ta cong truong pho nay do kia ay nao vien bot anh chi ban ben va o thi la co cua cho mot hai
    vuc to chuc cac a ah ai nha nhe roi khac"""
)
_SAYS = frozenset({"noi", "bao", "ke", "nhan", "duoc", "lam", "xong"})
_PERSON = frozenset(["nha", "ong", "ba", "bac", "cu", "co", "chu", "anh", "chi", "di", "cau", "thim", "ho"])
_STOPS = frozenset(
    {Sort.OUTCOME, Sort.NOT_THAT, Sort.BUT_THIS, Sort.UNDO, Sort.FIX, Sort.TOTAL, Sort.ADDED, Sort.DOING}
)
_MOST = 4  # words in a name
_MAY_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_BY_FIRST))})\s+[^\W\d_]")


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
            if words.plain(j).isdigit() and words.words[j].glued and not words.plain(i - 1).isdigit()
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
    end = _name_end(words, i, j, key)
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
    for end in range(min(j + _MOST, len(words.words)), j, -1):
        if tuple(word.plain for word in words.words[j:end]) in words.names:
            goes_on = words.is_name(end) and words.is_name(end - 1)
            number = words.words[end - 1].digits and not _more_work(words, end)
            return j if goes_on or number else end
    return j


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
    return found


def _name_end(words: Words, i: int, j: int, key: tuple[str, ...]) -> int:
    """Where the name that starts at word `j` ends: at a number, an outcome, a day, a person or a sign."""
    if not _may_name(words, i, j, key):
        return j
    end = j + 1
    while end < len(words.words) and end - j < _MOST and _goes_on(words, j, end):
        end += 1
    return end


def _may_name(words: Words, i: int, j: int, key: tuple[str, ...]) -> bool:
    if j >= len(words.words) or not words.words[j].plain.isalpha():
        return False
    word = words.words[j]
    if words.is_name(j) and (len(word.plain) > 1):
        return True
    no_name = word.plain in _NO_NAME and (
        word.bare or word.plain == "truong" or longest(words, j, KNOWN, strict=True) is not None
    )
    if no_name or _exact_known(words, j):  # `xóm bên` is no name, `xóm Bến` is
        return False
    if key[0] in _SHY and len(key) == 1:
        if not words.words[i].bare:
            return not (words.mixed and key[0] in ("to", "doi"))
        return not words.mixed and not words.accented and _named_clearly(words, i, j)
    return True


def _named_clearly(words: Words, i: int, j: int) -> bool:
    """`ban mong: 5 may`: an unknown word before a number or an outcome, and no number before."""
    if words.plain(i - 1).isdigit() or longest(words, j, KNOWN) is not None:
        return False
    if longest(words, j + 1, KNOWN) is None and words.plain(j + 1).isalpha():
        j += 1
    after = longest(words, j + 1, KNOWN)
    work = after is not None and after[1].sort is Sort.OUTCOME
    return work or words.plain(j + 1) == ":" or words.plain(j + 1).isdigit()


def _exact_known(words: Words, j: int) -> bool:
    """A word that the reader knows with these very marks is no name, unless it has a capital."""
    word, known = words.words[j], longest(words, j, KNOWN)
    if known is None or (words.accented and word.bare and not as_written(word, known, j)):
        return False
    if word.bare and not words.accented:
        return known[1].sort in _STOPS and word.plain not in ("lam", "moi", "loi", "vang", "can")
    return known[1].sort is not Sort.FILL or word.plain in ("duoc", "cung", "nhe")


def _goes_on(words: Words, j: int, end: int) -> bool:
    word = words.words[end]
    if not word.plain.isalpha() or (word.glued and not words.words[end - 1].plain.isalpha()):
        return False
    if word.plain in _PERSON and not (words.is_name(end) and word.plain not in ("nha", "ong", "ba", "ho")):
        return False
    if not words.is_name(end) and (
        word.plain in ("chua", "khong") or meant(word.plain) is not None or starts_phrase(words, end)
    ):
        return False
    if word.plain in KNOWN.next and meant(words.plain(end + 1)) is not None and not words.is_name(end):
        return False
    known = longest(words, end, KNOWN)
    if words.accented and not as_written(word, known, end):
        known = None
    if word.marked == "mã" and words.plain(end + 1) != "otp":
        return True  # `thôn Phù Mã`
    if known is not None and not words.accented and not words.mixed and _part_of_lower_name(words, end, known):
        return True
    if known is None:
        number = number_at(words, end)
        if number is not None and (word.bare or word.marked not in ("năm",)):
            return words.is_name(end) and words.is_name(end - 1) and not _counted(words, number[1])
        return _same_hand(words, j, end)
    if words.is_name(end) and words.is_name(j) and not (word.marked != word.plain and known[1].sort in _STOPS):
        return known[1].sort not in _STOPS or (words.accented and word.bare)
    return False


def _same_hand(words: Words, j: int, end: int) -> bool:
    """A name keeps its capitals: `thôn Nội mưa` is Nội; `Lai cách` goes on in lower case once."""
    if words.plain(end) == "mai" and words.is_name(end) and words.is_name(end - 1):
        return True  # `Song Mai`
    if words.plain(end) in ("hom", "nay", "toi", "sang", "chieu", "ngay", "hqua", "hnay", "mai", "to", "xom", "thon"):
        return False
    if len(words.plain(end)) == 1 and words.plain(end) in "abcd" and words.is_name(end) and words.is_name(j):
        return not words.plain(end + 1).isdigit() or not words.words[end + 1].glued  # `Phú Lương B`
    if len(words.plain(end)) < 2 or len(words.plain(end)) > 7:
        return False
    if words.is_name(end) or not words.is_name(j):
        return True
    return end == j + 1 and not words.plain(end + 1).isdigit()  # `Lai cách, …`, but `Mới đưc 3` may be a slip


def _part_of_lower_name(words: Words, end: int, known: tuple[int, Meaning]) -> bool:
    """Without capitals and marks, words that hardly ever follow a hamlet are part of its name (`thon mai xa 5 may`)."""
    if known[0] > end + 1:
        return False
    if words.plain(end) == "sao":
        return end + 1 < len(words.words) and words.plain(end + 1) not in ("a", "roi", "the", "anh")
    if words.plain(end) == "ma":
        return words.plain(end + 1)[:1].isdigit() or words.plain(end + 1) == ":"
    following = words.plain(end + 1)
    if words.plain(end) in ("lai", "dinh") and (following[:1].isdigit() or following in (":", "nha")):
        return True
    if words.plain(end) == "dinh":
        return following in ("duoc", "dc", "vang", "chua")
    return words.plain(end) in ("xa", "cao", "thinh", "thuong", "tren", "duoi", "ngoai", "chau")


def _counted(words: Words, j: int) -> bool:
    known = longest(words, j, KNOWN)
    return known is not None and known[1].sort is Sort.UNIT


def _named(words: Words, i: int, j: int, end: int) -> Item:
    """A name, with a number that belongs to it (`Trung 2`) only where another number follows for the work."""
    if words.plain(end).isdigit() and len(words.plain(end)) <= 2 and _more_work(words, end + 1):
        end += 1
    return _item(words, i, j, end, _written(words, j, end))


def _more_work(words: Words, k: int) -> bool:
    """Whether a number for phones follows: `: 4 máy`, `được 3`, `3 máy`, `kh 3`."""
    if words.plain(k) == ":":
        return number_at(words, k + 1) is not None or _more_work(words, k + 1)
    if words.plain(k).isdigit():
        return True
    if (word_number := number_at(words, k)) is not None:
        return _counted(words, word_number[1])
    known = longest(words, k, KNOWN)
    while known is not None and _done(known[1].outcome, known[1].said):
        k = known[0]
        if words.plain(k) == ":":
            k += 1
        if number_at(words, k) is not None:
            return True
        known = longest(words, k, KNOWN)
    return words.plain(k) == "kh" and words.plain(k + 1).isdigit()


def _done(outcome: Outcome | None, said: Said | None) -> bool:
    return outcome is Outcome.ACTIVATED and said is not None


def _written(words: Words, j: int, end: int) -> str:
    if any(_decoded(words, k) for k in range(j, end)):
        return " ".join(w.marked.capitalize() if w.capital else w.marked for w in words.words[j:end])
    first = words.folded.span(words.words[j].start, words.words[j].end)[0]
    last = words.folded.span(words.words[end - 1].start, words.words[end - 1].end)[1]
    return " ".join(words.folded.text[first:last].split())


def _decoded(words: Words, k: int) -> bool:
    """Whether a word was typed in keys that became no letters."""
    word = words.words[k]
    return not word.short and words.folded.plain[word.start : word.end] != word.plain


def _item(words: Words, i: int, j: int, end: int, name: str, *, number: bool = False) -> Item:
    start, stop = words.words[i].start, words.words[end - 1].end
    return Item(
        Sort.HAMLET, i, end, start, stop, words.folded.plain[start:stop], name=name, number=number, unit=Unit.NONE
    )
