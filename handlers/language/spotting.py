"""From words to items: at each word the first of a few recognisers that knows it takes as many words as it can."""

import re
from itertools import pairwise

from handlers.language import slips
from handlers.language.amounts import amount_at, couple_at
from handlers.language.days import when_at
from handlers.language.hamlets import hamlet_at
from handlers.language.introducing import OF_ONESELF, called_huy, introduced
from handlers.language.items import Item, make
from handlers.language.lexicon import KNOWN, NEVER_BEFORE, UNITS, Meaning, longest
from handlers.language.masking import MARK
from handlers.language.negation import negated_at
from handlers.language.numbers import number_at
from handlers.language.reading import Outcome
from handlers.language.residents import home_at, is_vocative
from handlers.language.sorts import Said, Sort, Unit
from handlers.language.vocabulary import words_of
from handlers.language.words import Words

_LIST = re.compile(r"(?:^|\n) *1 *[.)/-] *[^\d\s].*\n *2 *[.)/-]", re.DOTALL)
_ONLY_BEFORE_NUMBERS = words_of("""do co tam gan hon tren duoi non chac dau gia uoc khong chung khoang ngot""")
_BRANDS = words_of("iphone ip samsung oppo xiaomi vivo redmi galaxy nokia realme huawei android ios sim")
_DEVICES = words_of("may tk chiec cai dt")
_CALLED = frozenset({"anh", "chi", "a", "c", "em", "bac", "chu", "co", "thay"})
_ANY_OF = frozenset({"nha", "ho", "nguoi", "may", "cu", "bac"})
_ALL_THE_SAME = frozenset({"cung", "deu", "do", "ay", "day", "nua", ""})  # `nhà nào cũng vắng`: all of them
_NOT_SWALLOWED = frozenset({Sort.ADDED, Sort.FIX, Sort.PARTLY, Sort.UNDO})
_CROSSES = frozenset("❌✖✗✘❎🚫⛔")
_PRIVATE_NAMES = words_of("""so cccd cmnd cmt cm can cuoc cong dan dinh danh sdt dt dien thoai la""")


def spot(words: Words) -> list[Item]:
    """The items of a message, in order, covering every word."""
    items: list[Item] = []
    listed = bool(_LIST.search(words.folded.plain))
    i = 0
    while i < len(words.words):
        item = _item_at(words, i, items, listed)
        items.append(item)
        i = item.last
    return items


def _item_at(words: Words, i: int, before: list[Item], listed: bool) -> Item:  # noqa: C901 - until the reader is built anew
    plain = words.plain(i)
    if not plain[0].isalnum():
        return _sign(words, i)
    if item := _private(words, i):
        return item
    if plain in OF_ONESELF and (end := introduced(words, i)):
        return make(words, Sort.FILL, i, end)
    if plain == "huy" and called_huy(words, i, before):
        return make(words, Sort.UNKNOWN, i, i + 1)
    slips.correct_within(words, i)
    if item := (_list_number(words, i, listed) if plain.isdigit() else _short(words, i, before)):
        return item
    if item := negated_at(words, i):
        return item
    known = longest(words, i, KNOWN)
    if known is not None and known[0] > i + 1 and known[1].sort is not Sort.UNIT and not _cut_by_name(words, i, known):
        if _cut_short(words, known):
            return make(words, Sort.FILL, i, known[0] - 1)
        return _known(words, i, known)
    if found := when_at(words, i):
        return make(words, Sort.WHEN, i, found[1], when=found[0])
    if item := hamlet_at(words, i):
        return item
    if item := _home(words, i):
        return item
    if item := _never(words, i) or amount_at(words, i, before) or couple_at(words, i):
        return item
    if known is not None and not _wants_number(words, i, known):
        return _known(words, i, known)
    if known is not None:
        return make(words, Sort.FILL, i, i + 1)
    if slips.correct(words, i):
        return _item_at(words, i, before, listed)
    return make(words, Sort.UNKNOWN, i, i + 1)


def _sign(words: Words, i: int) -> Item:
    plain, following = words.plain(i), words.plain(i + 1)
    if plain[0] == MARK[0]:
        return make(words, Sort.NEVER, i, i + 1)
    if plain in ":=":
        return make(words, Sort.COLON, i, i + 1)
    if plain in "~≈>" and following.isdigit():
        return make(words, Sort.VAGUE, i, i + 1)
    bound = plain == "-" and following.isdigit() and words.words[i].glued and words.words[i + 1].glued
    if bound and words.plain(i - 1).isalpha():
        return make(words, Sort.COLON, i, i + 1)  # `kh-3 v-1`
    if plain == "+" and following.isdigit() and not words.plain(i - 1).isdigit():
        return make(words, Sort.FILL, i, i + 1)
    if plain in _CROSSES:
        return make(words, Sort.UNKNOWN, i, i + 1)  # `✅3 ❌1`: not done, but nobody says why
    if plain in "\"'“”‘’*_`":
        return make(words, Sort.FILL, i, i + 1)
    return make(words, Sort.BREAK, i, i + 1)


def _private(words: Words, i: int) -> Item | None:
    """What a masked number is, with it: `cccd ▒▒▒`, `số điện thoại: ▒▒▒`. The number alone is no work and no doubt."""
    end = i
    while words.plain(end) in _PRIVATE_NAMES:
        end += 1
    if end == i:
        return None
    end += words.plain(end) in (":", "=")
    return make(words, Sort.NEVER, i, end + 1) if words.plain(end)[:1] == MARK[0] else None


def _list_number(words: Words, i: int, listed: bool) -> Item | None:
    starts = words.plain(i - 1) in ("", "\n")
    following = words.plain(i + 1)
    if starts and (following == ")" or (listed and following in (".", "/", "-"))):
        return make(words, Sort.NEVER, i, i + 2)
    return None


def _short(words: Words, i: int, before: list[Item]) -> Item | None:  # noqa: C901 - until the reader is built anew
    """Words of one or two letters that mean what stands beside them."""
    plain = words.plain(i)
    written = words.folded.plain[words.words[i].start : words.words[i].end]
    sign = words.plain(i + 1) in (":", "=") or (words.plain(i + 1) == "-" and words.words[i + 1].glued)
    number_next = words.plain(i + 1).isdigit() or (sign and words.plain(i + 2).isdigit())
    counted = bool(before) and before[-1].sort is Sort.NUMBER
    if plain == "kh" or (written == "kh" and plain == "khong"):
        return _kh(words, i, number_next, counted)
    if written == "k" and words.plain(i + 1).isdigit() and words.words[i + 1].glued:
        return make(
            words,
            Sort.NEVER if len(words.plain(i + 1)) > 1 else Sort.UNKNOWN,
            i,
            i + (2 if len(words.plain(i + 1)) > 1 else 1),
        )
    if (
        plain == "ca"
        and words.words[i].bare
        and not counted
        and number_at(words, i + 1) is not None
        and words.plain(i + 1) != "doi"
    ):
        return make(words, Sort.ALL, i, i + 1)
    if plain == "cho" and words.words[i].bare and not words.accented and _to_the_office(words, i):
        return make(words, Sort.CARRY, i, i + 1)
    if plain == "v":
        sure = number_next or counted or (words.plain(i + 1) in ("nua", "vai") and words.words[i + 1].marked != "nữa")
        return make(words, Sort.OUTCOME, i, i + 1, outcome=Outcome.ABSENT) if sure else make(words, Sort.FILL, i, i + 1)
    if plain == "may" and not counted and not words.plain(i - 1).isdigit() and _how_many(words, i):
        return make(words, Sort.MANY, i, i + 1)
    if words.plain(i + 1) == "oi" and plain in _CALLED:
        return make(words, Sort.FILL, i, i + 2)  # `mười hai máy anh ơi`
    if words.words[i].marked == "mỗi" and number_at(words, i + 1) is not None:
        return make(words, Sort.FILL, i, i + 1)  # `được mỗi 1 máy`: only one
    if plain in _ANY_OF and words.plain(i + 1) == "nao" and words.plain(i + 2) not in _ALL_THE_SAME:
        return make(words, Sort.PLAN, i, i + 2)  # `nhà nào vắng thì ghi lại`: whichever it will be
    if plain == "cho" and words.plain(i + 1) == "em" and _asks_for(words, i, before):
        return make(words, Sort.NEED, i, i + 2)
    if plain == "moi" and words.words[i].bare and words.plain(i + 1).isalpha() and (ten := number_at(words, i + 1)):
        return make(words, Sort.MANY, i, ten[1], n=10 + ten[0])  # `moi hai may`: mới hai, or mười hai
    if plain == "hoi" and words.words[i].marked in ("hoi", "hỏi") and number_at(words, i + 1) is not None:
        return make(words, Sort.FILL, i, i + 1)  # `hỏi 5 nhà thì 2 nhà vắng`
    if plain == "nha" and words.words[i].bare and words.accented:
        return make(words, Sort.FILL, i, i + 1)
    if plain == "vang" and words.words[i].bare and not words.accented and _yes(words, i, number_next, before):
        return make(words, Sort.FILL, i, i + 1)
    return None


def _asks_for(words: Words, i: int, before: list[Item]) -> bool:
    """`cho em 2 suất`: not as in `cộng thêm 2 máy cho em`."""
    return (not before or before[-1].sort is Sort.BREAK) and number_at(words, i + 2) is not None


def _to_the_office(words: Words, i: int) -> bool:
    """Unmarked `cho` is chở where old people and the way to the office follow (`cho 2 cu ra xa lam cccd`)."""
    following = [words.plain(j) for j in range(i + 1, i + 9)]
    pairs = set(pairwise(following))
    if i and words.plain(i - 1) in ("cai", "xong", "hoat", "lam", "duoc", "dan"):
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
    words.words[i].plain, words.words[i].marked = "khong", "không"
    return negated_at(words, i) or _known(words, i, longest(words, i, KNOWN) or (i + 1, Meaning(Sort.NOT)))


def _how_many(words: Words, i: int) -> bool:
    """`mấy`; unmarked `may` is that before what is counted: `dc may may`, `may nha vang`."""
    if not words.words[i].bare:
        return words.words[i].marked == "mấy" and words.plain(i + 1) not in ("gio", "%")
    return words.plain(i + 1) in ("may", "nha", "nguoi", "ho", "tk", "cu", "bac", "chuc", "dt")


def _yes(words: Words, i: int, number_next: bool, before: list[Item]) -> bool:
    """Unmarked `vang` is vâng at the start of a sentence or after dạ, unless something is counted beside it."""
    if number_next or number_at(words, i + 1) is not None or words.plain(i + 1) in ("nha", "ho", "may", "mat"):
        return False
    if before and before[-1].sort not in (Sort.FILL, Sort.BREAK):
        return False
    if words.plain(i + 1 + (words.plain(i + 1) == ",")) in ("hen", "hl"):
        return False  # `vang, hen ba Lan 19h mai`: she was not in
    return not any(item.sort in (Sort.NUMBER, Sort.HOME, Sort.MANY, Sort.HAMLET, Sort.ALL) for item in before[-3:])


def _cut_by_name(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """A phrase of two does not run into a hamlet or a home: `nhà bà …` beats `… nhà`."""
    return known[1].sort in (Sort.FILL, Sort.REPORT) and (hamlet_at(words, i) is not None)


def _cut_short(words: Words, known: tuple[int, Meaning]) -> bool:
    """Nor does a filling phrase take the first word of one that means something: `em báo thiếu 1 máy`."""
    if known[1].sort is not Sort.FILL:
        return False
    other = longest(words, known[0] - 1, KNOWN)
    return other is not None and other[0] > known[0] and other[1].sort in _NOT_SWALLOWED


def _home(words: Words, i: int) -> Item | None:
    item = home_at(words, i)
    if item is None or (not item.kin and not item.number and is_vocative(words, item)):
        return None if item is None else make(words, Sort.FILL, item.first, item.last)
    if item.number and words.plain(item.last) == ",":
        end = item.last
        while words.plain(end) == "," and words.plain(end + 1).isdigit():
            end += 2
        if end > item.last + 2 and words.plain(end - 2) == "," and longest(words, end, UNITS) is None:
            return make(words, Sort.MANY, item.first, end, n=1)  # `nhà số 2, 4, 6 vắng`
    return item


def _known(words: Words, i: int, known: tuple[int, Meaning]) -> Item:
    end, meaning = known
    return make(words, meaning.sort, i, end, outcome=meaning.outcome, said=meaning.said, unit=meaning.unit or Unit.NONE)


def _wants_number(words: Words, i: int, known: tuple[int, Meaning]) -> bool:
    """`độ`, `cỡ`, `tầm`, `gần` are vague only right before a number; elsewhere they are other words."""
    if known[1].sort is not Sort.VAGUE or words.plain(i) not in _ONLY_BEFORE_NUMBERS or known[0] > i + 1:
        return False
    return number_at(words, i + 1) is None and words.plain(i + 1) not in ("chuc", "may", "vai", "tam", "khoang", "do")


def _never(words: Words, i: int) -> Item | None:
    """A word after which a number never counts, with that number: `ngõ 5`, `mức 2`, `iPhone 7`, `VNeID 2.1`."""
    found = longest(words, i, NEVER_BEFORE)
    if found is None or (words.words[i].plain == "ca" and not words.words[i].bare):
        return None
    end = found[0] + (words.plain(found[0]) in ("so", "thu"))
    if words.plain(end) in (":", "=") and words.plain(i) in ("otp", "ma"):
        end += 1
    if not words.plain(end).isdigit():
        return None
    end += 1
    while (
        words.plain(end) in (".", "/")
        and words.plain(end + 1).isdigit()
        and words.words[end].glued
        and words.words[end + 1].glued
    ):
        end += 2
    if end < len(words.words) and words.words[end].glued and words.plain(end) in ("a", "b", "c", "pro", "s", "plus"):
        end += 1
    if words.plain(i) in _BRANDS and words.plain(end) in _DEVICES:
        return make(words, Sort.MANY, i, end)  # `samsung 2 máy`: a model, or two of them
    return make(words, Sort.NEVER, i, end)
