"""Short and unmarked words that mean what stands beside them: `kh`, `v`, `h`, `mấy`, `vâng` (rule 16)."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from handlers.language.people.relatives import TITLES
from handlers.language.pieces.negation import negated_at
from handlers.language.reading import Outcome
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import Meaning, known_at
from handlers.language.words.numbers import number_at
from handlers.language.words.sorts import Said, Sort, Unit
from handlers.language.words.vocabulary import words_of
from handlers.language.words.words import Words


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a short word."""

    written: str  # before shorthand was written out
    number_next: bool
    counted: bool  # a number stands right before
    before: list[Item]


def short_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """Words of few letters that mean what stands beside them."""
    read = _READERS.get(words.plain(i))
    written = words.folded.plain[words.words[i].start : words.words[i].end]
    sign = words.plain(i + 1) in (":", "=") or (words.plain(i + 1) == "-" and words.words[i + 1].glued)
    number_next = words.plain(i + 1).isdigit() or (sign and words.plain(i + 2).isdigit())
    beside = _Beside(written, number_next, bool(before) and before[-1].sort is Sort.NUMBER, before)
    if written == "hg" and number_next:
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.REVISIT)  # `hg 20h mai`: hẹn giờ; else hông
    if written in ("kh", "k"):
        return (_kh_or_not if written == "kh" else _k)(words, i, beside)
    if words.plain(i + 1) == "oi" and words.plain(i) in _CALLED:
        return make(words, Sort.FILL, i, i + 2)  # `mười hai máy anh ơi`
    if words.plain(i) in _ANY_OF and words.plain(i + 1) == "nao" and words.plain(i + 2) not in _ALL_THE_SAME:
        return make(words, Sort.PLAN, i, i + 2)  # `nhà nào vắng thì ghi lại`: whichever it will be
    return None if read is None else read(words, i, beside)


def _kh_or_not(words: Words, i: int, beside: _Beside) -> Item | None:
    if words.plain(i + 1) == "duoc" and words.plain(i + 2).isdigit():
        return make(words, Sort.MANY, i, i + 2, n=int(words.plain(i + 2)[:3]))  # `kh đc 4`: không, or kích hoạt
    if words.plain(i) in ("kh", "khong"):
        return _kh(words, i, beside.number_next, beside.counted)
    return None


def _k(words: Words, i: int, beside: _Beside) -> Item | None:
    """`K54` is a class; one digit after it may be anything."""
    if not words.plain(i + 1).isdigit() or not words.words[i + 1].glued:
        return None
    known = len(words.plain(i + 1)) > 1
    return make(words, Sort.NEVER if known else Sort.UNKNOWN, i, i + (2 if known else 1))


def _ca(words: Words, i: int, beside: _Beside) -> Item | None:
    """`cả 4`."""
    if words.words[i].marked not in ("ca", "cả") or beside.counted or words.plain(i + 1) == "doi":
        return None
    return None if number_at(words, i + 1) is None else make(words, Sort.ALL, i, i + 1)


def _cho(words: Words, i: int, beside: _Beside) -> Item | None:
    """Unmarked chở; `cho em 2 suất`."""
    of_hamlet = bool(beside.before) and beside.before[-1].sort is Sort.HAMLET  # `thon hong lam cho 1 cu ra xa`
    if words.words[i].bare and _to_the_office(words, i, verb=not of_hamlet):
        return make(words, Sort.CARRY, i, i + 1)
    asks = words.plain(i + 1) == "em" and _asks_for(words, i, beside.before)
    return make(words, Sort.NEED, i, i + 2) if asks else None


def _h(words: Words, i: int, beside: _Beside) -> Item | None:
    """`h2` beside other shorthand is hẹn (rule 20)."""
    if not (beside.number_next or beside.counted) or words.plain(i - 1).isdigit() or _clock_next(words, i):
        return None
    return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.REVISIT)


def _v(words: Words, i: int, beside: _Beside) -> Item | None:
    """`v` is absent beside a number, or as all that is said of a home."""
    if words.plain(i + 1) in ("nua", "vai") and words.words[i + 1].marked != "nữa":
        return make(words, Sort.MANY, i, i + 2, n=1)  # `v nửa`
    aside = (Sort.COLON, Sort.HAMLET, Sort.NEVER)
    passed = (
        item for item in reversed(beside.before) if item.sort not in aside and item.plain not in ("-", "–", "|", "o")
    )
    last = next(passed, None)
    ends = not words.plain(i + 1).isalnum() or words.plain(i + 1) in ("r", "roi", "het", "nhe", "nghe", "a")
    told = last is not None and last.sort is Sort.HOME and ends
    if beside.number_next or beside.counted or told or (words.plain(i + 1) == "nua"):
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.ABSENT)
    return make(words, Sort.FILL, i, i + 1)


def _may(words: Words, i: int, beside: _Beside) -> Item | None:
    """`các anh`, `mấy bà` that are spoken to; `mấy`: how many?"""
    if beside.counted:
        return None
    if end := _all_of_you(words, i):
        return make(words, Sort.FILL, i, end)
    many = words.plain(i) == "may" and not words.plain(i - 1).isdigit() and _how_many(words, i)
    return make(words, Sort.MANY, i, i + 1) if many else None


def _moi(words: Words, i: int, beside: _Beside) -> Item | None:
    """`được mỗi 1 máy` is only one; unmarked `moi hai may` is mới hai, or mười hai."""
    if words.words[i].marked == "mỗi" and number_at(words, i + 1) is not None:
        return make(words, Sort.FILL, i, i + 1)
    if words.words[i].bare and words.plain(i + 1).isalpha() and (ten := number_at(words, i + 1)):
        return make(words, Sort.MANY, i, ten[1], n=10 + ten[0])
    return None


def _hoi(words: Words, i: int, beside: _Beside) -> Item | None:
    """`hỏi 5 nhà thì 2 nhà vắng`."""
    asked = words.words[i].marked in ("hoi", "hỏi") and number_at(words, i + 1) is not None
    return make(words, Sort.FILL, i, i + 1) if asked else None


def _nha(words: Words, i: int, beside: _Beside) -> Item | None:
    """A particle, for who marks the words."""
    particle = words.words[i].bare and words.accented and not _unmarked_home(words, i)
    return make(words, Sort.FILL, i, i + 1) if particle else None


def _hen(words: Words, i: int, beside: _Beside) -> Item | None:
    """Unmarked by who marks most words: before somebody or a time it is hẹn (`hen anh Sinh mai`)."""
    if not words.accented or words.words[i].marked != "hen":
        return None
    promised = words.plain(i + 1) in TITLES | {"anh", "chi", "nha"} or number_at(words, i + 1) is not None
    return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.REVISIT) if promised else None


def _vang(words: Words, i: int, beside: _Beside) -> Item | None:
    """Unmarked or mistyped vâng."""
    may_be = words.words[i].short or (words.words[i].bare and not words.accented)
    return make(words, Sort.FILL, i, i + 1) if may_be and _yes(words, i, beside.number_next, beside.before) else None


def _co(words: Words, i: int, beside: _Beside) -> Item | None:
    """Unmarked có between what happened and how often: `vang co 1 nha`; nobody's title, who would have a name."""
    between = words.words[i].bare and beside.before and beside.before[-1].sort is Sort.OUTCOME
    return make(words, Sort.FILL, i, i + 1) if between and number_at(words, i + 1) is not None else None


_READERS: dict[str, Callable[[Words, int, _Beside], Item | None]] = {
    "ca": _ca, "cho": _cho, "h": _h, "v": _v, "may": _may, "cac": _may, "moi": _moi, "hoi": _hoi, "nha": _nha,
    "vang": _vang, "hen": _hen, "co": _co,
}  # fmt: skip


_CALLED = frozenset({"anh", "chi", "a", "c", "em", "bac", "chu", "co", "thay"})


_ANY_OF = frozenset({"nha", "ho", "nguoi", "may", "cu", "bac"})

# The words that depend on those beside them, unless they were shorthand and have been written out.
SHORT_STARTS = frozenset(_READERS) | _CALLED | _ANY_OF | {"k", "kh"}


_ALL_THE_SAME = frozenset({"cung", "deu", "do", "ay", "day", "nua", ""})  # `nhà nào cũng vắng`: all of them


_YOU = words_of("anh chi ba ong ban em co chu bac ma dong lien to chau thay ae dua")


def _all_of_you(words: Words, i: int) -> int:
    """Where `các anh chị`, `mấy bà` ends that are spoken to; 0 where something is told of them."""
    if words.words[i].marked not in ("các", "mấy", "cac") or words.plain(i + 1) not in _YOU:
        return 0
    end = i + 2
    while words.plain(end) in _YOU | {"chi", "oi", "a", "nha", "nhe", "liền"}:
        end += 1
    known = known_at(words, end)
    told = known is not None and known[1].outcome not in (None, Outcome.ACTIVATED)
    return 0 if told or words.plain(end) in ("khong", "chua", "deu") else end


def _clock_next(words: Words, i: int) -> bool:
    return not words.words[i + 1].glued if i + 1 < len(words.words) else True


def _asks_for(words: Words, i: int, before: list[Item]) -> bool:
    """`cho em 2 suất`: not as in `cộng thêm 2 máy cho em`."""
    return (not before or before[-1].sort is Sort.BREAK) and number_at(words, i + 2) is not None


def _to_the_office(words: Words, i: int, *, verb: bool) -> bool:
    """Unmarked `cho` is chở where old people and the way to the office follow (`cho 2 cu ra xa lam cccd`).

    `verb`: whether the word before may be one that `cho` belongs to.
    """
    following = [words.plain(j) for j in range(i + 1, i + 9)]
    pairs = set(pairwise(following))
    if i and verb and words.plain(i - 1) in ("cai", "xong", "hoat", "lam", "duoc", "dan"):
        return False
    to_xa = pairs & {
        ("lam", "cccd"),
        ("lam", "can"),
        ("ra", "xa"),
        ("len", "xa"),
        ("tru", "so"),
        ("len", "ubnd"),
        ("ra", "ubnd"),
        ("uy", "ban"),
    }
    return bool(to_xa) and any(word in following[:4] for word in ("cu", "ong", "ba", "bac"))


def _kh(words: Words, i: int, number_next: bool, counted: bool) -> Item:
    """`kh` is kích hoạt beside a number, else không."""
    following = words.plain(i + 1)
    said_so = number_next or number_at(words, i + 1) is not None or (counted and not following.isalpha())
    if said_so or (counted and following in ("v", "tc", "hl", "r", "roi", "a", "xong", "nhe", "nha", "vang")):
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.ACTIVATED, said=Said.ACTIVATED)
    words.write(i, "khong", "không", short=False)
    return negated_at(words, i) or known_item(words, i, known_at(words, i) or (i + 1, Meaning(Sort.NOT)))


def _how_many(words: Words, i: int) -> bool:
    """`mấy`; unmarked `may` is that before what is counted: `dc may may`, `may nha vang`."""
    if not words.words[i].bare:
        return words.words[i].marked == "mấy" and words.plain(i + 1) not in ("gio", "%")
    return words.plain(i + 1) in ("may", "nha", "nguoi", "ho", "tk", "cu", "bac", "chuc", "dt")


def _yes(words: Words, i: int, number_next: bool, before: list[Item]) -> bool:
    """Unmarked `vang` is vâng at the start of a sentence or after dạ, unless something is counted beside it."""
    following = i + 1 + (words.plain(i + 1) == "co")  # `vang co 1 nha thoi`
    homes = following > i + 1 and words.plain(following + 1) in ("nha", "ho")
    if number_next or (homes and number_at(words, following) is not None):
        return False
    if number_at(words, i + 1) is not None or words.plain(i + 1) in ("nha", "ho", "may", "mat"):
        return False
    if before and before[-1].sort not in (Sort.FILL, Sort.BREAK):
        return False
    if words.plain(i + 1 + (words.plain(i + 1) == ",")) in ("hen", "hl"):
        return False  # `vang, hen ba Lan 19h mai`: she was not in
    return not any(item.sort in (Sort.NUMBER, Sort.HOME, Sort.MANY, Sort.HAMLET, Sort.ALL) for item in before[-3:])


def _unmarked_home(words: Words, i: int) -> bool:
    """`nha` of somebody who leaves out marks is a home before a title or a house number."""
    return words.plain(i + 1) in ("so", *TITLES, "a", "c", "b", "o", "anh", "chi") and words.plain(i - 1) not in (
        "may",
        "roi",
        "xong",
    )


def known_item(words: Words, i: int, known: tuple[int, Meaning]) -> Item:
    """What a known phrase is where it stands."""
    end, meaning = known
    while meaning.sort is Sort.SINCE and (words.plain(end).isdigit() or words.plain(end) == "/"):
        end += 1  # `từ tháng 3/2023`
    return make(words, meaning.sort, i, end, outcome=meaning.outcome, said=meaning.said, unit=meaning.unit or Unit.NONE)
