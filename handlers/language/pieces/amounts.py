"""Numbers where they stand in a message: what they count, and which of them nobody can know (rules 6, 12, 15)."""

from dataclasses import replace

from handlers.language.people.residents import home_at
from handlers.language.pieces.negation import negated_at
from handlers.language.reading import Outcome
from handlers.language.spelling import slips
from handlers.language.where_and_when.days import when_at
from handlers.language.where_and_when.hamlets import hamlet_at
from handlers.language.words.items import Item, make
from handlers.language.words.lexicon import NEVER_BEFORE, NEVER_UNITS, UNITS, Meaning, known_at, longest
from handlers.language.words.numbers import DOUBTFUL, number_at
from handlers.language.words.sorts import Sort, Unit
from handlers.language.words.vocabulary import POLITE
from handlers.language.words.words import Words

_RANGE = frozenset({"-", "~", "den", "toi", "hoac", "hay"})
_ENDS = frozenset({"?", ".", "!", "\n", ",", ";", ""})
_JOINING = frozenset({"/", "-", "+", "%", "*", "~", "(", ":", "="})
_MARKED_NUMBERS = frozenset({"nam", "sau", "bay", "tam"})  # who marks words writes `tám`, and `Kô Tam` is a hamlet
_DAYS = frozenset({"nay", "qua", "kia", "thu", "t"})
_MOST_COUNTED = 999
_MOST_IN_SHORT = 30
_TERSE = frozenset({"v", "tc", "hl", "kh", "x", "nx", "a", "b", "c", "o", "e", "lm", "k", "ck", "nham", "sot"})
_OLD = 50  # a number that is an age rather than phones of one home
_EVENINGS = frozenset({"nay", "qua", "mai", "hom", "kia"})


def amount_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """The number that starts at word `i`, with what it counts."""
    found = number_at(words, i)
    if found is None:
        return None
    n, end = found
    if words.plain(i) == "tam" and words.words[i].bare and words.plain(i + 1) == "chuc":
        return _many(words, i, end)  # `tầm chục` or `tám chục`
    if _afterwards(words, i, end, before):
        return make(words, Sort.FILL, i, end)
    if _is_other_word(words, i, end, before):
        return None
    if not _followed_plainly(words, i, end) or (words.plain(end) == "nua" and words.words[end].marked == "nửa"):
        return _many(words, i, end)
    if words.plain(end) == "/" and words.plain(end + 1).isdigit():  # 3/4: three of four
        of, stop = int(words.plain(end + 1)[:4]), end + 2
        return _of_them(_with_unit(words, i, stop, n)) if 0 <= n <= of else _many(words, i, end)
    if item := _of_something_else(words, i, end, n):
        return item
    return _with_unit(words, i, end, n) if n <= _MOST_COUNTED else make(words, Sort.MANY, i, end)


def _afterwards(words: Words, i: int, end: int, before: list[Item]) -> bool:
    """Unmarked `hen lai sau`: another time, and no six."""
    after = words.plain(i) == "sau" and words.words[i].bare and end == i + 1
    return after and bool(before) and before[-1].outcome is Outcome.REVISIT and _only_number(words, end)


def _is_other_word(words: Words, i: int, end: int, before: list[Item]) -> bool:
    """Unmarked words that are numbers only before something that is counted: chúc, ba, năm."""
    if not words.words[i].bare:
        return False
    if words.plain(i) == "doi" and words.plain(end + 1) in ("khac", "moi", "qua"):
        return True  # unmarked `doi may khac`: another phone, and no two
    if words.accented and words.plain(i) == "ba" and _ends_after_outcome(words, end, before):
        return False
    if _counts(words, end, before):
        return words.accented and words.plain(i) in _MARKED_NUMBERS and longest(words, end, UNITS) is None
    return words.plain(i) == "chuc" or (words.plain(i) in DOUBTFUL and end == i + 1)


def _only_number(words: Words, end: int) -> bool:
    """Whether no phone or person is counted after it."""
    return longest(words, end, UNITS) is None


def _ends_after_outcome(words: Words, end: int, before: list[Item]) -> bool:
    """`được ba và …`: who marks words means three."""
    known = known_at(words, end)
    return bool(before) and before[-1].sort is Sort.OUTCOME and known is not None and known[1].sort is Sort.LINK


def _of_something_else(words: Words, i: int, end: int, n: int) -> Item | None:
    """A number of years, minutes, lanes, percents: it never counts (rules 6, 21)."""
    if item := _metres(words, i, end, n):
        return item
    if words.plain(i - 1) == "so" and words.plain(i - 2) == "la" and _only_number(words, end):
        return make(words, Sort.NEVER, i, end)  # `nhà ông Khải là số 19`: where it is
    if words.plain(end) == "dua" and (words.plain(i - 1) == "tru" or _of_the_home(words, i, end)):
        return None  # `trừ 2 đứa đi làm ca chưa về`
    never = longest(words, end, NEVER_UNITS) if words.plain(end) not in ("m", "do") else None
    place = (
        never is not None
        and words.plain(end) in ("ngo", "ngach", "hem", "kiet", "lau", "tang")
        and words.plain(never[0]).isdigit()
    )
    if never is not None and not place:  # `tc1 hẻm 80`: one, and where
        return make(words, Sort.NEVER, i, never[0])
    if n >= _OLD and words.plain(end) == "toi" and words.plain(end + 1) not in _EVENINGS:
        return make(words, Sort.NEVER, i, end + 1)  # `67 toi`: an age, with a slip of the hand
    if words.plain(end) == "t" and words.words[end].glued and n > 7:
        return make(words, Sort.NEVER, i, end + 1)  # `79t`: an age
    if words.plain(end) in ("g", "m", "%", "°") and words.words[end].glued:
        return make(words, Sort.NEVER, i, end + 1)
    if words.plain(end) == "hom" and words.plain(end + 1) not in _DAYS:
        return make(words, Sort.NEVER, i, end + 1)  # `2 hôm nữa`
    if words.plain(end) == "%" or (words.plain(end) in ("ngay", "nam") and words.words[end].marked != "nam"):
        return make(words, Sort.NEVER, i, end + 1)
    return None


def _of_the_home(words: Words, i: int, end: int) -> bool:
    """`hai đứa con gái đều xong`; not `2 máy của hai đứa con gái`, nor little ones (`2 đứa con nít`)."""
    grown = words.plain(end + 1) in ("con", "chau") and words.plain(end + 2) not in ("nit", "nho", "lon")
    return grown and words.plain(i - 1) != "cua"


def _metres(words: Words, i: int, end: int, n: int) -> Item | None:
    """`2m`: máy in shorthand, else perhaps metres."""
    if words.plain(end) == "m" and words.words[end].glued and not words.plain(end + 1).isdigit():
        terse = not words.accented and any(word.plain in _TERSE for word in words.words)
        short = n <= _MOST_IN_SHORT and (terse or _beside_work(words, i, end + 1))
        unit = Unit.PHONE if short else Unit.OTHER
        return make(words, Sort.NUMBER, i, end + 1, n=n, unit=unit)
    return None


_FAR = frozenset({"cach", "sau", "dai", "rong", "cao", "duong", "nuoc", "xa", "doan", "lech", "di", "tam", "hon"})
_WORDS_OF_DAYS = frozenset({"nay", "qua", "kia", "tong", "duoc", "la", "chot", "xong", "cai", "lam", "chieu", "sang"})


def _beside_work(words: Words, i: int, end: int) -> bool:
    """`tổng tối nay 18m`, `nhà o Thắm 2m ok, 1m lỗi`: after what is counted, and before nothing but an outcome."""
    if words.plain(i - 1) in _FAR:
        return False
    known = known_at(words, end)
    if known is not None and known[1].outcome in (Outcome.ACTIVATED, Outcome.FAILED):
        return True
    ends = not words.plain(end).isalnum() or words.plain(end) in ("nhe", "nha", "a", "nua", "roi", "r", "thoi")
    if not ends or (words.plain(end) == "nua" and words.plain(end + 1).isalpha()):
        return False
    named = words.is_name(i - 1) or words.plain(i - 1) in _WORDS_OF_DAYS
    return named and not any(words.plain(k) in _FAR for k in range(max(0, i - 4), i))


def _counts(words: Words, end: int, before: list[Item]) -> bool:
    """Whether something that is counted follows, or an outcome stands before and nothing more follows."""
    if words.plain(end) not in ("ca", "co", "di", "mo") and (
        longest(words, end, UNITS) or longest(words, end, NEVER_UNITS)
    ):
        return True
    if words.plain(end) in ("vo", "me", "bo", "dua") or slips.meant(words.plain(end)) in ("người", "máy"):
        return True
    known = known_at(words, end)
    following = words.plain(end)
    ends = (
        following in _ENDS
        or not (following[0].isalnum() or following in _JOINING)
        or (known is not None and known[1].sort is Sort.FILL and words.plain(end) in POLITE)
    )
    if ends and before and before[-1].sort is Sort.TOTAL and before[-1].plain.endswith(" la"):
        return True  # unmarked `cong lai la bay`
    return ends and bool(before) and before[-1].sort in (Sort.OUTCOME, Sort.ADDED, Sort.COLON, Sort.ALL, Sort.HAMLET)


def _followed_plainly(words: Words, i: int, end: int) -> bool:
    """False for ranges, decimals and sums: `3-4`, `3 hoặc 4`, `hai ba`, `3,4`, `2.5`, `3+`, `mười mấy`."""
    following, glued = words.plain(end), end < len(words.words) and words.words[end].glued
    other = number_at(words, end + 1) is not None
    if following in _RANGE and other:
        return following == "-" and words.plain(end + 2) == "/"  # `5 - 18/5` is a date after a dash
    if following in (",", ".") and glued and words.plain(end + 1).isdigit() and words.words[end + 1].glued:
        return False
    if following in ("+", "x", "*") and (other or glued):
        return False
    if following == "may" and words.words[end].marked == "mấy":
        return False
    if following == "may" and words.words[end].bare and words.plain(end + 1) == "may":
        return False  # `muoi may may`
    if following == "moi" and not words.plain(i).isdigit() and number_at(words, end + 1) is not None:
        return False  # `hai moi tu`: hai mươi tư
    following_number = number_at(words, end)
    both_words = not words.plain(i).isdigit() and not following.isdigit()
    return not (following_number is not None and both_words and _counted_pair(words, following_number[1]))


def _counted_pair(words: Words, end: int) -> bool:
    return longest(words, end, UNITS) is not None or words.plain(end) == "chuc"


def _many(words: Words, i: int, end: int) -> Item:
    stop = number_at(words, end + 1) or number_at(words, end)
    item = make(words, Sort.MANY, i, stop[1] if stop else end)
    first = number_at(words, i)
    item.n = first[0] if first else 0
    return item


def _with_unit(words: Words, i: int, end: int, n: int) -> Item:
    item = make(words, Sort.NUMBER, i, end, n=n)
    unit = longest(words, end, UNITS)
    if unit is not None and words.plain(unit[0]) == "nao":
        return item  # `được 3, nhà nào vắng mai em quay lại`
    if words.plain(end) == "chu" and words.plain(end + 1) == "khong":
        return item  # `2 chu khong phai 3`
    if words.plain(end) == "co" and words.words[end].bare and words.plain(end + 1) in ("r", "roi", "san"):
        return item  # unmarked `3 may 1 co r`: có rồi, and no cô
    if unit is not None and words.plain(unit[0]) == "ruoi":
        return _many(words, i, end)  # `2 máy rưỡi`
    if words.plain(end) == "con" and words.words[end].bare and _children(words, end):
        item.unit = Unit.PERSON if words.accented else Unit.OTHER
        return replace(item, last=end + 1) if words.accented else item
    if unit is not None and not _starts_a_home(words, end):
        return _counted(words, item, unit)
    if unit is None and _is_unknown(words, end):
        if slips.correct(words, end):
            return _with_unit(words, i, end, n)
        item.unit = Unit.OTHER
    return item


def _of_them(item: Item) -> Item:
    """`3/5 nhân khẩu`: three of those who live there, and no size."""
    if item.unit is Unit.MEMBER:
        item.unit = Unit.PERSON
    return item


def _children(words: Words, i: int) -> bool:
    """Unmarked `con` after a number is `còn` only where something is left or somebody else is named."""
    following = i + 1
    if number_at(words, following) is not None or words.plain(following) in ("lai", "nha", "ho", "", ",", "."):
        return False
    somebody = words.plain(following) != "di" and home_at(words, following) is not None
    return not somebody and hamlet_at(words, following) is None


def _counted(words: Words, item: Item, unit: tuple[int, Meaning]) -> Item:
    particle = words.plain(item.last) == "nha" and words.words[item.last].bare and words.accented
    if particle and words.plain(item.first - 1) != "di":  # `đi 4 nha` are homes of who loses a mark
        return item
    counted = make(words, Sort.NUMBER, item.first, unit[0], n=item.n, unit=unit[1].unit)
    if words.plain(unit[0] - 1) in ("cai", "chiec") and _is_unknown(words, unit[0]):
        counted.unit = Unit.OTHER  # `12 cái giếng`
    counted.end = item.end  # the number itself is what a part points at
    return counted


def _starts_a_home(words: Words, end: int) -> bool:
    """`2 nhà bà B 3`: the home belongs to the next number."""
    unit = longest(words, end, UNITS)
    if unit is not None and unit[1].unit is Unit.COUPLE:
        return False
    home = (
        home_at(words, end)
        if words.plain(end) in ("nha", "ho", "ong", "ba", "bac", "co", "chu", "anh", "chi", "cu")
        else None
    )
    return home is not None and (not home.kin or home.number)


def _is_unknown(words: Words, j: int) -> bool:
    if not words.plain(j).isalpha() or known_at(words, j) is not None or number_at(words, j) is not None:
        return False
    if words.plain(j) in ("kh", "khong", "chua", "v", "k") or longest(words, j, NEVER_BEFORE) is not None:
        return False
    return (
        when_at(words, j) is None
        and hamlet_at(words, j) is None
        and home_at(words, j) is None
        and negated_at(words, j) is None
    )


_SEVERAL = frozenset({("me", "con"), ("bo", "con"), ("cha", "con"), ("ba", "chau"), ("ong", "chau")})
COUPLE_STARTS = frozenset({"vo"} | {first for first, _ in _SEVERAL})


_PAIRS = {
    ("ông", "bà"), ("cô", "chú"), ("chú", "cô"), ("chú", "thím"), ("cậu", "mợ"), ("dì", "dượng"), ("bố", "mẹ"),
    ("anh", "chị"),
}  # fmt: skip
PAIR_STARTS = frozenset({"ong", "co", "chu", "cau", "di", "bo", "anh"})
_ABOUT_BOTH = frozenset({"deu", "cung", "thi", "da", "cung deu", "moi"})


def pair_at(words: Words, i: int, before: list[Item]) -> Item | None:
    """`nhà ông Tư: ông bà xong`: the two of the home spoken of."""
    if _called_together(words, i, before):
        return make(words, Sort.NUMBER, i, i + 2, n=2, unit=Unit.COUPLE)
    second = i + 1 + (words.plain(i + 1) in ("voi", "va"))  # `ông với bà`
    if second + 1 >= len(words.words) or (words.words[i].marked, words.words[second].marked) not in _PAIRS:
        return None
    begins = bool(before) and (before[-1].sort in (Sort.COLON, Sort.BREAK) or before[-1].plain == "con")
    begins = begins or (bool(before) and before[-1].sort is Sort.HOME and before[-1].plain.startswith("nha "))
    if not begins or not any(item.sort is Sort.HOME for item in before):
        return None
    end = second + 1
    while words.plain(end) in _ABOUT_BOTH:
        end += 1
    known = known_at(words, end)
    told = known is not None and known[1].sort is Sort.OUTCOME and number_at(words, known[0]) is None
    return make(words, Sort.NUMBER, i, second + 1, n=2, unit=Unit.COUPLE) if told else None


_OF_EACH = frozenset({Outcome.REFUSED, Outcome.NO_PHONE, Outcome.NO_CARD, Outcome.ALREADY})


def _called_together(words: Words, i: int, before: list[Item]) -> bool:
    """`ông bà Lương không chịu`: a couple by the name of one of them, where something is told of both."""
    begins = not before or before[-1].sort in (Sort.BREAK, Sort.COLON, Sort.HAMLET)
    pair = (words.words[i].marked, words.words[i + 1].marked) if i + 2 < len(words.words) else None
    if not begins or pair != ("ông", "bà") or not words.is_name(i + 2) or words.is_name(i + 1):
        return False
    end = i + 3
    while words.plain(end) in _ABOUT_BOTH:
        end += 1
    known = known_at(words, end)
    both = any(words.plain(k) == "deu" for k in range(i + 3, end))  # `ông bà Sáu đều xong`
    both = both or (known is not None and words.plain(known[0] - 1) == "xong")
    outcome = known[1].outcome if known is not None else None
    told = outcome in _OF_EACH or (both and outcome in (Outcome.ACTIVATED, Outcome.FAILED))
    return told and known is not None and number_at(words, known[0]) is None


def couple_at(words: Words, i: int) -> Item | None:
    """`vợ chồng anh Tư` are two; `mẹ con bà Bưởi` are nobody knows how many."""
    pair = (words.plain(i), words.plain(i + 1))
    if pair == ("vo", "chong") and words.plain(i - 1) == "cua":
        return make(words, Sort.FILL, i, i + 2)  # `2 máy của vợ chồng cậu Tư`: whose they are
    if pair == ("vo", "chong"):
        return make(words, Sort.NUMBER, i, i + 2, n=2, unit=Unit.COUPLE)
    if pair in _SEVERAL:
        return make(words, Sort.MANY, i, i + 2, unit=Unit.COUPLE)
    return None
